"""Rows follow the execution."""

from datetime import timedelta

from sqlalchemy import select

from engine import access
from engine.models import UserTask, UserTaskGroup
from engine.projections import Change
from tests.applications import model, receive, task, timer, work


def test_what_is_over_and_what_is_new_is_the_difference():
    change = Change({"1": "task", "2": "timer", "3": "work"}, {"2": "parked", "3": "work", "4": "task"})

    assert change.over("task", "timer") == {"1", "2"}
    assert change.new("task") == {"4"}
    assert change.over("work") == set()


def test_a_task_is_offered_as_the_model_says(office):
    described = task("a", "desk,boss", assignee="ben", priority="80", dueDate="P2D", followUpDate="P1D")
    office.deploy(model(described, "start > a > end"))
    case = office.start()

    row = office.task("a", case)
    assert (row.assignee_id, row.priority) == (office.people["ben"].id, 80)
    assert (row.due_at, row.follow_up_at) == (office.now + timedelta(days=2), office.now + timedelta(days=1))
    assert sorted(group.group_key for group in office.rows(UserTaskGroup)) == ["boss", "desk"]


def test_an_assignee_whom_nobody_knows_leaves_the_task_to_its_groups(office):
    office.deploy(model(task("a", assignee="nobody"), "start > a > end"))
    case = office.start()

    assert office.task("a", case).assignee_id is None


def test_what_opens_and_closes_in_one_transaction_leaves_no_row(office):
    parts = task("a") + "<parallelGateway id='g'/>" + task("b") + work("w") + receive("m", "news")
    ending = parts + '<endEvent id="end0"><terminateEventDefinition/></endEvent>'
    office.deploy(model(ending, "start > a > g; g > b > end1; g > w > end2; g > m > end3; g > end0"))
    case = office.start()
    office.complete("a")

    assert office.instance(case).status == "completed"
    assert {row.element_id for row in office.rows(UserTask)} <= {"a", "b"}
    assert office.open() == office.jobs(state="waiting") == office.subscriptions() == []


def test_a_repeated_reminder_keeps_one_row_with_its_next_moment(office):
    office.deploy(
        model(task("a") + timer("r", "a", "R/P1D", interrupting=False, kind="Cycle"), "start > a > end; r > end2")
    )
    office.start()
    began = office.now

    for day in (1, 2, 3):
        office.wait(days=1)
        assert [row.due_at for row in office.timers()] == [began + timedelta(days=day + 1)]


def test_a_candidate_user_may_take_the_task_without_being_in_a_group(office):
    office.deploy(model(task("a", "boss", candidateUsers="ann"), "start > a > end"))
    case = office.start()
    task_id = office.task("a", case).id

    assert access.may_claim(office.people["ann"], offered(office, task_id), None)
    assert not access.may_claim(office.people["ben"], offered(office, task_id), None)
    with office.site.database.reading() as session:
        seen = select(UserTask.id).where(access.visible_tasks(office.people["ann"]))
        assert list(session.scalars(seen)) == [task_id]


def offered(office, task_id):
    return {row.group_key for row in office.rows(UserTaskGroup) if row.task_id == task_id}
