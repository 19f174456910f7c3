"""Signals between cases: all that wait hear one, none twice, and some cases begin with it."""

import pytest

from engine import commands
from engine.errors import NotStartedByHand
from engine.models import Message, ProcessInstance
from tests.applications import model, task
from tests.models import catch, element, event, throwing

HEARS = model(catch("hears", event("signal", "alarm")) + task("a"), "start > hears > a > end", key="hearer")
THROWS = model(task("t") + throwing("alarms", event("signal", "alarm")), "start > t > alarms > end")
BEGINS = model(
    element("startEvent", "s", event("signal", "alarm")) + task("b") + task("plain"),
    "s > b > end; start > plain > end2",
    key="beginner",
)


@pytest.fixture
def cases(office):
    """Two cases that wait, and one that is about to throw."""
    office.deploy(THROWS, hearer=HEARS)
    return office.start("hearer"), office.start("hearer"), office.start()


def waiting(office):
    return {row.instance_id for row in office.subscriptions() if row.kind == "signal"}


def signals(office):
    return [(row.kind, row.state) for row in office.rows(Message)]


@pytest.mark.store
def test_every_case_that_waits_hears_a_signal_once(office, cases):
    first, second, thrower = cases
    office.complete("t", case=thrower)
    late = office.start("hearer")
    assert waiting(office) == {first, second, late}

    office.tick()
    assert office.tick().messages == 0

    assert [office.open(case) for case in (first, second, late)] == [["a"], ["a"], []]
    assert signals(office) == [("signal", "delivered")] * 2
    assert waiting(office) == {late}


def test_a_message_of_the_same_name_is_not_the_signal(office, cases):
    first, _, _ = cases

    assert office.send("alarm", case=first) == "waiting"
    assert first in waiting(office)


def test_a_case_that_went_on_meanwhile_hears_nothing_more(office, cases):
    first, second, thrower = cases
    office.complete("t", case=thrower)
    office.do(commands.cancel_instance, first, "not needed")

    office.tick()

    assert sorted(signals(office)) == [("signal", "delivered"), ("signal", "rejected")]
    assert office.open(second) == ["a"]


@pytest.mark.store
def test_a_signal_begins_a_case_of_each_process_that_begins_with_it(office):
    office.deploy(THROWS, beginner=BEGINS)
    office.complete("t", case=office.start())

    office.tick()
    office.tick()

    [begun] = office.rows(ProcessInstance, ProcessInstance.key == "beginner")
    assert office.open(begun.id) == ["b"]
    assert signals(office) == [("start", "delivered")]


def test_what_begins_by_itself_is_not_started_by_hand(office):
    office.deploy(model(element("startEvent", "s", event("signal", "alarm")) + task("b"), "s > b > end"))

    with pytest.raises(NotStartedByHand, match="main"):
        office.start()


def test_two_messages_thrown_at_once_are_two_rows(office):
    both = throwing("tells", event("message", "x") + event("message", "y"))
    office.deploy(model(task("t") + both, "start > t > tells > end"))

    office.complete("t", case=office.start())

    assert sorted(row.name for row in office.rows(Message)) == ["x", "y"]
