from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from engine.history import Broken
from engine.models import HistoryEvent, ProcessInstance
from engine.vault import Vault
from tests.engine.history.story import STREAM, TODAY, append, change, lines_of, proven, sealed


def test_an_intact_history_is_proven(database, vault, cases, seals, moment):
    sealed(database, vault, seals, TODAY, moment)

    report = proven(database, vault, seals)

    assert (report.streams, report.events, report.broken) == (3, 7, None)


ALTERED = {
    "kind": "task_cancelled",
    "element_id": "Task_9",
    "actor": "eve",
    "detail": b"[]",
    "sealed_values": b"",
    "hash": bytes(32),
}


@pytest.mark.parametrize("column", ALTERED)
def test_an_altered_line_is_named(database, vault, cases, column):
    change(database, update(HistoryEvent).where(lines_of(STREAM, 2)).values({column: ALTERED[column]}))

    broken = proven(database, vault).broken

    assert (broken.stream, broken.sequence) == (STREAM, 2)
    assert "altered" in broken.why


def test_an_altered_time_is_named(database, vault, cases, moment):
    later = moment + timedelta(microseconds=1)
    change(database, update(HistoryEvent).where(lines_of(STREAM, 3)).values(at=later))

    assert proven(database, vault).broken.sequence == 3


@pytest.mark.parametrize("sequence", [1, 2])
def test_a_missing_line_is_named(database, vault, cases, sequence):
    change(database, delete(HistoryEvent).where(lines_of(STREAM, sequence)))

    assert proven(database, vault).broken == Broken(STREAM, sequence, "this line is missing")


def test_lines_that_changed_places_are_found(database, vault, cases):
    for old, new in ((1, 9), (2, 1), (9, 2)):
        change(database, update(HistoryEvent).where(lines_of(STREAM, old)).values(sequence=new))

    assert proven(database, vault).broken.sequence == 1


def test_a_chain_that_another_key_wrote_is_not_ours(database, vault, cases):
    assert proven(database, Vault(bytes(32))).broken.sequence == 1


def test_a_line_put_in_without_the_key_is_found(database, vault, cases, moment):
    forged = {"stream": "audit:2026-03-01:web", "sequence": 1, "at": moment, "actor": "eve", "kind": "logged_in"}
    change(database, insert(HistoryEvent).values(**forged, element_id="", detail=b"{}", hash=bytes(32)))

    assert proven(database, vault).broken.stream == "audit:2026-03-01:web"


def test_a_cut_tail_is_found_by_the_head(database, vault, cases):
    change(database, delete(HistoryEvent).where(lines_of(STREAM, 3)))

    assert proven(database, vault).broken == Broken(STREAM, 3, "the end is cut: the stream had 3 lines")


def test_a_head_that_was_set_back_or_altered_is_found(database, vault, cases):
    change(database, update(ProcessInstance).where(ProcessInstance.id == "case-1").values(history_head=bytes(32)))
    assert "head" in proven(database, vault).broken.why

    change(database, update(ProcessInstance).where(ProcessInstance.id == "case-1").values(history_count=2))
    assert proven(database, vault).broken == Broken(STREAM, 3, "the head of the stream does not know this line")


def cut(database):
    """Remove the last line, and make the head fit."""
    with database.transaction() as session:
        last = session.scalar(select(HistoryEvent.hash).where(lines_of(STREAM, 2)))
    change(
        database,
        delete(HistoryEvent).where(lines_of(STREAM, 3)),
        update(ProcessInstance).where(ProcessInstance.id == "case-1").values(history_count=2, history_head=last),
    )


def test_a_cut_tail_with_a_fitting_head_is_found_by_the_seal(database, vault, cases, seals, moment):
    sealed(database, vault, seals, TODAY, moment)
    cut(database)

    assert proven(database, vault).broken is None
    assert proven(database, vault, seals).broken == Broken(STREAM, 3, "the end is cut: 3 lines were sealed")


def test_a_tail_cut_and_written_anew_with_the_key_is_found_by_the_seal(database, vault, cases, seals, moment):
    sealed(database, vault, seals, TODAY, moment)
    cut(database)
    append(database, vault, moment, 2)

    assert proven(database, vault).broken is None
    assert proven(database, vault, seals).broken == Broken(STREAM, 3, "this line is not the one that was sealed")


def test_a_stream_that_vanished_with_its_case_is_found_by_the_seal(database, vault, cases, seals, moment):
    sealed(database, vault, seals, TODAY, moment)
    change(
        database,
        delete(HistoryEvent).where(lines_of(STREAM)),
        delete(ProcessInstance).where(ProcessInstance.id == "case-1"),
    )

    assert proven(database, vault).broken is None
    assert (proven(database, vault, seals).broken.stream, proven(database, vault, seals).broken.sequence) == (STREAM, 1)
