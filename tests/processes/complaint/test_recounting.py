"""Dates counted through a year whose days off are not announced yet, and what happens when they are."""

from datetime import UTC, date, datetime

import pytest

from engine import clock, identity, upkeep
from engine.errors import TopicFailed
from engine.models import Mark
from processes.complaint import recounting, workdays
from processes.complaint.register import ComplaintRegister
from processes.complaint.tables import ComplaintClock
from tests.clockwork import Notice, clocks_of, open_desk, waiting
from tests.processes.complaint.filing import end_of, local

PSD = {"complaint__clock__start": ["UK-DISP-PSD-1"]}
#: Spring Festival of 2027 as a test supposes it.
FESTIVAL = {date(2027, 1, day): False for day in (4, 5, 6)}


@pytest.fixture
def notice():
    return Notice()


@pytest.fixture
def desk(database, vault, tmp_path, notice):
    desk = open_desk(database, vault, tmp_path, notice)
    desk.now = local("2026-12-17", "10:00").astimezone(UTC)
    return desk


def row(desk, case):
    return desk.rows(ComplaintClock, ComplaintClock.instance_id == case)[0]


def test_a_date_counted_into_a_year_without_days_off_is_provisional(desk):
    near = desk.start(complaint__clock__start=["INT-DEFAULT-ACK"])
    far = desk.start(**PSD)
    assert (row(desk, near).provisional, row(desk, near).due_at) == (False, end_of("2026-12-18"))
    assert (row(desk, far).provisional, row(desk, far).due_at) == (True, end_of("2027-01-08"))


def test_calendar_days_need_no_notice(desk):
    assert not row(desk, desk.start(complaint__clock__start=["CN-NFRA-DEC-1"])).provisional


def test_the_year_is_announced_and_open_cases_and_their_timers_follow(desk, notice):
    desk.now = local("2026-12-24", "10:00").astimezone(UTC)
    case, ended = desk.start(**PSD), desk.start(**PSD)
    desk.complete("work", case=ended)
    before = waiting(desk, case)
    notice.publish(2027, FESTIVAL)

    assert recounting.recount(desk.site, desk.now) == 1

    assert (row(desk, case).provisional, row(desk, case).due_at) == (False, end_of("2027-01-20"))
    with desk.site.database.reading() as session:
        clocks = clocks_of(session, case, notice)
        assert waiting(desk, case) == [clocks.warnings(clocks.effective())[0]["at"]]
    assert waiting(desk, case) != before
    assert row(desk, ended).provisional
    assert "record_updated" in desk.kinds(case)
    assert recounting.recount(desk.site, desk.now) == 0


def test_the_tick_counts_anew_once_after_the_tables_changed(desk, notice):
    case = desk.start(**PSD)
    notice.publish(2027, FESTIVAL)
    recounting.recount_when_days_change(desk.site, desk.now)
    assert not row(desk, case).provisional
    marks = {mark.name: mark.value for mark in desk.rows(Mark)}
    assert marks[recounting.COUNTED] == workdays.digest(desk.now)

    notice.publish(2027, {date(2027, 1, 7): False})
    recounting.recount_when_days_change(desk.site, desk.now)
    assert row(desk, case).due_at == end_of("2027-01-13")  # the tables are the same: nothing is looked at


def test_the_record_tells_that_its_date_is_provisional():
    with clock.at(local("2026-12-17")):
        complaint = ComplaintRegister(calendar=Notice().calendar).blank({"clock.start": ["UK-DISP-PSD-1"]})
    assert complaint.get("clock.provisional") is True
    assert [each["provisional"] for each in complaint.get("clock.list")] == [True]
    complaint.set("regulator.reply_due_at", local("2026-12-20"))
    assert complaint.get("clock.provisional") is False


@pytest.mark.parametrize(
    ("at", "year"),
    [("2026-10-31", None), ("2026-11-01", 2027), ("2026-12-31", 2027), ("2027-01-01", 2027), ("2026-06-01", None)],
)
def test_from_november_on_the_next_year_is_missed(at, year):
    assert workdays.year_without_calendar(local(at)) == year


def test_the_admins_are_told_once_a_day_at_most(site, post):
    with site.database.transaction() as session:
        identity.add_missing_groups(session)
        for name, group in (("root", "admin"), ("ann", "auditor")):
            person_id = identity.add_person(session, name, name, local("2026-01-01"), email=f"{name}@example.test")
            identity.add_to_group(session, person_id, group)
    for at in (local("2026-10-31"), local("2026-11-01"), local("2026-11-01", "18:00"), local("2026-11-02")):
        with clock.at(at):
            recounting.tell_of_missing_year(site, at)
    assert [(to, subject[:4], key) for to, subject, _, _, key in post.sent] == [
        ("root@example.test", "2027", "calendar-2026-11-01-0"),
        ("root@example.test", "2027", "calendar-2026-11-02-0"),
    ]
    assert "are missing" in post.sent[0][1]
    assert "放假" in post.sent[0][2]


def test_a_mail_server_that_fails_is_asked_again_the_next_day(site, post):
    with site.database.transaction() as session:
        identity.add_missing_groups(session)
        person_id = identity.add_person(session, "root", "Root", local("2026-01-01"), email="root@example.test")
        identity.add_to_group(session, person_id, "admin")
    post.failures = 1
    with pytest.raises(TopicFailed):
        recounting.tell_of_missing_year(site, local("2026-11-01"))
    recounting.tell_of_missing_year(site, local("2026-11-01", "20:00"))
    recounting.tell_of_missing_year(site, local("2026-11-02"))
    assert len(post.sent) == 1


def test_the_tick_does_the_chores_of_the_application_every_minute(site):
    first = datetime(2026, 3, 2, 1, tzinfo=UTC)
    upkeep.keep_up(site, first)
    with site.database.reading() as session:
        marks = {mark.name: mark.value for mark in session.query(Mark)}
    assert marks[upkeep.APPLICATIONS] == first.isoformat()
    assert marks[recounting.COUNTED] == workdays.digest(first)
