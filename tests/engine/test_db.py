"""Reading and writing: one commit, nothing half done, no nesting."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from engine.db import patiently
from engine.errors import ConcurrentUpdate
from engine.models import Mark, ProcessInstance
from tests.applications import DESK


def marks(database):
    with database.reading() as session:
        return [mark.name for mark in session.query(Mark)]


@pytest.mark.store
def test_a_transaction_is_kept_whole_or_not_at_all(database):
    with database.transaction() as session:
        session.add(Mark(name="kept", value=""))

    def half():
        with database.transaction() as session:
            session.add(Mark(name="lost", value=""))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert marks(database) == ["kept"]


def test_a_transaction_does_not_nest(database):
    with database.transaction(), pytest.raises(RuntimeError, match="open already"), database.transaction():
        pass
    with database.transaction():
        pass


def test_a_transaction_at_once_waits_for_nobody(database):
    if not database.is_sqlite:
        pytest.skip("only SQLite has one lock for all who write")
    with (
        database.write.connect() as other,
        other.begin(),
        pytest.raises(OperationalError, match="locked"),
        database.transaction(at_once=True) as session,
    ):
        session.add(Mark(name="lost", value=""))
    with database.transaction(at_once=True) as session:
        session.add(Mark(name="kept", value=""))
    assert marks(database) == ["kept"]


def test_reading_keeps_nothing(database):
    with database.reading() as session:
        session.add(Mark(name="x", value=""))
        with pytest.raises(OperationalError, match="readonly"):
            session.flush()

    assert marks(database) == []


@pytest.mark.store
def test_a_row_that_changed_meanwhile_is_a_conflict(office):
    office.deploy(DESK)
    case = office.start()
    with office.site.database.reading() as session:
        stale = session.get_one(ProcessInstance, case)
        session.expunge_all()
    office.claim("a")

    stale.ended_by = "x"
    with pytest.raises(ConcurrentUpdate), office.site.database.transaction() as session:
        session.add(stale)


def test_the_reading_of_the_thread_ends_before_a_transaction_begins(database):
    ended = []
    database.end_reading = lambda: ended.append(True)
    with database.transaction():
        assert ended == [True]


def test_what_is_busy_is_tried_again_until_patience_ends():
    tries = []

    def act():
        tries.append(len(tries))
        if len(tries) < 3:
            raise ConcurrentUpdate
        return "done"

    assert patiently(act) == "done"
    tries.clear()
    with pytest.raises(ConcurrentUpdate):
        patiently(act, tries=2)


@pytest.mark.store
def test_errors_name_no_values(database):
    def twice():
        with database.transaction() as session:
            session.add(Mark(name="n", value="13800138000"))

    twice()
    with pytest.raises(IntegrityError) as failed:
        twice()
    assert "13800138000" not in str(failed.value)


def test_the_size_of_a_database_is_known(database):
    assert database.size() > 4096


def test_sqlite_is_told_what_its_tables_hold(database):
    with database.transaction() as session:
        session.add_all(Mark(name=f"mark {number}", value="") for number in range(50))

    database.analyse()

    with database.reading() as session:
        counted = dict(session.execute(text("SELECT tbl, stat FROM sqlite_stat1")).all())
    assert counted["mark"] == "50 1"
