"""Running: one step at a time, parking what fails, stopping what never ends."""

import pytest

from engine.applications import PathType
from engine.errors import BpmnError, Conflict, InvalidInput, NotFound
from engine.execution import BUDGET, Execution, Fact, StepFailed, TaskOpened
from tests.models import NOW, Case, Shelf, boundary, bpmn, condition, element, event, scope, several, timer

BROKEN = element("scriptTask", "broken", "<script>missing()</script>", camunda_resultVariable="x")
FORK = element("parallelGateway", "fork")


def test_a_circle_without_a_wait_is_stopped():
    case = Case(bpmn(element("exclusiveGateway", "m") + element("task", "t"), "start > a > m > t > m; a > b > end"))
    with pytest.raises(StepFailed, match="circle without waiting") as failed:
        case.complete("a")
    assert failed.value.number == BUDGET + 1


def test_a_step_that_fails_says_its_number_and_element():
    case = Case(bpmn(BROKEN, "start > a > broken > end"))
    with pytest.raises(StepFailed) as failed:
        case.complete("a")
    assert (failed.value.element_id, "missing" in failed.value.error.message) == ("broken", True)


def test_a_step_that_fails_is_parked_while_the_action_and_the_other_branches_go_on():
    case = Case(bpmn(BROKEN + FORK, "start > a > fork; fork > broken > b > end; fork > c > end2"))
    token = case.token("a")
    case.do_parking(lambda execution: execution.complete(token, {"y": 1}))

    assert case.states == {"broken": "parked", "c": "task"}
    assert case.variables == {"y": 1}
    ((parked, (name, why)),) = case.execution.parked.items()
    assert (parked, name, why.message) == (case.token("broken"), "broken", "it failed")


def test_several_steps_of_one_run_can_be_parked():
    other = element("scriptTask", "other", "<script>missing()</script>")
    case = Case(bpmn(BROKEN + other + FORK, "start > a > fork; fork > broken > end; fork > other > end2"))
    token = case.token("a")
    case.do_parking(lambda execution: execution.complete(token, {}))

    assert case.states == {"broken": "parked", "other": "parked"}


def test_a_parked_step_goes_on_once_it_is_repaired_and_not_before():
    case = Case(bpmn(BROKEN, "start > a > broken > b > end"))
    case.do_parking(lambda execution: execution.complete(execution.open_elements()[0][0], {}))
    token = case.token("broken")
    case.set(y=1)
    assert case.states == {"broken": "parked"}

    case.options = {"functions": {"missing": lambda: 5}}
    assert case.do(lambda execution: execution.unpark(token)) is True

    assert case.open == ["b"]
    assert case.variables["x"] == 5
    assert case.do(lambda execution: execution.unpark(token)) is False


def test_a_task_whose_way_out_fails_is_parked_as_done_and_cannot_be_completed_again():
    case = Case(bpmn("", "start > a; a > b: missing(); b > end"))
    token = case.token("a")
    case.do_parking(lambda execution: execution.complete(token, {"y": 1}))

    assert case.states == {"a": "parked"}
    with pytest.raises(Conflict):
        case.complete("a")
    case.options = {"functions": {"missing": lambda: True}}
    case.do(lambda execution: execution.unpark(token))
    assert case.open == ["b"]


def test_work_whose_way_out_fails_is_parked_as_done():
    work = element("serviceTask", "work", camunda_type="external", camunda_topic="t")
    case = Case(bpmn(work, "start > work; work > b: missing(); b > end"))
    token = case.token("work")
    case.do_parking(lambda execution: execution.finish_work(token, {"y": 1}))
    assert case.states == {"work": "parked"}

    assert case.do(lambda execution: execution.finish_work(token, {"y": 2})) is False
    assert case.do(lambda execution: execution.fail_work(token, BpmnError("NO"))) is False
    assert case.variables == {"y": 1}


def test_a_condition_that_cannot_be_evaluated_is_parked_like_a_step():
    flag = boundary("flag", "a", condition("n = 1 and missing()"), interrupting=False)
    case = Case(bpmn(flag, "start > a > b > end; flag > c > end2"))
    case.do_parking(lambda execution: execution.set_variables({"n": 1}))
    assert case.states == {"a": "task", "flag": "parked"}
    case.set(n=1)

    case.options = {"functions": {"missing": lambda: True}}
    token = case.token("flag")
    case.do(lambda execution: execution.unpark(token))

    assert case.open == ["a", "c", "flag"]


def test_parking_is_repeatable_because_steps_are_numbered_the_same_in_each_run():
    model = bpmn(BROKEN + FORK, "start > fork; fork > a > end; fork > b > broken > end2; fork > c > end3")
    shelf = Shelf(model)
    numbers = set()
    for _ in range(3):
        case = Case(shelf)
        with pytest.raises(StepFailed) as failed:
            case.complete("b")
        numbers.add(failed.value.number)

    assert len(numbers) == 1


