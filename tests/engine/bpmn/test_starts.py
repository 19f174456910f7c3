"""What begins an instance: start events of all kinds, receive tasks and event gateways that instantiate."""

import pytest

from engine.bpmn import reader
from tests.models import Case, Shelf, bpmn, catch, element, event, timer


def starts(elements, flows):
    [process] = reader.read_file(bpmn(elements, flows))
    return process.starts


@pytest.mark.parametrize(
    ("definition", "begun_by"),
    [
        ("", (True, {}, {}, 0)),
        (event("message", "paid"), (False, {"paid": "s"}, {}, 0)),
        (event("signal", "alarm"), (False, {}, {"alarm": ("s",)}, 0)),
        (timer("R/P1D", "Cycle"), (False, {}, {}, 1)),
        (event("message", "paid") + event("signal", "alarm"), (False, {"paid": "s"}, {"alarm": ("s",)}, 0)),
        ("<conditionalEventDefinition><condition>true</condition></conditionalEventDefinition>", (True, {}, {}, 0)),
    ],
)
def test_a_start_event_begins_instances_by_its_kind(definition, begun_by):
    found = starts(element("startEvent", "s", definition), "s > a > end")

    assert (found.by_person, found.messages, found.signals, len(found.timers)) == begun_by


def test_beside_a_plain_start_event_a_person_can_begin_too():
    found = starts(element("startEvent", "s", event("signal", "alarm")), "s > a > end; start > b > end2")

    assert (found.by_person, found.signals) == (True, {"alarm": ("s",)})


def test_a_process_that_others_call_is_not_begun_by_people():
    model = bpmn(element("startEvent", "s"), "s > a > end").replace(
        b"<process ", b'<process xmlns:c="http://camunda.org/schema/1.0/bpmn" c:isStartableInTasklist="false" ', 1
    )

    [process] = reader.read_file(model)

    assert not process.starts.by_person


def test_events_that_must_all_happen_begin_nothing():
    both = element("startEvent", "s", event("message", "x") + event("signal", "y"), parallelMultiple="true")

    found = starts(both, "s > a > end")

    assert (found.messages, found.signals) == ({}, {})


def test_the_same_signal_begins_at_each_of_its_start_events():
    two = "".join(element("startEvent", key, event("signal", "alarm")) for key in ("s", "t"))

    assert starts(two, "s > a > end; t > b > end2").signals == {"alarm": ("s", "t")}


def test_a_receive_task_that_instantiates_is_begun_by_its_message():
    task = '<receiveTask id="r" instantiate="true" messageRef="paid"/>'
    shelf = Shelf(bpmn(task, "r > a > end"))

    found = shelf.by_id(1)[2].starts

    assert (found.by_person, found.messages) == (False, {"paid": "r"})
    assert Case(shelf, start="r").open == ["a"]


def test_the_events_behind_a_gateway_that_instantiates_begin_there():
    gateway = '<eventBasedGateway id="g" instantiate="true"/>'
    shelf = Shelf(
        bpmn(
            gateway + catch("m", event("message", "paid")) + catch("s", event("signal", "alarm")),
            "g > m > a > end; g > s > b > end2",
        )
    )

    found = shelf.by_id(1)[2].starts

    assert (found.by_person, found.messages, found.signals) == (False, {"paid": "m"}, {"alarm": ("s",)})
    assert Case(shelf, start="s").open == ["b"]
