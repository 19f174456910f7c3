"""Gateways that wait: complex ones (BPMN 2.0.2, 13.4.5), event-based ones that wait for all, and what begins a case."""

import pytest

from engine.execution import StepFailed
from tests.models import Case, bpmn, element, event, timer


def complex_join(activation, key="join", **attributes):
    return element("complexGateway", key, f"<activationCondition>{activation}</activationCondition>", **attributes)


FORK = element("parallelGateway", "fork")
THREE = "start > fork; fork > a > join; fork > b > join; fork > c > join; join > d > end"


def test_a_complex_gateway_goes_on_once_enough_have_come_and_takes_in_the_rest():
    case = Case(bpmn(FORK + complex_join("activationCount >= 2"), THREE))
    case.complete("b")
    assert case.open == ["a", "c"]
    case.complete("a")
    assert case.open == ["c", "d"]
    case.complete("c")
    assert case.open == ["d"]
    case.complete("d")
    assert case.is_ended


def test_a_complex_gateway_can_be_passed_again_after_its_reset():
    gate = element("exclusiveGateway", "m") + element("exclusiveGateway", "x", default="x_end")
    flows = THREE.replace("start > fork", "start > m > fork").replace("d > end", "d > x; x > m: again = true; x > end")
    case = Case(bpmn(FORK + gate + complex_join("activationCount >= 1"), flows))
    for name in ("a", "b", "c"):
        case.complete(name)
    case.complete("d", again=True)
    assert case.open == ["a", "b", "c"]
    case.complete("c")
    assert case.open == ["a", "b", "d"]


def test_a_complex_gateway_waits_where_its_condition_never_holds_and_says_so_by_its_token():
    case = Case(bpmn(FORK + complex_join("activationCount > 3"), THREE))
    for name in ("a", "b", "c"):
        case.complete(name)
    assert (case.is_ended, set(case.states)) == (False, {"join"})


def test_a_complex_gateway_chooses_every_flow_whose_condition_holds():
    split = element("complexGateway", "split", default="split_c")
    case = Case(
        bpmn(split, "start > z > split; split > a: n > 1; split > b: n > 2; split > c; a > end; b > end2; c > end3")
    )
    case.complete("z", n=3)
    assert case.open == ["a", "b"]


CATCH = "".join(element("intermediateCatchEvent", key, event("message", key)) for key in ("p", "q"))


def test_the_first_message_begins_a_case_at_a_gateway():
    gate = element("eventBasedGateway", "g", instantiate="true")
    case = Case(bpmn(gate + CATCH, "g > p > a > end; g > q > b > end2"), start="p", n=1)
    assert (case.open, case.variables) == (["a"], {"n": 1})


def test_a_gateway_that_waits_for_all_begins_a_case_and_waits_for_the_others():
    gate = element("eventBasedGateway", "g", instantiate="true", eventGatewayType="Parallel")
    case = Case(bpmn(gate + CATCH, "g > p > a > end; g > q > b > end2"), start="p")
    assert case.open == ["a", "q"]
    case.complete("a")
    assert not case.is_ended
    case.message("q")
    case.complete("b")
    assert case.is_ended


def test_a_receive_task_begins_a_case():
    task = element("receiveTask", "r", messageRef="asked", instantiate="true")
    case = Case(bpmn(task, "r > a > end"), start="r")
    assert (case.open, case.passed) == (["a"], ["r"])


def test_a_process_without_start_event_begins_with_all_that_nothing_leads_to():
    case = Case(bpmn("", "a > end; b > end2"))
    assert case.open == ["a", "b"]


def test_several_timers_behind_one_gateway_are_due_each_at_its_time():
    gate = element("eventBasedGateway", "g")
    late = element("intermediateCatchEvent", "late", timer("P30D"))
    soon = element("intermediateCatchEvent", "soon", timer("PT1H"))
    case = Case(bpmn(gate + late + soon, "start > g; g > late > a > end; g > soon > b > end2"))
    assert case.wait(hours=1) == ["soon"]
    assert case.open == ["b"]


def test_a_gateway_without_a_flow_that_holds_fails_naming_itself():
    split = element("complexGateway", "split")
    case = Case(bpmn(split, "start > z > split; split > a: n > 1; split > b: n > 2; a > end; b > end2"))
    with pytest.raises(StepFailed, match="no condition holds"):
        case.complete("z", n=0)


def resetting(flows, **values):
    """A join of three that goes on at the second, with these flows behind it, after all three have come."""
    gate = complex_join("activationCount >= 2")
    case = Case(bpmn(FORK + gate, THREE.replace("join > d > end", flows)), **values)
    for name in ("a", "b", "c"):
        case.complete(name)
    return case


def test_a_condition_sees_whether_a_complex_gateway_begins_or_resets():
    case = resetting("join > x: waitingForStart; join > y: not(waitingForStart); x > end; y > end2")

    assert case.open == ["x", "y"]
    assert case.passed.count("join") == 2


def test_conditions_that_hold_are_taken_again_at_the_reset():
    assert resetting("join > x: n = 1; join > y: n = 2; x > end; y > end2", n=1).open == ["x", "x"]


def test_a_flow_without_condition_is_taken_only_once():
    assert resetting("join > x; join > y: n = 2; x > end; y > end2", n=1).open == ["x"]


def test_a_reset_that_finds_no_condition_true_sends_nothing_on_and_is_no_fault():
    assert resetting("join > x: waitingForStart; join > y: waitingForStart; x > end; y > end2").open == ["x", "y"]


def test_a_reset_that_finds_no_condition_true_takes_the_default_flow():
    gate = complex_join("activationCount >= 2", default="join_y")
    case = Case(bpmn(FORK + gate, THREE.replace("d > end", "x: waitingForStart; join > y; x > end; y > end2")))
    for name, open_then in (("a", ["b", "c"]), ("b", ["c", "x"]), ("c", ["x", "y"])):
        case.complete(name)
        assert case.open == open_then


def test_a_gateway_that_all_have_reached_resets_at_once_if_it_is_asked_for():
    gate = complex_join("activationCount >= 3")
    asked = THREE.replace("d > end", "x: waitingForStart; join > y: not(waitingForStart); x > end; y > end2")
    plain = THREE.replace("d > end", "x: n = 1; join > y: n = 2; x > end; y > end2")
    for flows, open_then in ((asked, ["x", "y"]), (plain, ["x"])):
        case = Case(bpmn(FORK + gate, flows), n=1)
        for name in ("a", "b", "c"):
            case.complete(name)
        assert case.open == open_then


def test_a_reset_whose_condition_fails_is_parked_and_tried_again():
    text = "if waitingForStart then true else count(for i in 1..n return i) &gt; 0"
    flows = f"join > x: {text.replace('&gt;', '>')}; join > y: false; x > end; y > end2"
    case = Case(bpmn(FORK + complex_join("activationCount >= 2"), THREE.replace("join > d > end", flows)), n=999999999)
    case.complete("a")
    case.complete("b")
    case.do_parking(lambda execution: execution.complete(case.token("c"), {}))
    assert case.open == ["join", "x"]

    case.set(n=1)
    case.do(lambda execution: execution.unpark(case.token("join")))
    assert case.open == ["x", "x"]
