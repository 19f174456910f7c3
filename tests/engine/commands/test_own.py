"""Password and calendar address of one's own account."""

from datetime import timedelta

import argon2
import pytest

from engine import commands, identity
from engine.commands.own import WrongPassword
from engine.errors import InvalidInput, NotFound
from engine.identity import LockedOut, WeakPassword
from engine.models import CalendarFeed, HistoryEvent, Person, UserTask
from engine.queries.feeds import due_dates, feed_since, reader_of
from tests.applications import DESK

OLD, NEW = "correct horse battery", "a quite different one"


@pytest.fixture
def ann(office):
    fast = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(OLD)
    with office.site.database.transaction() as session:
        session.get_one(Person, office.people["ann"].id).password_hash = fast
    return office.people["ann"]


def audited(office):
    return [row.kind for row in office.rows(HistoryEvent, HistoryEvent.stream.startswith("audit:"))]


def test_a_new_password_needs_the_old_one_and_ends_all_sessions(office, ann):
    now = office.do(commands.change_password, OLD, NEW, by="ann")

    row = office.rows(Person, Person.id == ann.id)[0]
    assert identity.verify(row.password_hash, NEW)
    assert now.epoch == row.epoch == ann.epoch + 1
    assert audited(office) == ["password_changed"]


def test_a_wrong_old_password_changes_nothing_and_too_many_lock(office, ann):
    for _ in range(5):
        with pytest.raises(WrongPassword):
            office.do(commands.change_password, "wrong", NEW, by="ann")
    with pytest.raises(LockedOut):
        office.do(commands.change_password, OLD, NEW, by="ann")
    office.now += timedelta(minutes=16)
    office.do(commands.change_password, OLD, NEW, by="ann")

    assert audited(office) == ["password_change_failed"] * 5 + ["password_changed"]


@pytest.mark.parametrize(("new", "error"), [("short", WeakPassword), (OLD, InvalidInput)])
def test_a_weak_or_unchanged_password_is_refused(office, ann, new, error):
    for _ in range(6):
        with pytest.raises(error):
            office.do(commands.change_password, OLD, new, by="ann")
    assert audited(office) == []


def test_whoever_has_no_password_cannot_make_one_here(office):
    with pytest.raises(WrongPassword):
        office.do(commands.change_password, "", NEW, by="ben")


@pytest.mark.store
def test_a_calendar_is_read_with_the_newest_secret_only(office):
    office.deploy(DESK)
    case = office.start()
    task_id = office.claim("a")
    with office.site.database.transaction() as session:
        session.get_one(UserTask, task_id).due_at = office.now
    first = office.do(commands.renew_feed, by="ann")
    second = office.do(commands.renew_feed, by="ann")

    assert second not in office.rows(CalendarFeed)[0].token_hash
    with office.site.database.reading() as session:
        person_id, _ = reader_of(session, second)
        dates = due_dates(session, person_id, "en")
        with pytest.raises(NotFound):
            reader_of(session, first)
    assert [(each.task_id, each.due_at) for each in dates] == [(task_id, office.now)]
    assert dates[0].business_key == office.instance(case).business_key


def test_a_calendar_ends_when_it_is_turned_off_or_its_person_is_shut_out(office):
    token = office.do(commands.renew_feed, by="ann")
    with office.site.database.transaction() as session:
        identity.set_active(session, office.people["ann"].id, active=False)
    with office.site.database.reading() as session, pytest.raises(NotFound):
        reader_of(session, token)
    token = office.do(commands.renew_feed, by="ben")
    commands.end_feed(office.site, actor=office.people["ben"])
    with office.site.database.reading() as session:
        with pytest.raises(NotFound):
            reader_of(session, token)
        assert feed_since(session, office.people["ben"]) is None
