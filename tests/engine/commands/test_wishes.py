"""What people ask their leads for, and that nobody else learns of it."""

from datetime import timedelta

import pytest

from engine import commands
from engine.errors import AlreadyDone, InvalidInput, NotAllowed, NotFound
from engine.models import Notification, Wish, WishLead
from engine.queries.wishes import has_asked_relief, own_wishes, wishes_for
from tests.units import auto_task, hire, open_units


@pytest.fixture
def office(database, vault, tmp_path):
    """Joe is a clerk of N1; Lea leads the clerks of N, Max those of S."""
    office = open_units(database, vault, tmp_path)
    hire(office, "joe", "clerk@N1")
    hire(office, "lea", "chief@N")
    hire(office, "max", "chief@S")
    office.deploy(auto_task("clerk@N1"))
    return office


@pytest.fixture
def task_id(office):
    office.start(by="root", file__phase="N1")
    return office.open_tasks()[0].id


def ask(office, query, *args, by):
    with office.site.database.reading() as session:
        return query(session, office.site, office.people[by], *args)


def told(office):
    names = {person.id: name for name, person in office.people.items()}
    return [names[row.person_id] for row in office.rows(Notification, Notification.event == "wish")]


@pytest.mark.store
def test_who_leads_the_group_there_is_asked_to_take_a_task_away_and_nobody_else(office, task_id):
    before = office.kinds(office.task("a").instance_id)
    office.do(commands.ask_relief, task_id, "the caller shouts at me", by="joe")

    assert told(office) == ["lea"]
    wish = ask(office, wishes_for, "en", by="lea")[0]
    assert (wish.kind, wish.by, wish.why, wish.task_id) == ("relief", "Joe", "the caller shouts at me", task_id)
    assert ask(office, wishes_for, "en", by="max") == ask(office, wishes_for, "en", by="root") == ()
    assert b"shouts" not in office.rows(Wish)[0].sealed_reason
    assert office.kinds(office.task("a").instance_id) == before
    assert office.task("a").assignee_id == office.people["joe"].id


def test_seen_is_what_the_one_who_asked_can_read(office, task_id):
    wish_id = office.do(commands.ask_relief, task_id, "too much", by="joe")
    for other in ("max", "root", "joe"):
        with pytest.raises(NotFound):
            office.do(commands.see_wish, wish_id, by=other)
    office.do(commands.see_wish, wish_id, by="lea")

    assert [wish.seen_by for wish in ask(office, own_wishes, "en", by="joe")] == ["Lea"]


def test_asking_again_waits_until_the_first_was_seen(office, task_id):
    wish_id = office.do(commands.ask_relief, task_id, "too much", by="joe")
    with pytest.raises(AlreadyDone):
        office.do(commands.ask_relief, task_id, "really", by="joe")
    office.do(commands.see_wish, wish_id, by="lea")
    office.do(commands.ask_relief, task_id, "really", by="joe")

    with office.site.database.reading() as session:
        assert has_asked_relief(session, task_id, office.people["joe"])


def test_only_ones_own_task_and_with_a_reason(office, task_id):
    with pytest.raises(InvalidInput):
        office.do(commands.ask_relief, task_id, " ", by="joe")
    with pytest.raises(NotAllowed):
        office.do(commands.ask_relief, task_id, "not mine", by="lea")


def test_a_break_keeps_new_tasks_away_until_it_ends(office):
    until = office.now + timedelta(minutes=30)
    assert office.do(commands.take_break, until, by="joe") == 1
    office.start(by="root", file__phase="N1")
    assert told(office) == ["lea"]
    assert office.open_tasks()[0].assignee_id is None

    office.now = until
    second = office.start(by="root", file__phase="N1")
    assert office.task("a", second).assignee_id == office.people["joe"].id


def test_a_break_that_is_ended_early_lets_tasks_come_again(office):
    office.do(commands.take_break, office.now + timedelta(hours=1), by="joe")
    commands.end_break(office.site, actor=office.people["joe"])
    office.start(by="root", file__phase="N1")

    assert office.task("a").assignee_id == office.people["joe"].id


@pytest.mark.parametrize("hours", [-1, 0, 25])
def test_a_break_begins_now_and_ends_within_a_day(office, hours):
    with pytest.raises(InvalidInput):
        office.do(commands.take_break, office.now + timedelta(hours=hours), by="joe")


def test_whom_nobody_leads_takes_a_break_that_nobody_is_told_of(office):
    assert office.do(commands.take_break, office.now + timedelta(hours=1), by="root") == 0
    assert office.rows(WishLead) == []
