"""Multiple and link events, errors that nothing catches, and quantities of tokens (BPMN 2.0.2, 10.5 and 10.3.1)."""

import pytest

from engine.execution import Fact, SignalThrown
from tests.models import Case, Shelf, boundary, bpmn, element, event, scope, timer

BOTH = event("message", "paid") + timer("PT2H")


def waiting_for(definitions, *, parallel=False):
    attributes = {"parallelMultiple": "true"} if parallel else {}
    return element("intermediateCatchEvent", "x", definitions, **attributes)


def test_any_of_several_events_is_enough():
    case = Case(bpmn(waiting_for(BOTH), "start > x > a > end"))
    assert case.wait(hours=2) == ["x"]
    assert (case.open, case.count) == (["a"], 1)


def test_the_message_among_several_events_brings_its_values():
    case = Case(bpmn(waiting_for(BOTH), "start > x > a > end"))
    part = next(key for key, _, state in case.execution.open_elements() if state == "message")
    case.do(lambda execution: execution.deliver_message(part, {"n": 1}))
    assert (case.open, case.variables, case.count) == (["a"], {"n": 1}, 1)
    assert case.execution.due_timers() == []


def test_all_of_several_events_have_to_happen():
    case = Case(bpmn(waiting_for(BOTH, parallel=True), "start > x > a > end"))
    case.wait(hours=2)
    assert case.open != ["a"]
    part = next(key for key, _, state in case.execution.open_elements() if state == "message")
    case.do(lambda execution: execution.deliver_message(part, {"n": 1}))
    assert (case.open, case.variables) == (["a"], {"n": 1})


def test_any_of_several_events_at_the_edge_interrupts():
    edge = boundary("b", "a", event("error", "NO") + timer("PT2H"))
    case = Case(bpmn(edge, "start > a > end; b > c > end2"))
    case.wait(hours=2)
    assert (case.open, case.count) == (["c"], 1)


def test_an_error_among_several_events_at_the_edge_is_caught():
    bad = element("endEvent", "bad", event("error", "NO"))
    inner = element("subProcess", "sub", scope(bad, "start1 > a > bad"))
    edge = boundary("b", "sub", event("error", "NO") + timer("PT2H"))
    case = Case(bpmn(inner + edge, "start > sub > end; b > c > end2"))
    case.complete("a")
    assert (case.open, case.count) == (["c"], 1)


def test_an_event_may_throw_several_things():
    throw = element("intermediateThrowEvent", "x", event("signal", "one") + event("signal", "two"))
    case = Case(bpmn(throw, "start > x > a > end"))
    assert [told.name for told in case.told(SignalThrown)] == ["one", "two"]


def test_a_link_leads_to_the_event_of_its_name():
    throws = [element("intermediateThrowEvent", key, '<linkEventDefinition name="on"/>') for key in ("t1", "t2")]
    catch = element("intermediateCatchEvent", "c", '<linkEventDefinition name="on"/>')
    gate = element("exclusiveGateway", "x", default="x_t2")
    case = Case(bpmn("".join(throws) + catch + gate, "start > x; x > t1: n = 1; x > t2; c > a > end"))
    assert (case.open, case.passed) == (["a"], ["start", "x", "t2", "c"])


def test_an_error_that_nothing_catches_ends_the_whole_case_at_its_event():
    bad = element("endEvent", "bad", event("error", "NO"))
    inner = element("subProcess", "sub", scope(bad, "start1 > a > bad"))
    fork = element("parallelGateway", "f")
    case = Case(bpmn(inner + fork, "start > f; f > sub > end; f > b > end2"))
    case.complete("a")
    assert (case.is_ended, case.execution.ended_by) == (True, "bad")
    assert [fact.detail for fact in case.told(Fact) if fact.kind == "error_uncaught"] == [{"code": "NO"}]


def test_an_error_of_a_called_process_that_nothing_catches_ends_the_case():
    called = bpmn(element("endEvent", "bad", event("error", "NO")), "start1 > bad", key="called")
    case = Case(Shelf(bpmn(element("callActivity", "call", calledElement="called"), "start > call > end"), called))
    assert (case.is_ended, case.execution.ended_by) == (True, "bad")


@pytest.mark.parametrize("kind", ["signal", "message"])
def test_what_an_event_throws_is_told(kind):
    case = Case(bpmn(element("endEvent", "x", event(kind, "done")), "start > x"))
    assert [fact.name for fact in case.facts if hasattr(fact, "name")] == ["done"]


def test_an_activity_begins_with_as_many_tokens_as_it_needs():
    task = element("userTask", "a", startQuantity="2")
    fork = element("parallelGateway", "f")
    case = Case(bpmn(task + fork, "start > f; f > b > a; f > c > a; a > end"))
    case.complete("b")
    assert case.open == ["c"]
    case.complete("c")
    assert case.open == ["a"]
    case.complete("a")
    assert case.is_ended


def test_an_activity_gives_as_many_tokens_as_it_says():
    case = Case(bpmn(element("userTask", "a", completionQuantity="3"), "start > a > b > end"))
    case.complete("a")
    assert case.open == ["b", "b", "b"]


@pytest.mark.parametrize(("ordering", "first"), [("Parallel", ["a", "b"]), ("Sequential", ["a"])])
def test_an_ad_hoc_sub_process_offers_its_activities(ordering, first):
    inside = element("userTask", "a") + element("userTask", "b")
    case = Case(bpmn(element("adHocSubProcess", "hoc", inside, ordering=ordering), "start > hoc > c > end"))
    assert case.open == first
    case.complete("a")
    assert case.open == ["b"]
    case.complete("b")
    assert case.open == ["c"]


@pytest.mark.parametrize(("rest", "left"), [("true", ["c"]), ("false", ["b"])])
def test_an_ad_hoc_sub_process_is_done_when_its_condition_holds(rest, left):
    inside = element("userTask", "a") + element("userTask", "b") + "<completionCondition>n = 1</completionCondition>"
    hoc = element("adHocSubProcess", "hoc", inside, cancelRemainingInstances=rest)
    case = Case(bpmn(hoc, "start > hoc > c > end"))
    case.complete("a", n=1)
    assert case.open == left


def one_by_one(behavior, inside=""):
    """Three items, and an escalation at the edge that their ends throw."""
    attributes = {"behavior": behavior, f"{behavior.lower()}BehaviorEventRef": "told"}
    text = "".join(f' {name}="{value}"' for name, value in attributes.items())
    loop = f"<multiInstanceLoopCharacteristics{text}><loopCardinality>3</loopCardinality>{inside}"
    task = element("userTask", "a", f"{loop}</multiInstanceLoopCharacteristics>")
    thrown = element("endEvent", "end9", '<escalationEventDefinition id="told" escalationRef="GO"/>')
    edge = boundary("b", "a", event("escalation", "GO"), interrupting=False)
    return bpmn(task + edge + thrown, "start > a > end; b > c > end9")


@pytest.mark.parametrize(("behavior", "after"), [("None", [1, 2]), ("One", [1, 1])])
def test_the_ends_of_items_may_throw_an_event_to_the_edge(behavior, after):
    case = Case(one_by_one(behavior))
    counts = []
    for _ in range(2):
        case.complete("a")
        counts.append(case.open.count("c"))
    assert counts == after
