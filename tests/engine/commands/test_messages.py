"""Messages to cases: one subscription, exactly once, or a clear answer why not."""

import io
from datetime import timedelta

import pytest

from engine import commands
from engine.errors import InvalidInput, MessageAmbiguous, NotFound
from engine.forms import UploadedFile
from engine.models import Message, ProcessInstance
from engine.transition import MESSAGE_LIFE
from tests.applications import model, receive, task

WAITING = model(receive("m", "news", inside="") + task("b"), "start > m > b > end")
LATER = model(task("a") + receive("m", "news") + task("b"), "start > a > m > b > end")
STARTED = model(receive("start", "order", tag="startEvent") + task("b"), "start > b > end", key="ordered")


def states(office):
    return [(message.name, message.state) for message in office.rows(Message)]


@pytest.mark.store
def test_a_message_reaches_the_case_it_names_with_its_payload(office):
    office.deploy(WAITING)
    other, case = office.start(), office.start()

    assert office.send("news", case, colour="red") == "delivered"

    assert (office.open(other), office.open(case)) == ([], ["b"])
    [message] = office.rows(Message)
    assert (message.instance_id, message.settled_at) == (case, office.now)
    assert b"red" not in message.sealed_payload
    line = next(entry for entry in office.history(case) if entry.kind == "message_caught")
    assert (line.actor, line.detail["name"]) == ("ann", "news")


@pytest.mark.store
def test_the_same_sender_key_again_changes_nothing_and_gives_the_state(office):
    office.deploy(model(receive("m", "news") + receive("m2", "news"), "start > m > m2 > end"))
    case = office.start()

    assert office.send("news", case, "mail-1") == "delivered"
    assert office.send("news", case, "mail-1") == "delivered"

    assert [row.element_id for row in office.subscriptions()] == ["m2"]
    assert len(office.rows(Message)) == 1


def test_a_message_waits_for_a_later_subscription_and_the_tick_delivers_it(office):
    office.deploy(LATER)
    case = office.start()

    assert office.send("news", case) == "waiting"
    assert office.tick().messages == 0
    office.complete("a")

    assert office.tick().messages == 1
    assert states(office) == [("news", "delivered")]
    assert office.open(case) == ["b"]


def test_a_message_to_a_case_that_has_ended_is_rejected(office):
    office.deploy(LATER)
    case = office.start()
    office.send("news", case, "early")
    office.do(commands.cancel_instance, case, "not needed")

    assert office.send("news", case, "late") == "rejected"
    office.tick()
    assert states(office) == [("news", "rejected"), ("news", "rejected")]


def test_a_message_that_nobody_wanted_expires(office):
    office.deploy(LATER)
    case = office.start()
    office.send("news", case)

    office.wait(days=MESSAGE_LIFE.days)

    assert states(office) == [("news", "expired")]
    office.complete("a")
    assert office.tick().messages == 0


def test_without_a_business_key_the_one_case_that_waits_gets_it(office):
    office.deploy(WAITING)
    case = office.start()

    assert office.send("news") == "delivered"
    assert office.open(case) == ["b"]


def test_without_a_business_key_several_waiting_cases_are_refused_with_the_list(office):
    office.deploy(WAITING)
    cases = [office.start(), office.start()]
    keys = sorted(office.instance(case).business_key for case in cases)

    with pytest.raises(MessageAmbiguous, match=", ".join(keys)):
        office.send("news")

    assert office.rows(Message) == []


def test_a_message_without_a_business_key_waits_for_the_first_case_and_is_then_its_own(office):
    office.deploy(WAITING)
    assert office.send("news", colour="red") == "waiting"
    case = office.start()

    office.tick()

    [message] = office.rows(Message)
    assert (message.state, message.subject_id) == ("delivered", office.instance(case).subject_id)


def test_a_message_to_a_case_that_does_not_exist_is_refused(office):
    office.deploy(WAITING)

    with pytest.raises(NotFound):
        office.do(commands.correlate_message, "news", {}, business_key="nobody", sender_key="k", by="ann")

    assert office.rows(Message) == []


@pytest.mark.store
def test_a_message_start_event_starts_a_case_when_nothing_waits(office):
    office.deploy(WAITING, ordered=STARTED)

    state = office.do(
        commands.correlate_message, "order", {"item": "chair"}, business_key="ORDER-7", sender_key="k", by="ann"
    )

    assert state == "delivered"
    [case] = office.rows(ProcessInstance)
    assert (case.key, case.business_key) == ("ordered", "ORDER-7")
    assert office.open(case.id) == ["b"]
    [message] = office.rows(Message)
    assert (message.instance_id, message.subject_id) == (case.id, case.subject_id)
    assert office.history(case.id)[0].values == {"item": "chair"}


@pytest.mark.store
def test_a_message_that_a_diagram_throws_starts_another_case(office):
    throwing = receive("t", "order", tag="intermediateThrowEvent", inside=_payload(item='=upper case("chair")'))
    office.deploy(model(throwing + task("a"), "start > t > a > end"), ordered=STARTED)
    office.start()

    assert office.tick().messages == 1

    [case] = office.rows(ProcessInstance, ProcessInstance.key == "ordered")
    assert office.history(case.id)[0].values == {"item": "CHAIR"}


def test_a_message_that_a_diagram_throws_reaches_the_case_it_names(office):
    throwing = receive("t", "news", tag="intermediateThrowEvent", inside=_payload(businessKey="=other", text="=note"))
    office.deploy(WAITING, talker=model(throwing, "start > t > end", key="talker"))
    case = office.start()
    office.start("talker", other=office.instance(case).business_key, note="hello")

    assert office.tick().messages == 1
    assert office.open(case) == ["b"]


def test_a_message_that_a_diagram_throws_to_its_own_case_stays_there(office):
    throwing = receive("t", "news", tag="intermediateThrowEvent")
    fork = '<parallelGateway id="g"/>'
    office.deploy(model(throwing + fork + receive("m", "news") + task("b"), "start > g; g > m > b > end; g > t > end2"))
    other, case = office.start(), office.start()

    office.tick()

    assert (office.open(other), office.open(case)) == (["b"], ["b"])
    assert office.tick().messages == 0


def test_a_due_timer_fires_before_the_message_arrives(office):
    office.deploy(
        model(
            '<eventBasedGateway id="g"/>'
            + receive("m", "news")
            + '<intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>P1D</timeDuration>'
            "</timerEventDefinition></intermediateCatchEvent>" + task("b") + task("c"),
            "start > g; g > m > b > end; g > t > c > end2",
        )
    )
    case = office.start()
    office.now += timedelta(days=1)

    assert office.send("news", case) == "waiting"
    assert office.open(case) == ["c"]


def test_files_go_to_a_case_that_is_there_and_to_no_other(office):
    office.deploy(WAITING, ordered=STARTED)
    file = UploadedFile("note.txt", "text/plain", 5, io.BytesIO(b"hello"))

    with pytest.raises(InvalidInput):
        office.do(commands.correlate_message, "order", {}, business_key="", sender_key="k", files=[file], by="ann")


def _payload(**inputs):
    parts = "".join(
        f'<camunda:inputParameter name="{name}">{text}</camunda:inputParameter>' for name, text in inputs.items()
    )
    return f"<extensionElements><camunda:inputOutput>{parts}</camunda:inputOutput></extensionElements>"
