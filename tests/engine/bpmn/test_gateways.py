"""Gateways: which flows are taken, and which arrivals a join waits for."""

import pytest

from engine.bpmn.gateways import common_branch
from engine.execution import StepFailed
from tests.models import Case, boundary, bpmn, condition, element, event, scope, timer

FORK, JOIN = element("parallelGateway", "fork"), element("parallelGateway", "join")
SPLIT, MERGE = element("inclusiveGateway", "split"), element("inclusiveGateway", "merge")


def exclusive(**attributes):
    return element("exclusiveGateway", "x", **attributes)


@pytest.mark.parametrize(("n", "expected"), [(1, "a"), (2, "b"), (3, "c")])
def test_an_exclusive_gateway_takes_the_first_flow_that_holds_else_the_default(n, expected):
    flows = "start > x; x > c; x > a: n = 1; x > b: n in (1, 2); a > end; b > end; c > end"

    assert Case(bpmn(exclusive(default="x_c"), flows), n=n).open == [expected]


def test_an_exclusive_gateway_without_a_way_out_says_so():
    with pytest.raises(StepFailed, match="no condition holds and there is no default flow") as failed:
        Case(bpmn(exclusive(), "start > x; x > a: n = 1; x > b: n = 2; a > end; b > end"), n=3)
    assert failed.value.element_id == "x"


def test_a_condition_that_is_not_true_or_false_does_not_hold():
    flows = "start > x; x > a: n; x > b: missing.part; x > c; a > end; b > end; c > end"

    assert Case(bpmn(exclusive(default="x_c"), flows), n=1).open == ["c"]


def test_an_exclusive_gateway_merges_without_waiting():
    case = Case(bpmn(FORK + exclusive(), "start > fork; fork > a > x; fork > b > x; x > c > end"))
    case.complete("a")

    assert case.open == ["b", "c"]


def test_a_parallel_gateway_forks_and_waits_for_all():
    case = Case(bpmn(FORK + JOIN, "start > fork; fork > a > join; fork > b > join; fork > c > join; join > d > end"))
    case.complete("c")
    case.complete("a")
    assert case.open == ["b"]

    case.complete("b")

    assert case.open == ["d"]
    assert case.count == 1


def test_a_parallel_join_counts_flows_and_not_tokens():
    flows = "start > fork; fork > a > x; fork > b > x; x > c > join; fork > d > join; join > e > end"
    case = Case(bpmn(FORK + JOIN + exclusive(), flows))
    for name in ("a", "b", "c", "c"):
        case.complete(name)
    assert case.open == ["d"]

    case.complete("d")

    assert case.open == ["e"]
    assert [found for _, found, _ in case.execution.open_elements()].count("join") == 1, "one arrival is left over"


def test_a_parallel_join_in_a_loop_waits_again_each_time():
    flows = "start > m > fork; fork > a > join; fork > b > join; join > x; x > m: n != 3; x > end"
    case = Case(bpmn(FORK + JOIN + exclusive(default="x_end") + element("exclusiveGateway", "m"), flows))
    for n in (1, 2, 3):
        case.complete("b")
        assert case.open == ["a"]
        case.complete("a", n=n)

    assert case.is_ended
    assert case.passed.count("join") == 3


def test_an_inclusive_gateway_takes_every_flow_that_holds_and_joins_exactly_those():
    flows = "start > split; split > a: n in (1, 3); split > b: n in (2, 3); split > c; merge > d > end; "
    flows += "a > merge; b > merge; c > merge"
    model = bpmn(element("inclusiveGateway", "split", default="split_c") + MERGE, flows)
    both = Case(model, n=3)
    assert both.open == ["a", "b"]
    both.complete("b")
    assert both.open == ["a"]
    both.complete("a")
    assert both.open == ["d"]
    assert both.count == 1

    alone = Case(model, n=9)
    assert alone.open == ["c"]
    alone.complete("c")
    assert alone.open == ["d"]


def test_an_inclusive_gateway_without_a_way_out_says_so():
    with pytest.raises(StepFailed, match="no condition holds"):
        Case(bpmn(SPLIT, "start > split; split > a: n = 1; split > b: n = 2; a > end; b > end"), n=3)


