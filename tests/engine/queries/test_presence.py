"""Who else has a case open right now, and who learns of it."""

import sqlite3
from datetime import timedelta

import pytest

from engine import commands, identity, queries, upkeep
from engine.models import Presence
from tests.office.installation import NOW

LATER = NOW + timedelta(seconds=59)


@pytest.fixture
def case_id(office):
    return office.start()


@pytest.fixture
def note(office, case_id):
    def note(actor, task_id=None, now=NOW):
        commands.note_presence(office.site, case_id, task_id, actor=actor, now=now)

    return note


def present(office, case_id, actor, task_id=None, now=LATER):
    return office.ask(queries.present, case_id, task_id, actor=actor, now=now)


def rows(office):
    return office.ask(lambda session: session.query(Presence).count())


def test_others_are_named_for_a_minute_and_oneself_is_not(office, case_id, note):
    note(office.ann)
    note(office.ben)

    assert present(office, case_id, office.ann).others == ("Ben",)
    assert present(office, case_id, office.eva).others == ("Ann", "Ben")
    assert present(office, case_id, office.eva, now=NOW + queries.presence.SEEN_FOR).others == ()
    assert present(office, office.start("beta"), office.eva).others == ()


def test_ones_own_presence_is_due_again_after_twenty_seconds(office, case_id, note):
    assert present(office, case_id, office.ann, now=NOW).is_due
    note(office.ann)

    assert not present(office, case_id, office.ann, now=NOW + timedelta(seconds=19)).is_due
    assert present(office, case_id, office.ann, now=NOW + timedelta(seconds=20)).is_due
    note(office.ann, now=LATER)
    assert rows(office) == 1


def test_who_may_see_a_task_only_learns_of_those_on_that_task(office, case_id, note):
    task_id = office.open_task(case_id)
    note(office.ben, task_id)
    note(office.eva)

    assert present(office, case_id, office.ann, task_id).others == ("Ben",)
    assert present(office, case_id, office.ann).others == ("Ben", "Eva")


def test_nobody_is_told_that_an_auditor_looks(office, case_id, note):
    with office.site.database.transaction() as session:
        identity.add_to_group(session, office.eva.id, identity.AUDITOR)
        auditor = identity.actor(session, office.eva.id)
    note(auditor)

    assert rows(office) == 0


def test_nobody_waits_to_be_noted(office, case_id, note):
    lock = sqlite3.connect(office.site.database.url.removeprefix("sqlite:///"), isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    note(office.ann)
    lock.execute("ROLLBACK")
    lock.close()
    assert rows(office) == 0

    note(office.ann)
    assert rows(office) == 1


def test_who_was_where_is_soon_forgotten(office, note):
    note(office.ann)
    upkeep.forget_presence(office.site, NOW + upkeep.PRESENCE_KEPT)
    assert rows(office) == 1

    upkeep.forget_presence(office.site, NOW + upkeep.PRESENCE_KEPT + timedelta(seconds=1))
    assert rows(office) == 0
