"""Thrown events: signals, errors, escalations and ends."""

import pytest

from engine.execution import Fact
from tests.models import Case, Shelf, boundary, bpmn, catch, element, end, event, scope, throwing, timer

# --- signals, errors, escalations


def test_a_signal_reaches_everything_that_waits_for_it_in_the_instance():
    elements = (
        element("parallelGateway", "fork")
        + catch("wait", event("signal", "go"))
        + boundary("also", "b", event("signal", "go"), interrupting=False)
        + throwing("shout", event("signal", "go"))
    )
    case = Case(
        bpmn(elements, "start > fork; fork > wait > x > end; fork > b > end2; also > y > end3; fork > c > shout > end4")
    )
    case.complete("c")

    assert case.open == ["also", "b", "x", "y"]


def test_a_signal_that_interrupts_an_activity_does_not_reach_what_went_with_it():
    both = boundary("one", "b", event("signal", "go")) + boundary("two", "b", event("signal", "go"))
    elements = element("parallelGateway", "fork") + both + throwing("shout", event("signal", "go"))
    flows = "start > fork; fork > b > end; fork > c > shout > end2; one > x > end3; two > y > end4"
    case = Case(bpmn(elements, flows))
    case.complete("c")

    assert case.open == ["x"]


def failing(code, *events):
    sub = element(
        "subProcess", "sub", scope(end("broken", event("error", code)), "start2 > a > broken; start2 > b > end2")
    )
    return bpmn(sub + "".join(events), "start > sub > c > end; specific > d > end3; any > e > end4")


CATCHES = (boundary("any", "sub", event("error")), boundary("specific", "sub", event("error", "NO")))


@pytest.mark.parametrize(("code", "expected"), [("NO", "d"), ("OTHER", "e")])
def test_an_error_end_event_is_caught_by_its_code_else_by_the_catch_all(code, expected):
    case = Case(failing(code, *CATCHES))
    case.complete("a")

    assert case.open == [expected]
    assert case.count == 1


def test_an_error_end_event_is_caught_further_out_where_nothing_nearer_does():
    inner = element("subProcess", "inner", scope(end("broken", event("error", "NO")), "start3 > a > broken"))
    wrong = boundary("wrong", "inner", event("error", "ELSE"))
    outer = element("subProcess", "outer", scope(inner + wrong, "start2 > inner > end2; wrong > x > end5"))
    case = Case(
        bpmn(outer + boundary("caught", "outer", event("error", "NO")), "start > outer > end; caught > b > end3")
    )
    case.complete("a")

    assert case.open == ["b"]


def test_an_error_crosses_the_border_of_a_called_process():
    call = element("callActivity", "call", calledElement="called") + boundary("caught", "call", event("error", "NO"))
    called = bpmn(end("broken", event("error", "NO")), "start > a > broken", key="called")
    case = Case(Shelf(bpmn(call, "start > call > end; caught > b > end2"), called))
    case.complete("a")

    assert case.open == ["b"]


@pytest.mark.parametrize(("interrupting", "expected"), [(True, ["d"]), (False, ["b", "d"])])
def test_an_escalation_is_caught_around_the_sub_process(interrupting, expected):
    sub = element("subProcess", "sub", scope(throwing("up", event("escalation", "HELP")), "start2 > a > up > b > end2"))
    caught = boundary("caught", "sub", event("escalation", "HELP"), interrupting=interrupting)
    case = Case(bpmn(sub + caught, "start > sub > c > end; caught > d > end3"))
    case.complete("a")

    assert [name for name in case.open if name != "caught"] == expected


def test_an_escalation_that_nothing_catches_is_told_and_goes_on():
    case = Case(bpmn(throwing("up", event("escalation", "HELP")), "start > up > a > end"))

    assert case.open == ["a"]
    assert [fact.detail for fact in case.told(Fact) if fact.kind == "escalation_uncaught"] == [{"code": "HELP"}]


# --- ends


def test_terminate_inside_a_sub_process_ends_only_that():
    sub = scope(end("kill", event("terminate")), "start2 > a > kill; start2 > b > end2")
    flows = "start > fork; fork > sub > c > end; fork > d > end3"
    case = Case(bpmn(element("parallelGateway", "fork") + element("subProcess", "sub", sub), flows))
    case.complete("a")

    assert case.open == ["c", "d"]


def test_terminate_at_the_top_ends_everything():
    inner = element("subProcess", "sub", scope("", "start2 > b > end2"))
    flows = "start > fork; fork > a > kill; fork > sub > end"
    case = Case(bpmn(element("parallelGateway", "fork") + inner + end("kill", event("terminate")), flows))
    token = case.token("b")
    case.complete("a")

    assert case.is_ended
    assert case.execution.ended_by == "kill"
    assert case.execution.gone[token] == "cancelled"


@pytest.mark.parametrize(
    "host", [element("userTask", "a"), element("subProcess", "a", scope("", "start2 > b > c > end9"))]
)
def test_boundary_events_go_when_their_activity_is_done(host):
    late = boundary("late", "a", timer("PT1H")) + boundary("note", "a", event("message", "note"), interrupting=False)
    case = Case(bpmn(host + late, "start > a > d > end; late > end2; note > end3"))
    while case.open != ["d"]:
        case.complete(next(name for name in case.open if name in "abc"))

    assert case.count == 1
    assert case.wait(days=1) == []