def test_an_inclusive_join_waits_for_a_token_that_may_still_come_and_not_for_one_that_cannot():
    flows = "start > fork; fork > a > merge; fork > b > x; x > merge: go = true; x > c; fork > d > end2; "
    flows += "merge > e > end; c > end3"
    elements = FORK + MERGE + exclusive(default="x_c")
    case = Case(bpmn(elements, flows))
    case.complete("a")
    assert case.open == ["b", "d"]

    case.complete("b", go=False)

    assert case.open == ["c", "d", "e"]


def test_an_inclusive_join_does_not_wait_for_what_can_also_come_on_a_flow_that_has_a_token():
    # BPMN 2.0.2, 13.4.3: the token at a can reach the empty flow, but also the one on which b came.
    flows = "start > fork; fork > a > x; x > merge: go = 1; x > n; n > merge; fork > b > n; merge > e > end"
    case = Case(bpmn(FORK + MERGE + element("exclusiveGateway", "n") + exclusive(default="x_n"), flows))
    case.complete("b")

    assert case.open == ["a", "e"]


def test_an_inclusive_join_waits_for_what_a_boundary_event_may_bring():
    flows = "start > fork; fork > a > merge; fork > b > end2; late > merge; merge > c > end"
    case = Case(bpmn(FORK + MERGE + boundary("late", "b", timer("PT1H")), flows))
    case.complete("a")
    assert "c" not in case.open

    case.wait(hours=2)

    assert case.open == ["c"]


def test_a_gateway_with_one_way_in_and_one_way_out_lets_tokens_pass():
    elements = FORK + SPLIT + exclusive()

    assert Case(bpmn(elements, "start > fork > split > x > a > end")).open == ["a"]


def catches():
    return (
        element("eventBasedGateway", "gate")
        + element("intermediateCatchEvent", "reply", event("message", "reply"))
        + element("intermediateCatchEvent", "soon", timer("PT1H"))
        + element("intermediateCatchEvent", "late", timer("P3D"))
    )


EVENTS = "start > gate; gate > reply > a > end; gate > soon > b > end2; gate > late > c > end3"


def test_the_first_event_behind_an_event_based_gateway_takes_the_others_away():
    for act, expected in (
        (lambda case: case.message("reply", text="ok"), "a"),
        (lambda case: case.wait(hours=1), "b"),
        (lambda case: case.wait(days=9), "b"),
    ):
        case = Case(bpmn(catches(), EVENTS))
        assert case.open == ["late", "reply", "soon"]
        act(case)
        assert case.open == [expected]
        assert case.count == 1
        assert case.passed[:2] == ["start", "gate"]


def test_an_event_behind_an_event_based_gateway_keeps_its_payload_for_its_output_mapping():
    mapped = element(
        "intermediateCatchEvent",
        "reply",
        '<extensionElements><camunda:inputOutput><camunda:outputParameter name="said">${text}</camunda:outputParameter>'
        "</camunda:inputOutput></extensionElements>" + event("message", "reply"),
    )
    case = Case(bpmn(element("eventBasedGateway", "gate") + mapped, "start > gate > reply > a > end"))
    case.message("reply", text="ok", other=1)

    assert case.variables == {"said": "ok"}


def test_a_condition_that_holds_already_wins_at_once_behind_an_event_based_gateway():
    elements = element("eventBasedGateway", "gate") + element("intermediateCatchEvent", "now", condition("n = 1"))
    flows = "start > gate; gate > now > a > end; gate > reply > b > end2"
    message = element("intermediateCatchEvent", "reply", event("message", "reply"))

    assert Case(bpmn(elements + message, flows), n=1).open == ["a"]
    assert Case(bpmn(elements + message, flows), n=2).open == ["now", "reply"]


def test_an_event_based_gateway_inside_a_sub_process_ends_with_it():
    sub = element("subProcess", "sub", scope(catches(), EVENTS.replace("start", "start2")))
    case = Case(
        bpmn(sub + boundary("stop", "sub", event("message", "stop")), "start > sub > d > end4; stop > e > end5")
    )
    case.message("stop")

    assert case.open == ["e"]
    assert case.count == 1


@pytest.mark.parametrize(
    ("branches", "common"),
    [
        (["1", "1"], "1"),
        (["1/2", "1/3"], "1"),
        (["1/2", "1"], "1"),
        (["1", "2"], ""),
        (["", "1"], ""),
        (["12", "1"], ""),
    ],
)
def test_merged_tokens_go_on_in_the_branch_around_all_of_them(branches, common):
    assert common_branch(branches) == common
