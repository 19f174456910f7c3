"""Events: what catches, what throws, and what is taken away."""

import pytest

from engine.execution import MessageThrown, Subscribed
from tests.models import (
    Case,
    Shelf,
    boundary,
    bpmn,
    catch,
    condition,
    element,
    event,
    mappings,
    scope,
    throwing,
    timer,
)

# --- messages


def test_a_message_is_waited_for_and_its_payload_written():
    case = Case(bpmn(catch("wait", event("message", "reply")), "start > wait > a > end"), x=1)
    (subscribed,) = case.told(Subscribed)
    assert (subscribed.element_id, subscribed.name) == ("wait", "reply")

    assert case.message("wait", x=2, y=3) is True

    assert case.open == ["a"]
    assert case.variables == {"x": 2, "y": 3}


def test_a_receive_task_waits_for_its_message_and_maps_it():
    receive = element("receiveTask", "wait", mappings(outputs={"said": "${text}"}), messageRef="reply")
    case = Case(bpmn(receive, "start > wait > a > end"))
    case.message("wait", text="ok", other=1)

    assert case.variables == {"said": "ok"}


def test_a_message_for_a_token_that_left_is_not_taken():
    case = Case(bpmn(catch("wait", event("message", "reply")), "start > wait > a > end"))
    token = case.token("wait")
    case.message("wait")

    assert case.do(lambda execution: execution.deliver_message(token, {"x": 1})) is False
    assert case.variables == {}


def test_a_thrown_message_says_its_name_and_payload():
    say = throwing("say", mappings(inputs={"n": "${n}"}) + event("message", "hello"))
    (thrown,) = Case(bpmn(say, "start > say > end"), n=1).told(MessageThrown)

    assert (thrown.element_id, thrown.name, thrown.payload) == ("say", "hello", {"n": 1})


def test_the_payload_of_an_interrupting_message_is_the_instances_and_that_of_another_its_branchs():
    stop = boundary("stop", "a", event("message", "stop"))
    note = boundary("note", "a", event("message", "note"), interrupting=False)
    case = Case(bpmn(stop + note, "start > a > end; stop > b > end2; note > c > end3"))
    case.message("note", text="one")
    case.message("note", text="two")
    assert case.variables == {}
    assert [case.execution.context(case.token("c", nth))["text"] for nth in (0, 1)] == ["one", "two"]

    case.message("stop", text="withdrawn")

    assert case.open == ["b", "c", "c"]
    assert case.variables == {"text": "withdrawn"}
    assert case.execution.context(case.token("c"))["text"] == "one"


def test_a_mapped_payload_of_a_boundary_message_is_written_outside_and_the_rest_forgotten():
    mapped = element(
        "boundaryEvent",
        "note",
        mappings(outputs={"last": "${text}"}) + event("message", "note"),
        attachedToRef="a",
        cancelActivity="false",
    )
    case = Case(bpmn(mapped, "start > a > end; note > c > end3"))
    case.message("note", text="one", other=1)

    assert case.variables == {"last": "one"}


def test_a_process_can_begin_at_a_message_start_event_even_with_a_reserved_id():
    elements = element("startEvent", "Start", event("message", "arrived"))
    shelf = Shelf(bpmn(elements, "start > a > end; Start > b > end2"))
    process = shelf.by_id(1)[2]

    assert Case(shelf).open == ["a"]
    assert Case(shelf, start=process.starts.messages["arrived"]).open == ["b"]


# --- timers


@pytest.mark.parametrize("interrupting", [True, False])
def test_a_boundary_timer_interrupts_or_does_not(interrupting):
    late = boundary("late", "a", timer("PT1H"), interrupting=interrupting)
    case = Case(bpmn(late, "start > a > end; late > b > end2"))
    assert case.wait(minutes=59) == []
    assert case.wait(minutes=1) == ["late"]

    assert case.open == (["b"] if interrupting else ["a", "b"])
    assert case.wait(days=1) == []


def test_of_two_overdue_interrupting_timers_only_the_first_due_fires():
    timers = boundary("second", "a", timer("PT2H")) + boundary("first", "a", timer("PT1H"))
    case = Case(bpmn(timers, "start > a > end; second > b > end2; first > c > end3"))

    assert case.wait(days=1) == ["first"]
    assert case.open == ["c"]


def test_what_a_timer_says_of_its_firing_is_seen_in_its_branch_only():
    remind = boundary("remind", "a", timer("R2/PT1H", "Cycle"), interrupting=False)
    case = Case(bpmn(remind, "start > a > end; remind > b > end2"))
    start = case.now
    case.wait(hours=2)

    moments = [case.execution.context(case.token("b", nth))["fired"]["at"] for nth in (0, 1)]
    assert [(moment - start).total_seconds() for moment in moments] == [3600, 7200]
    assert "fired" not in case.execution.context(case.token("a"))
    assert case.variables == {}


def test_an_intermediate_timer_waits():
    case = Case(bpmn(catch("wait", timer("P1D")), "start > wait > a > end"))
    assert case.open == ["wait"]
    case.wait(days=1)

    assert case.open == ["a"]
    assert case.execution.due_timers() == []


# --- conditions


def test_a_conditional_event_goes_on_when_a_write_makes_it_true():
    flows = "start > fork; fork > wait > a > end; fork > b > end2"
    case = Case(
        bpmn(element("parallelGateway", "fork") + catch("wait", condition("n > 2".replace(">", "&gt;"))), flows), n=1
    )
    case.set(n=2)
    assert case.open == ["b", "wait"]

    case.set(n=3)

    assert case.open == ["a", "b"]


def test_a_conditional_boundary_event_interrupts_on_a_write_elsewhere_in_the_instance():
    stop = boundary("stop", "sub", condition("n = 3"))
    flows = "start > fork; fork > sub > end; fork > script > end2; stop > c > end3"
    script = element("serviceTask", "script", camunda_type="external", camunda_topic="t")
    sub = element("subProcess", "sub", scope("", "start2 > a > end4"))
    case = Case(bpmn(element("parallelGateway", "fork") + sub + stop + script, flows))
    case.finish("script", n=3)

    assert case.open == ["c"]


def test_what_a_task_is_completed_with_may_interrupt_that_very_task():
    # A condition is looked at when the value is written, which is before the task is left.
    case = Case(bpmn(boundary("stop", "a", condition("n = 3")), "start > a > b > end; stop > c > end2"))
    case.complete("a", n=3)

    assert case.open == ["c"]


def test_a_condition_that_does_not_interrupt_fires_each_time_it_becomes_true_and_not_while_it_stays_so():
    flag = boundary("flag", "a", condition("n = 1"), interrupting=False)
    case = Case(bpmn(flag, "start > a > end; flag > b > end2"))
    counts = []
    for n in (1, 1, 2, 1, 1, 3):
        case.set(n=n, other=n)
        counts.append(case.open.count("b"))

    assert counts == [1, 1, 1, 2, 2, 2]


def test_a_condition_that_holds_on_arrival_fires_at_once_and_no_other_boundary_event_is_left_behind():
    both = boundary("now", "a", condition("n = 1")) + boundary("late", "a", timer("PT1H"))
    case = Case(bpmn(both, "start > a > end; now > b > end2; late > c > end3"), n=1)

    assert case.open == ["b"]
    assert len(case.execution.top.tasks) == 2
