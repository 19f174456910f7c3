"""How user tasks are offered to people."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.execution import StepFailed, TaskOpened
from tests.models import NOW, Case, Shelf, bpmn, element, properties, scope, several

LANES = '<laneSet id="lanes"><lane id="l1" name="Intake"><flowNodeRef>a</flowNodeRef></lane></laneSet>'


def opened(inside="", lanes="", values=None, **attributes):
    given = {f"camunda_{name}": text for name, text in attributes.items()}
    case = Case(bpmn(element("userTask", "a", inside, **given), "start > a > end", lanes=lanes), **(values or {}))
    (task,) = case.told(TaskOpened)
    return task


def test_a_task_without_anything_said_is_for_nobody_in_particular():
    task = opened()

    assert (task.element_id, task.definition_id, task.item) == ("a", 1, "")
    assert (task.assignee, task.groups, task.users, task.priority) == ("", (), (), 50)
    assert (task.due_at, task.follow_up_at, task.role) == (None, None, "")


def test_candidates_are_names_or_expressions_of_names():
    values = {"team": ["b", "c"], "one": "d"}

    assert opened(candidateGroups="a,b").groups == ("a", "b")
    assert opened(candidateGroups="${team}", values=values).groups == ("b", "c")
    assert opened(candidateUsers="${one}", values=values).users == ("d",)
    assert opened(candidateGroups="${missing}").groups == ()


def test_the_lane_is_the_group_where_nobody_else_is_named():
    assert opened(lanes=LANES).groups == ("Intake",)
    assert opened(lanes=LANES, candidateGroups="a").groups == ("a",)
    assert opened(lanes=LANES, candidateUsers="ann").groups == ()
    assert opened(lanes=LANES, assignee="ann").groups == ()
    assert opened(lanes=LANES, assignee="${nobody}").groups == ("Intake",)


def test_an_assignee_can_be_calculated():
    assert opened(assignee="${handler}", values={"handler": "ann"}).assignee == "ann"
    assert opened(assignee="bo").assignee == "bo"


@pytest.mark.parametrize(("text", "hours"), [("PT2H", 2), ("${duration(&quot;PT3H&quot;)}", 3), ("=hours", 4)])
def test_due_dates_are_durations_or_moments(text, hours):
    task = opened(dueDate=text, followUpDate=text, values={"hours": NOW + timedelta(hours=4)})

    assert task.due_at == task.follow_up_at == NOW + timedelta(hours=hours)


def test_what_is_due_on_a_day_is_due_when_the_day_ends():
    task = opened(dueDate="${on}", followUpDate="${on}", values={"on": date(2026, 3, 31)})

    assert task.due_at == datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC)
    assert task.follow_up_at == datetime(2026, 3, 30, 16, tzinfo=UTC)


def test_a_due_date_that_is_none_fails_at_the_task():
    with pytest.raises(StepFailed, match="The timer's value"):
        opened(dueDate="${5}")


@pytest.mark.parametrize(("text", "priority"), [("80", 80), ("${40 + 1}", 41), ("${missing}", 50), ("urgent", 50)])
def test_the_priority_is_a_number_or_the_usual_one(text, priority):
    assert opened(priority=text).priority == priority


def test_the_role_is_a_property():
    assert opened(properties(role="decides")).role == "decides"


def items(shelf, **values):
    return [task.item for task in Case(shelf, **values).told(TaskOpened)]


def test_an_item_is_called_by_its_text_else_by_its_number():
    names = element("userTask", "a", several("people", item="person"))

    assert items(bpmn(names, "start > a > end"), people=["Ann", {"name": "Bo"}]) == ["Ann", "2"]
    assert items(bpmn(element("userTask", "a", several("[7, 8]")), "start > a > end")) == ["1", "2"]


def test_a_task_inside_an_item_belongs_to_that_item():
    inside = several("people", item="person") + scope("", "start2 > a > end2")
    sub = element("subProcess", "sub", inside)
    assert items(bpmn(sub, "start > sub > end"), people=["Ann", "Bo"]) == ["Ann", "Bo"]

    call = element("callActivity", "call", several("people", item="person"), calledElement="called")
    shelf = Shelf(bpmn(call, "start > call > end"), bpmn("", "start > a > end", key="called"))
    assert items(shelf, people=["Ann", "Bo"]) == ["Ann", "Bo"]


def test_a_task_inside_items_of_items_belongs_to_the_innermost():
    inner = element("subProcess", "inner", several("[1, 2]") + scope("", "start3 > a > end3"))
    outer = element("subProcess", "outer", several("people", item="person") + scope(inner, "start2 > inner > end2"))

    assert items(bpmn(outer, "start > outer > end"), people=["Ann"]) == ["1", "2"]


def test_a_task_in_a_called_process_belongs_to_that_definition():
    call = element("callActivity", "call", calledElement="called")
    case = Case(Shelf(bpmn(call, "start > call > end"), bpmn("", "start > a > end", key="called")))

    assert [task.definition_id for task in case.told(TaskOpened)] == [2]
