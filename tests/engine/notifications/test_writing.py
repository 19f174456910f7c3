"""Who is told of what happens to tasks, in the transaction in which it happens."""

from datetime import timedelta

import pytest

from engine import commands, notifications
from engine.commands import Submitted
from engine.models import Notification
from tests.counting import counting


@pytest.fixture
def task_id(office):
    office.start()
    return office.claim("a")


@pytest.mark.store
def test_who_is_given_a_task_by_somebody_is_told_and_so_is_who_had_it(office, news, task_id):
    office.do(commands.assign_task, task_id, "ben", by="root")

    assert news.of("ben") == ["task_assigned"]
    assert news.of("ann") == ["task_passed"]
    told = office.rows(Notification, Notification.event == "task_assigned")[0]
    assert (told.actor, told.task_id, told.created_at) == ("root", task_id, office.now)


def test_nobody_is_told_of_what_they_did_themselves(office, news, task_id):
    office.do(commands.release_task, task_id, by="ann")

    assert news.of("ann") == []


def test_handing_over_tells_the_one_and_the_answer_tells_the_other(office, news, task_id):
    office.do(commands.delegate_task, task_id, "ben", "out today", by="ann")
    assert news.of("ben") == ["task_handed"]
    office.do(commands.decline_task, task_id, "no time", by="ben")
    office.do(commands.delegate_task, task_id, "ben", "please do", by="ann")
    office.do(commands.accept_task, task_id, by="ben")

    assert news.of("ann") == ["task_declined", "task_accepted"]


def test_a_task_that_is_taken_from_somebody_tells_them(office, news, task_id):
    office.do(commands.release_task, task_id, by="root")

    assert news.of("ann") == ["task_released"]


def test_who_wants_to_hear_nothing_gets_no_row(office, news, task_id):
    news.chooses("ben", assigned="nothing")
    office.do(commands.assign_task, task_id, "ben", by="root")

    assert news.of("ben") == []


def test_telling_takes_one_statement_and_none_where_nobody_is_concerned(office, task_id):
    with counting(office.site.database) as telling:
        office.do(commands.assign_task, task_id, "ben", by="root")
    with counting(office.site.database) as completing:
        office.do(commands.complete_task, task_id, Submitted(values={}), by="ben")

    assert sum("notification" in statement for statement in telling.statements) == 1
    assert sum("notification" in statement for statement in completing.statements) == 0


def test_what_was_read_is_forgotten_after_a_month_and_the_rest_after_half_a_year(office, news, task_id):
    office.do(commands.assign_task, task_id, "ben", by="root")
    ids = [row.id for row in office.rows(Notification)]
    office.do(commands.read_notifications, ids[:1], by="ben")

    def left(days):
        with office.site.database.transaction() as session:
            notifications.forget(session, office.now + timedelta(days=days))
        return len(office.rows(Notification))

    assert [left(29), left(31), left(179), left(181)] == [2, 1, 1, 0]
