"""Event sub-processes (BPMN 2.0.2, 10.3.5 and 13.3.4): they listen while the scope around them is open."""

import pytest

from engine.execution import Fact
from tests.models import Case, Shelf, boundary, bpmn, condition, element, event, mappings, scope, timer

INTERRUPTING, ASIDE = {"isInterrupting": "true"}, {"isInterrupting": "false"}


def with_start(definition, kind=INTERRUPTING, *, key="late", inside=""):
    start = element("startEvent", f"start_{key}", inside + definition, **kind)
    body = scope(start, f"start_{key} > help > end_{key}")
    return element("subProcess", key, body, triggeredByEvent="true")


def test_an_interrupting_one_takes_the_place_of_everything_in_its_scope():
    case = Case(
        bpmn(
            with_start(event("message", "stop")) + element("parallelGateway", "f"),
            "start > f; f > a > end; f > b > end2",
        )
    )
    assert case.open == ["a", "b", "start_late"]
    assert case.message("start_late", why="asked") is True

    assert case.open == ["help"]
    assert case.variables == {"why": "asked"}
    case.complete("help")
    assert case.is_ended
    assert case.execution.ended_by == "end_late"


def test_one_that_does_not_interrupt_runs_beside_the_others_and_listens_on():
    case = Case(bpmn(with_start(event("message", "news"), ASIDE), "start > a > end"))
    case.message("start_late", n=1)
    case.message("start_late", n=2)

    assert case.open == ["a", "help", "help", "start_late"]
    assert case.variables == {}
    case.complete("help", x=5)
    case.complete("a")
    assert case.open == ["help", "start_late"]
    case.complete("help")
    assert case.is_ended
    assert case.variables == {"x": 5}


def test_it_does_not_keep_its_scope_open():
    case = Case(bpmn(with_start(event("message", "news")), "start > a > end"))
    case.complete("a")
    assert (case.is_ended, case.count, case.execution.ended_by) == (True, 0, "end")


def test_it_listens_in_a_sub_process_only_while_that_runs():
    inner = element("subProcess", "sub", scope(with_start(event("message", "stop")), "start1 > a > end1"))
    case = Case(bpmn(inner, "start > before > sub > after > end"))
    assert case.open == ["before"]
    case.complete("before")
    assert case.open == ["a", "start_late"]
    case.message("start_late")
    assert case.open == ["help"]
    case.complete("help")
    assert case.open == ["after"]


def test_a_timer_starts_it_when_it_is_due():
    case = Case(bpmn(with_start(timer("PT2H")), "start > a > end"))
    assert case.wait(hours=1) == []
    assert case.wait(hours=1) == ["start_late"]
    assert case.open == ["help"]


def test_a_cycle_starts_it_again_and_again_beside_the_work():
    case = Case(bpmn(with_start(timer("R2/PT1H", "Cycle"), ASIDE), "start > a > end"))
    assert case.wait(hours=5) == ["start_late", "start_late"]
    assert case.open == ["a", "help", "help"]


def test_a_condition_starts_it_when_it_comes_true():
    case = Case(bpmn(with_start(condition("amount > 5")), "start > a > end"), amount=1)
    case.set(amount=7)
    assert case.open == ["help"]


def test_a_signal_starts_it():
    thrower = element("intermediateThrowEvent", "throw", event("signal", "alarm"))
    case = Case(bpmn(with_start(event("signal", "alarm")) + thrower, "start > a > throw > b > end"))
    case.complete("a")
    assert case.open == ["help"]


@pytest.mark.parametrize("reference", ["NO", ""])
def test_an_error_inside_its_scope_starts_it_before_the_edge_is_asked(reference):
    bad = element("endEvent", "bad", event("error", "NO"))
    inner = element("subProcess", "sub", scope(bad + with_start(event("error", reference)), "start1 > a > bad"))
    case = Case(bpmn(inner + boundary("edge", "sub", event("error", "NO")), "start > sub > c > end; edge > d > end2"))
    case.complete("a")
    assert case.open == ["edge", "help"]
    case.complete("help")
    assert case.open == ["c"]


def test_an_error_thrown_in_it_goes_outward():
    start = element("startEvent", "s", event("error"))
    again = element("endEvent", "again", event("error", "NO"))
    handling = element("subProcess", "h", scope(start + again, "s > again"), triggeredByEvent="true")
    bad = element("endEvent", "bad", event("error", "NO"))
    inner = element("subProcess", "sub", scope(bad + handling, "start1 > bad"))
    case = Case(bpmn(inner + boundary("edge", "sub", event("error", "NO")), "start > sub > c > end; edge > d > end2"))
    assert case.open == ["d"]


def test_a_specific_code_comes_before_any():
    bad = element("endEvent", "bad", event("error", "NO"))
    both = with_start(event("error"), key="any") + with_start(event("error", "NO"), key="one").replace("help", "exact")
    inner = element("subProcess", "sub", scope(bad + both, "start1 > a > bad"))
    case = Case(bpmn(inner, "start > sub > end"))
    case.complete("a")
    assert case.open == ["exact"]


def test_an_escalation_beside_the_work_leaves_it_going():
    up = element("intermediateThrowEvent", "up", event("escalation", "LATE"))
    case = Case(bpmn(up + with_start(event("escalation", "LATE"), ASIDE), "start > a > up > b > end"))
    case.complete("a")
    assert case.open == ["b", "help", "start_late"]


def test_the_work_of_a_topic_that_fails_starts_it():
    work = element("serviceTask", "work", camunda_type="external", camunda_topic="t")
    case = Case(bpmn(work + with_start(event("error", "NO")), "start > work > end"))
    assert case.fail("work", "NO", why="x") is True
    assert case.open == ["help"]
    assert case.variables == {"why": "x"}


def test_an_output_mapping_decides_what_a_message_leaves():
    case = Case(
        bpmn(with_start(event("message", "stop"), inside=mappings(outputs={"reason": "${why}"})), "start > a > end")
    )
    case.message("start_late", why="asked")
    assert case.variables == {"reason": "asked"}


def test_its_history_tells_of_the_start_event_and_of_itself():
    case = Case(bpmn(with_start(event("message", "stop")), "start > a > end"))
    case.message("start_late")
    case.complete("help")
    assert case.passed == ["start", "start_late", "help", "end_late", "late"]
    assert [fact.element_id for fact in case.told(Fact) if fact.kind == "cancelled"] == ["a"]


def test_one_in_a_called_process_listens_there():
    called = bpmn(with_start(event("message", "stop")), "start1 > a > end1", key="called")
    call = element("callActivity", "call", calledElement="called")
    case = Case(Shelf(bpmn(call, "start > call > b > end"), called))
    case.message("start_late")
    case.complete("help")
    assert case.open == ["b"]