def test_a_conflict_is_no_failure_of_a_step():
    class Fast:
        def get(self, path):
            raise NotFound

        def set(self, path, value):
            raise Conflict

    script = element("scriptTask", "s", "<script>1</script>", camunda_resultVariable="note.level")
    options = {"record": Fast(), "record_name": "note", "paths": {"level": PathType("string")}}
    with pytest.raises(Conflict):
        Case(bpmn(script, "start > s > end"), options=options)


def test_an_ended_case_has_nothing_left():
    case = Case(bpmn(boundary("late", "a", timer("PT1H")), "start > a > end; late > end2"))
    token = case.token("late")
    case.do(lambda execution: execution.cancel_all())

    assert case.is_ended
    assert case.execution.gone.keys() >= {token}
    assert case.execution.timers_set == {token: None}
    assert case.execution.ended_by == ""


def test_tasks_in_nested_places_are_cancelled_with_the_case():
    sub = element("subProcess", "sub", several("[1, 2]") + scope("", "start2 > a > end2"))
    case = Case(bpmn(sub, "start > sub > end"))
    tokens = [case.token("a", nth) for nth in (0, 1)]
    case.do(lambda execution: execution.cancel_all())

    assert [case.execution.gone[token] for token in tokens] == ["cancelled", "cancelled"]
    assert list(case.execution.scopes) == [""]


def test_what_happened_is_told_in_order():
    case = Case(bpmn("", "start > a > end"))
    case.complete("a")

    told = [(fact.kind, fact.element_id) for fact in case.told(Fact)]
    assert told == [
        ("left", "start"),
        ("took", "start"),
        ("entered", "a"),
        ("task_completed", "a"),
        ("left", "a"),
        ("took", "a"),
        ("left", "end"),
    ]
    assert [fact.detail for fact in case.told(Fact) if fact.kind == "took"] == [
        {"flows": ["start_a"]},
        {"flows": ["a_end"]},
    ]


def test_items_of_a_loop_are_told_apart_from_the_loop():
    case = Case(bpmn(element("userTask", "a", several("[1, 2]")), "start > a > end"))
    case.complete("a", 1)
    case.complete("a", 0)

    told = [(fact.kind, fact.detail) for fact in case.told(Fact) if fact.element_id == "a" and fact.kind != "took"]
    assert told == [
        ("entered", {"loop": "parallel"}),
        ("entered", {"item": 1}),
        ("entered", {"item": 2}),
        ("task_completed", {}),
        ("left", {"item": 2}),
        ("task_completed", {}),
        ("left", {"item": 1}),
        ("left", {"loop": "parallel"}),
    ]


def test_only_a_task_that_waits_for_a_person_is_open_for_one():
    case = Case(bpmn(boundary("late", "a", timer("PT1H")), "start > a > end; late > end2"))

    element_of = case.execution.open_task(case.token("a"))
    assert element_of is not None
    assert element_of.id == "a"
    assert case.execution.open_task(case.token("late")) is None
    assert case.execution.open_task("nothing") is None


def test_a_task_that_a_condition_takes_away_at_once_is_told_as_opened_and_gone():
    case = Case(bpmn(boundary("now", "a", condition("true")), "start > a > end; now > b > end2"))
    opened = {one.element_id: one.token_id for one in case.told(TaskOpened)}

    assert case.execution.gone[opened["a"]] == "cancelled"
    assert opened["b"] not in case.execution.gone


def test_a_long_chain_of_steps_is_read_and_run():
    names = [f"t{n}" for n in range(2000)]
    elements = "".join(element("task", name) for name in names)
    case = Case(bpmn(elements, "start > a > " + " > ".join(names) + " > end"))
    case.complete("a")

    assert case.is_ended
    assert len(case.passed) == 2003


def test_a_case_cannot_be_taken_up_from_another_moment_than_it_has():
    case = Case(bpmn(boundary("late", "a", timer("PT1H")), "start > a > end; late > end2"))
    token = case.token("late")

    assert case.do(lambda execution: execution.fire(token)) is False
    assert Execution(1, case.shelf, now=NOW).load(case.state).due_timers()[0][1] == token


def test_values_that_cannot_be_stored_are_refused():
    case = Case(bpmn("", "start > a > b > end"))
    with pytest.raises(InvalidInput):
        case.complete("a", x=object())


def test_a_message_is_not_caught_by_something_else_that_waits():
    case = Case(bpmn(boundary("note", "a", event("message", "n")), "start > a > end; note > end2"))
    token = case.token("a")

    assert case.do(lambda execution: execution.deliver_message(token, {})) is False
    assert case.do(lambda execution: execution.finish_work(token, {})) is False
    assert case.do(lambda execution: execution.fire(token)) is False
    assert case.open == ["a", "note"]
