"""When tasks will be done: who has them, what comes before them, and how many questions that takes."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from engine import queries
from engine.forecast import UNKNOWN_WORK
from engine.models import Absence, UserTask
from tests.counting import counting
from tests.office.installation import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def tasks(office):
    """Four tasks of Ann's group, due one hour after the other."""
    ids = [office.open_task(office.start(f"case{number}")) for number in range(4)]
    with office.site.database.transaction() as session:
        for number, task_id in enumerate(ids, start=1):
            session.get_one(UserTask, task_id).due_at = NOW + number * HOUR
    return ids


def change(office, *tasks, **values):
    with office.site.database.transaction() as session:
        session.execute(update(UserTask).where(UserTask.id.in_(tasks)).values(**values))


def asked(office, tasks):
    return office.ask(queries.forecasts, office.site, NOW, tasks)


def test_a_persons_tasks_are_done_one_after_the_other_by_their_deadlines(office, tasks):
    change(office, *tasks, assignee_id=office.ann.id)

    found = asked(office, tasks)

    assert [found[each].ahead.tasks for each in tasks] == [0, 1, 2, 3]
    assert [found[each].done_at - NOW for each in tasks] == [UNKNOWN_WORK * number for number in (1, 2, 3, 4)]
    assert not any(each.is_late for each in found.values())


def test_one_task_alone_is_forecast_as_among_all_others(office, tasks):
    change(office, *tasks, assignee_id=office.ann.id)
    together = asked(office, tasks)

    assert {each: asked(office, [each])[each] for each in tasks} == together


def test_work_of_somebody_else_makes_nothing_late_but_ones_own_does(office, tasks):
    change(office, *tasks[:3], assignee_id=office.ben.id)
    change(office, tasks[3], assignee_id=office.ann.id)
    assert asked(office, tasks)[tasks[3]].ahead.tasks == 0

    change(office, *tasks, assignee_id=office.ann.id)
    change(office, tasks[3], due_at=NOW + 3.5 * HOUR)
    assert asked(office, tasks)[tasks[3]].is_late


def test_the_members_of_a_group_share_what_nobody_has_taken(office, tasks):
    found = asked(office, tasks)[tasks[2]]

    assert (found.ahead.tasks, found.ahead.hands) == (2, 2)
    assert found.done_at == NOW + 2 * HOUR


def test_a_person_who_is_away_begins_when_back(office, tasks):
    change(office, tasks[0], assignee_id=office.ann.id)
    with office.site.database.transaction() as session:
        today = date(2026, 3, 2)
        session.add(Absence(person_id=office.ann.id, from_on=today, to_on=today, created_at=NOW))

    found = asked(office, tasks)
    assert found[tasks[0]].done_at == NOW + timedelta(days=1) + UNKNOWN_WORK
    assert found[tasks[1]].ahead.hands == 1


def test_a_task_that_was_put_off_waits_and_lets_others_pass(office, tasks):
    change(office, *tasks, assignee_id=office.ann.id)
    change(office, tasks[0], follow_up_at=NOW + timedelta(days=2))

    found = asked(office, tasks)
    assert found[tasks[0]].done_at == NOW + timedelta(days=2) + UNKNOWN_WORK
    assert found[tasks[1]].ahead.tasks == 0


def test_tasks_without_deadline_come_last_and_closed_ones_not_at_all(office, tasks):
    change(office, *tasks, assignee_id=office.ann.id)
    change(office, tasks[0], due_at=None)
    change(office, tasks[1], status="completed")

    found = asked(office, tasks)
    assert tasks[1] not in found
    assert found[tasks[0]].ahead.tasks == 2


def test_the_questions_are_as_many_for_four_tasks_as_for_one(office, tasks):
    change(office, *tasks[:2], assignee_id=office.ann.id)
    asked(office, tasks)
    with counting(office.site.database) as count:
        asked(office, tasks)

    assert len(count.statements) <= 6, "\n".join(count.statements)
    assert asked(office, []) == {}
