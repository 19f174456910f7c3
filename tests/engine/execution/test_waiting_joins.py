"""What is told of tokens that wait for other tokens."""

import pytest

from engine.execution.waiting import Wait, waits
from tests.models import Case, bpmn, element

JOIN, FORK = element("parallelGateway", "j"), element("parallelGateway", "f")
CHOICE = element("exclusiveGateway", "x", default="x_b")


def at(case: Case, name: str) -> Wait:
    """The one wait at the element `name`."""
    (found,) = [each for each in waits(case.execution) if each.element.id == name]
    return found


def test_a_join_says_what_came_and_from_where_the_rest_can_still_come():
    case = Case(bpmn(FORK + JOIN + element("userTask", "b", name="Ask"), "start > f > a > j > end; f > b > c > j"))
    case.complete("a")

    assert at(case, "j").what("en") == (
        "j waits for a token on every flow: one came on a_j (from a), none on c_j (from c). "
        "A token can still come there from “Ask” (b)."
    )
    assert at(case, "j").what("zh") == (
        "j等待每条顺序流都有令牌：a_j（来自a）已到达，c_j（来自c）未到达。仍可能有令牌从“Ask”（b）到达那里。"
    )
    assert at(case, "j").details == {"arrived": ["a_j"], "missing": ["c_j"], "sources": ["b"]}


def test_a_join_that_nothing_can_reach_any_more_says_that_it_never_passes():
    case = Case(bpmn(CHOICE + JOIN, "start > x; x > a: ready; x > b > j; a > j > end"), ready=True)
    case.complete("a")

    assert "Nothing can come on b_j (from b) any more, so it never passes" in at(case, "j").what("en")
    assert at(case, "j").details["unreachable"] == ["b_j"]


def test_several_tokens_at_one_join_are_told_once():
    case = Case(bpmn(FORK + JOIN, "start > f > a > b > j > end; f > c > b; f > d > j"))
    for name in ("a", "c", "b", "b"):
        case.complete(name)

    assert case.count == 3
    assert at(case, "j").details["arrived"] == ["b_j"]


def test_a_join_in_a_circle_counts_on_the_token_that_comes_round():
    gateways = CHOICE + JOIN + FORK
    case = Case(bpmn(gateways, "start > f > j > a > x > b > j; f > c > end; x > end: done"))

    assert at(case, "j").details["unreachable"] == ["b_j"], "what the join itself would send round never comes"


def test_an_inclusive_join_names_the_tokens_that_it_waits_for():
    case = Case(bpmn(FORK + element("inclusiveGateway", "i"), "start > f > a > i > end; f > b > i; f > c > end2"))
    case.complete("a")

    assert at(case, "i").kind == "inclusive_join"
    assert at(case, "i").what("en") == (
        "i has tokens on a_i (from a) and waits for those that can still come on b_i (from b). "
        "A token can still come there from b."
    )


@pytest.fixture
def complex_join():
    gateway = element("complexGateway", "k", "<activationCondition>activationCount > n</activationCondition>")
    return bpmn(
        FORK + gateway.replace("activationCount > n", "activationCount &gt; n"),
        "start > f > a > k > end; f > b > k; f > c > k",
    )


def test_a_complex_join_counts_and_shows_its_condition(complex_join):
    case = Case(complex_join, n=1)
    case.complete("a")

    assert at(case, "k").what("en") == (
        "k has tokens on 1 of 3 flows (a_k (from a)), and “activationCount > n” is not true yet. "
        "Now activationCount = 1, n = 1. A token can still come there from b, c."
    )


def test_a_complex_join_that_gets_no_more_tokens_says_so(complex_join):
    case = Case(complex_join, n=5)
    for name in ("a", "b", "c"):
        case.complete(name)

    assert at(case, "k").details["count"] == 3
    assert "sources" not in at(case, "k").details


def test_a_complex_join_that_went_on_says_what_it_still_takes_in(complex_join):
    case = Case(complex_join, n=1)
    for name in ("a", "b"):
        case.complete(name)

    assert at(case, "k").kind == "complex_reset"
    assert at(case, "k").details == {"arrived": ["a_k", "b_k"], "missing": ["c_k"], "sources": ["c"]}


@pytest.mark.parametrize(("done", "ends"), [([], "can still come from b."), (["b"], "it never begins.")])
def test_an_activity_that_begins_with_several_tokens_counts_them(done, ends):
    counting = element("userTask", "a", startQuantity="3")
    case = Case(bpmn(FORK + counting, "start > f > a > end; f > b > a"))
    for name in done:
        case.complete(name)

    assert at(case, "a").what("en").startswith(f"a begins once 3 tokens are there; {1 + len(done)} came so far.")
    assert at(case, "a").what("en").endswith(ends)


def test_an_activity_that_began_is_told_beside_what_gathers_for_its_next_beginning():
    counting = element("userTask", "a", startQuantity="2")
    case = Case(bpmn(FORK + counting, "start > f > a > end; f > b > a; f > c > a"))
    for name in ("b", "c"):
        case.complete(name)

    assert sorted(each.kind for each in waits(case.execution)) == ["start_quantity", "task"]
