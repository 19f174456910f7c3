"""Undoing what was done (BPMN 2.0.2, 10.7 and 13.5.5), and transactions that are cancelled (13.3.4)."""

import pytest

from tests.models import Case, boundary, bpmn, element, event, mappings, scope, several

UNDO = element("intermediateThrowEvent", "undo", event("compensate"))


def undone(key, by, on=""):
    """A compensation boundary event on `key` with the activity `by` that undoes it."""
    edge = boundary(f"edge_{key}", on or key, event("compensate"))
    handler = element("userTask", by, isForCompensation="true")
    joined = element("association", f"to_{by}", sourceRef=f"edge_{key}", targetRef=by)
    return edge + handler + joined


def test_activities_are_undone_in_the_reverse_order_of_their_completion():
    case = Case(bpmn(UNDO + undone("a", "not_a") + undone("b", "not_b"), "start > a > b > c > undo > d > end"))
    for name in ("a", "b", "c"):
        case.complete(name)
    assert case.open == ["not_b"]
    case.complete("not_b")
    assert case.open == ["not_a"]
    case.complete("not_a")
    assert case.open == ["d"]
    assert case.passed == ["start", "a", "b", "c", "not_b", "not_a", "undo"]


def test_what_was_not_completed_is_not_undone():
    case = Case(bpmn(UNDO + undone("a", "not_a") + undone("z", "not_z"), "start > a > undo > d > z > end"))
    case.complete("a")
    case.complete("not_a")
    assert case.open == ["d"]


def test_an_activity_is_undone_once_for_each_time_it_was_done_and_never_twice():
    gate = element("exclusiveGateway", "m") + element("exclusiveGateway", "x", default="x_m")
    again = element("endEvent", "again", event("compensate"))
    case = Case(
        bpmn(UNDO + gate + again + undone("a", "not_a"), "start > m > a > x; x > undo: n = 2; x > m; undo > again")
    )
    case.complete("a", n=1)
    case.complete("a", n=2)
    case.complete("not_a")
    case.complete("not_a")
    assert case.is_ended


def test_one_named_activity_is_undone_and_the_others_stay():
    undo = element("endEvent", "undo", '<compensateEventDefinition activityRef="a"/>')
    case = Case(bpmn(undo + undone("a", "not_a") + undone("b", "not_b"), "start > a > b > undo"))
    case.complete("a")
    case.complete("b")
    assert case.open == ["not_a"]
    case.complete("not_a")
    assert case.is_ended


def test_nothing_to_undo_is_nothing_to_wait_for():
    case = Case(bpmn(UNDO, "start > a > undo > b > end"))
    case.complete("a")
    assert case.open == ["b"]


def test_a_sub_process_is_undone_by_what_was_done_inside_it():
    inner = element("subProcess", "sub", scope(undone("a", "not_a") + undone("b", "not_b"), "start1 > a > b > end1"))
    case = Case(bpmn(UNDO + inner, "start > sub > c > undo > d > end"))
    for name in ("a", "b", "c"):
        case.complete(name)
    assert case.open == ["not_b"]
    case.complete("not_b")
    case.complete("not_a")
    assert case.open == ["d"]


def test_a_handler_of_its_own_undoes_a_sub_process_instead():
    inner = element("subProcess", "sub", scope(undone("a", "not_a"), "start1 > a > end1"))
    case = Case(bpmn(UNDO + inner + undone("sub", "not_sub"), "start > sub > undo > d > end"))
    case.complete("a")
    assert case.open == ["not_sub"]
    case.complete("not_sub")
    assert case.open == ["d"]


def test_a_compensation_event_sub_process_undoes_a_sub_process_and_may_undo_what_is_inside():
    start = element("startEvent", "s", event("compensate"))
    throw = element("endEvent", "rest", event("compensate"))
    handling = element("subProcess", "h", scope(start + throw, "s > note > rest"), triggeredByEvent="true")
    inner = element("subProcess", "sub", scope(undone("a", "not_a") + handling, "start1 > a > end1"))
    case = Case(bpmn(UNDO + inner, "start > sub > c > undo > d > end"))
    case.complete("a")
    case.complete("c")
    assert case.open == ["note"]
    case.complete("note")
    assert case.open == ["not_a"]
    case.complete("not_a")
    assert case.open == ["d"]


def test_a_handler_sees_the_values_of_the_time_when_its_activity_was_done():
    edge = undone("work", "not_work").replace('"true"></userTask>', '"true"></userTask>')
    work = element("subProcess", "work", mappings(inputs={"which": "${n}"}) + scope("", "start1 > a > end1"))
    case = Case(bpmn(UNDO + work + edge, "start > work > undo > d > end"), n=1)
    case.complete("a", n=2)
    assert case.execution.context(case.token("not_work"))["which"] == 1


def test_each_item_of_several_is_undone():
    items = element("userTask", "a", several("[1, 2]", item="i"))
    case = Case(bpmn(UNDO + items + undone("a", "not_a"), "start > a > undo > d > end"))
    case.complete("a")
    case.complete("a")
    assert case.execution.context(case.token("not_a"))["i"] == 2
    case.complete("not_a")
    assert case.execution.context(case.token("not_a"))["i"] == 1
    case.complete("not_a")
    assert case.open == ["d"]


