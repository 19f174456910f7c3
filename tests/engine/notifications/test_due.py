"""Deadlines of tasks are told of once, when they come near and when they pass."""

from datetime import timedelta

import pytest

from engine import commands, notifications
from engine.models import UserTask
from tests.counting import counting


@pytest.fixture
def task_id(office):
    office.start()
    return office.claim("a")


def due(office, task_id, at):
    with office.site.database.transaction() as session:
        session.get_one(UserTask, task_id).due_at = at


def look(office, **later):
    notifications.tell_due(office.site, office.now + timedelta(**later))


@pytest.mark.store
def test_a_deadline_is_told_of_when_it_comes_near_and_when_it_passes_each_once(office, news, task_id):
    due(office, task_id, office.now + timedelta(days=3))

    look(office, days=1)
    assert news.of("ann") == []
    look(office, days=2)
    look(office, days=2, minutes=1)
    assert news.of("ann") == ["due_soon"]
    look(office, days=3)
    look(office, days=4)
    assert news.of("ann") == ["due_soon", "overdue"]


def test_a_new_deadline_is_told_of_anew(office, news, task_id):
    due(office, task_id, office.now + timedelta(hours=5))
    look(office, hours=4)
    due(office, task_id, office.now + timedelta(hours=9))
    look(office, hours=4)

    assert news.of("ann") == ["due_soon", "due_soon"]


def test_a_task_that_just_began_is_not_called_due_soon(office, news, task_id):
    due(office, task_id, office.now + timedelta(hours=6))

    look(office, hours=3)
    assert news.of("ann") == []
    look(office, hours=7)
    assert news.of("ann") == ["overdue"]


def test_tasks_that_nobody_has_or_that_are_over_tell_nobody(office, news, task_id):
    due(office, task_id, office.now - timedelta(hours=1))
    office.do(commands.release_task, task_id, by="ann")
    look(office)
    due(office, office.claim("a"), office.now - timedelta(hours=1))
    office.complete("a")
    look(office)

    assert news.of("ann") == []


def test_who_wants_to_hear_nothing_is_told_nothing(office, news, task_id):
    news.chooses("ann", overdue="nothing")
    due(office, task_id, office.now - timedelta(hours=1))
    look(office)

    assert news.of("ann") == []


def test_looking_for_deadlines_asks_one_question_where_there_is_nothing_to_tell(office, task_id):
    due(office, task_id, office.now + timedelta(days=9))

    with counting(office.site.database) as count:
        look(office)

    assert len(count.statements) == 1
