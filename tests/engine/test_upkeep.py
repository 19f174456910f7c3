"""What the tick does beside the cases."""

import os
from datetime import timedelta

import pytest

from engine import history, upkeep
from engine.models import DataSubject, Mark
from tests.applications import NOW, Office


@pytest.fixture
def office(database, vault, tmp_path):
    """An office whose seals lie in a folder of their own."""
    office = Office.on(database, vault, tmp_path)
    return Office(type(office.site)(**{**vars(office.site), "ports": {"seals": tmp_path / "seals"}}), office.topics)


def mark(office, name):
    return {row.name: row.value for row in office.rows(Mark)}.get(name)


def seals(office):
    return sorted(path.name for path in office.site.ports["seals"].glob("*.seal.json"))


def test_the_tick_leaves_its_time_at_most_every_twenty_seconds(office):
    for seconds, seen in ((0, 0), (19, 0), (20, 20), (30, 20), (45, 45)):
        upkeep.keep_up(office.site, NOW + timedelta(seconds=seconds))
        assert mark(office, upkeep.TICK) == (NOW + timedelta(seconds=seen)).isoformat()


def test_a_clock_that_was_set_back_does_not_stop_the_chores(office):
    upkeep.keep_up(office.site, NOW + timedelta(days=30))
    upkeep.keep_up(office.site, NOW)
    assert mark(office, upkeep.TICK) == NOW.isoformat()


def test_the_history_is_sealed_once_a_day(office):
    for hours in (0, 1, 14, 15, 20, 38):
        upkeep.keep_up(office.site, NOW + timedelta(hours=hours))
    assert seals(office) == ["2026-03-02.seal.json", "2026-03-03.seal.json"]


def test_a_day_before_the_last_seal_is_not_sealed_for_that_would_break_their_chain(office):
    upkeep.keep_up(office.site, NOW + timedelta(days=2))
    upkeep.keep_up(office.site, NOW)
    assert seals(office) == ["2026-03-04.seal.json"]
    with office.site.database.reading() as session:
        assert history.verify(session, office.site.vault, office.site.ports["seals"]).broken is None


def test_files_without_a_case_are_swept_after_a_day(office):
    path = office.site.files / "ab" / "abcd"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"left over")
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))

    upkeep.keep_up(office.site, NOW + timedelta(hours=23))
    assert path.exists()
    upkeep.keep_up(office.site, NOW + timedelta(hours=25))
    assert not path.exists()


def test_a_chore_that_fails_keeps_no_other_from_being_done(office, caplog):
    folder = office.site.ports["seals"]
    folder.mkdir()
    (folder / "2026-03-01.seal.json").write_text("altered")
    path = office.site.files / "ab" / "abcd"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"left over")
    os.utime(path, (0, 0))

    upkeep.keep_up(office.site, NOW)

    assert seals(office) == ["2026-03-01.seal.json"]
    assert not path.exists()
    assert "ChainBroken" in caplog.text


def test_what_was_erased_stays_erased_when_a_back_up_is_restored(office, vault):
    with office.site.database.transaction() as session:
        erased, kept = vault.create_subject(session, NOW), vault.create_subject(session, NOW)
        wrapped = session.connection().exec_driver_sql("SELECT id, wrapped_key FROM data_subject").all()
    with office.site.database.transaction() as session:
        vault.erase(session, erased, NOW)
    upkeep.keep_up(office.site, NOW)
    with office.site.database.transaction() as session:
        for subject_id, key in wrapped:
            subject = session.get(DataSubject, subject_id)
            subject.wrapped_key, subject.erased_at = key, None

    assert upkeep.erase_again(office.site, NOW) == 1
    assert upkeep.erase_again(office.site, NOW) == 0
    with office.site.database.reading() as session:
        assert vault.erased_subjects(session) == [erased]
        assert session.get(DataSubject, kept).wrapped_key


def test_what_applications_bring_is_done_once_a_minute(database, vault, tmp_path):
    done = []
    office = Office.on(database, vault, tmp_path, chores=(lambda _site, now: done.append(now),))
    for seconds in (0, 59, 60, 130):
        upkeep.keep_up(office.site, NOW + timedelta(seconds=seconds))
    assert done == [NOW + timedelta(seconds=seconds) for seconds in (0, 60, 130)]