def test_an_activity_that_is_interrupted_is_not_undone():
    out = boundary("out", "b", event("message", "stop"))
    case = Case(bpmn(UNDO + out + undone("b", "not_b"), "start > b > end; out > undo > d > end2"))
    case.message("out")
    assert case.open == ["d"]


TRANSACTION = element(
    "transaction",
    "deal",
    scope(
        element("endEvent", "cancel", event("cancel"))
        + element("exclusiveGateway", "x", default="x_end1")
        + element("parallelGateway", "f")
        + undone("a", "not_a"),
        "start1 > f; f > a > x; f > b > end2; x > cancel: n = 1; x > end1",
    ),
)


def test_a_cancelled_transaction_stops_undoes_and_goes_on_at_its_edge():
    case = Case(bpmn(TRANSACTION + boundary("off", "deal", event("cancel")), "start > deal > c > end; off > d > end3"))
    case.complete("a", n=1)
    assert case.open == ["not_a", "off"]
    case.complete("not_a")
    assert case.open == ["d"]


def test_a_transaction_that_is_not_cancelled_is_a_sub_process():
    case = Case(bpmn(TRANSACTION + boundary("off", "deal", event("cancel")), "start > deal > c > end; off > d > end3"))
    case.complete("a", n=2)
    case.complete("b")
    assert case.open == ["c"]


def test_a_cancelled_transaction_without_an_edge_for_it_ends_its_path():
    case = Case(bpmn(TRANSACTION, "start > deal > c > end"))
    case.complete("a", n=1)
    case.complete("not_a")
    assert case.is_ended


@pytest.mark.parametrize("kind", ["intermediateThrowEvent", "endEvent"])
def test_undoing_may_be_interrupted(kind):
    throw = element(kind, "undo", event("compensate"))
    way = "undo > e > end9" if kind == "intermediateThrowEvent" else ""
    inner = element("subProcess", "sub", scope(throw + undone("a", "not_a"), f"start1 > a > undo; {way}"))
    case = Case(bpmn(inner + boundary("out", "sub", event("message", "stop")), "start > sub > end; out > d > end2"))
    case.complete("a")
    case.message("out")
    assert case.open == ["d"]


def undo_unwaited(tag="intermediateThrowEvent"):
    return element(tag, "undo", '<compensateEventDefinition waitForCompletion="false"/>')


def test_an_event_that_does_not_wait_goes_on_while_the_rest_is_undone_in_order():
    case = Case(bpmn(undo_unwaited() + undone("a", "not_a") + undone("b", "not_b"), "start > a > b > undo > c > end"))
    case.complete("a")
    case.complete("b")
    assert case.open == ["c", "not_b"]
    case.complete("not_b")
    assert case.open == ["c", "not_a"]
    case.complete("c")
    assert not case.is_ended
    case.complete("not_a")
    assert case.is_ended
    assert case.passed.count("undo") == 1


def test_the_process_stays_open_until_all_is_undone_behind_an_end_event_that_does_not_wait():
    case = Case(bpmn(undo_unwaited("endEvent") + undone("a", "not_a"), "start > a > undo"))
    case.complete("a")
    assert case.open == ["not_a"]
    case.complete("not_a")
    assert case.is_ended


def test_nothing_to_undo_keeps_an_event_that_does_not_wait_from_nothing():
    case = Case(bpmn(undo_unwaited(), "start > a > undo > b > end"))
    case.complete("a")
    case.complete("b")
    assert case.is_ended


def test_inside_an_event_sub_process_an_event_that_does_not_wait_undoes_what_is_around():
    begin = element("startEvent", "come", event("message", "message_news"))
    late = element(
        "subProcess", "late", scope(begin + undo_unwaited(), "come > undo > d > end2"), triggeredByEvent="true"
    )
    case = Case(bpmn(late + undone("a", "not_a"), "start > a > b > end"))
    case.complete("a")
    case.message("come")
    assert case.open == ["d", "not_a"]
    case.complete("d")
    case.complete("not_a")
    assert case.is_ended


def test_a_repeated_sub_process_is_undone_item_by_item_by_what_was_done_inside():
    inner = several("[1, 2]", item="i") + scope(undone("a", "not_a"), "start1 > a > end1")
    case = Case(bpmn(UNDO + element("subProcess", "sub", inner), "start > sub > undo > d > end"))
    case.complete("a")
    case.complete("a")
    assert [case.execution.context(case.token("not_a"))["i"], case.open] == [2, ["not_a"]]
    case.complete("not_a")
    case.complete("not_a")
    assert case.open == ["d"]


def test_a_sub_process_that_is_undone_inside_another_leads_nowhere():
    deep = element("subProcess", "deep", scope(undone("a", "not_a"), "start2 > a > end2"))
    sub = element("subProcess", "sub", scope(deep, "start1 > deep > b > end1"))
    again = element("endEvent", "again", event("compensate"))
    case = Case(bpmn(UNDO + again + sub, "start > sub > undo > d > again"))
    for name, open_then in (("a", ["b"]), ("b", ["not_a"]), ("not_a", ["d"])):
        case.complete(name)
        assert case.open == open_then
    case.complete("d")
    assert case.is_ended
