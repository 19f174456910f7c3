import io
import json
import shutil
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import delete, event, insert, select, update

from engine import attachments, history
from engine.attachments import Origin, Upload, check, put, store
from engine.errors import ChainBroken, Erased
from engine.history import Line, audit, instance_stream, read, record, seal, verify
from engine.models import AuditStream, HistoryEvent, ProcessInstance
from engine.vault import Vault

STREAM = instance_stream("case-1")
TODAY = date(2026, 3, 2)
NAME = "王小明的电话是13800000000"
LINES = [
    Line("task_completed", "Task_1", {"form": "intake", "at": TODAY, "amount": Decimal("1.50")}, {"name": NAME}),
    Line("element_left", "Task_1"),
    Line("timer_armed", "Timer_1", {"due": None}),
]


@pytest.fixture
def seals(tmp_path):
    return tmp_path / "seals"


@pytest.fixture
def cases(database, vault, instance_of, moment):
    """Two cases with three lines each, and an audit stream with one."""
    with database.transaction() as session:
        for name in ("case-1", "case-2"):
            record(session, vault, instance_of(session, name), LINES, actor="ann", now=moment)
        audit(session, vault, "web", Line("logged_in", detail={"username": "ann"}), actor="ann", now=moment)


def change(database, *statements):
    with database.transaction() as session:
        for statement in statements:
            session.execute(statement)


def lines_of(stream, sequence=None):
    found = HistoryEvent.stream == stream
    return found if sequence is None else found & (HistoryEvent.sequence == sequence)


def proven(database, vault, seals=None):
    with database.reading() as session:
        return verify(session, vault, seals)


def sealed(database, vault, seals, day, moment):
    with database.reading() as session:
        return seal(session, vault, seals, day, moment)


def append(database, vault, moment, number=1):
    with database.transaction() as session:
        case = session.get_one(ProcessInstance, "case-1")
        record(session, vault, case, [Line("more")] * number, actor="ben", now=moment)


def test_what_was_recorded_is_read_in_order(database, vault, cases, moment):
    with database.reading() as session:
        entries = read(session, vault, STREAM)

    assert [(entry.sequence, entry.kind, entry.element_id) for entry in entries] == [
        (1, "task_completed", "Task_1"),
        (2, "element_left", "Task_1"),
        (3, "timer_armed", "Timer_1"),
    ]
    assert {(entry.actor, entry.at, entry.erased) for entry in entries} == {("ann", moment, False)}
    assert entries[0].detail == {"form": "intake", "at": TODAY, "amount": Decimal("1.50")}
    assert [entry.values for entry in entries] == [{"name": NAME}, None, None]
    assert NAME not in repr(entries)


def test_lines_are_appended_with_one_insert(database, vault, cases, moment):
    statements = []
    event.listen(database.write, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))

    append(database, vault, moment, 50)

    assert len([one for one in statements if "INTO history_event" in one]) == 1
    assert proven(database, vault).events == 57


def test_a_case_that_was_not_flushed_yet_can_be_recorded(database, vault, cases, moment):
    with database.transaction() as session:
        template = session.get_one(ProcessInstance, "case-1")
        columns = {column.key: getattr(template, column.key) for column in ProcessInstance.__table__.columns}
        for left_to_defaults in ("history_count", "history_head", "revision"):
            del columns[left_to_defaults]
        fresh = ProcessInstance(**{**columns, "id": "case-3", "business_key": "case-3"})
        session.add(fresh)
        with session.no_autoflush:
            record(session, vault, fresh, LINES[1:], actor="ann", now=moment)

    assert proven(database, vault).broken is None
    assert proven(database, vault).streams == 4


def test_recording_nothing_changes_nothing(database, vault, cases, moment):
    append(database, vault, moment, 0)

    assert proven(database, vault).events == 7


def test_audit_streams_begin_anew_each_business_day_and_node(database, vault, moment):
    with database.transaction() as session:
        for node, hours in (("web", 0), ("web", 14), ("web", 15), ("worker", 0)):
            audit(session, vault, node, Line("viewed"), actor="ann", now=moment + timedelta(hours=hours))

        heads = session.execute(select(AuditStream.stream, AuditStream.count).order_by(AuditStream.stream)).all()
        assert [tuple(head) for head in heads] == [
            ("audit:2026-03-02:web", 2),
            ("audit:2026-03-02:worker", 1),
            ("audit:2026-03-03:web", 1),
        ]
        assert [entry.sequence for entry in read(session, vault, "audit:2026-03-02:web")] == [1, 2]
    assert proven(database, vault).broken is None


def test_an_audit_line_takes_no_personal_values(database, vault, moment):
    with database.transaction() as session, pytest.raises(ValueError, match="personal"):
        audit(session, vault, "web", Line("viewed", values={"name": NAME}), actor="ann", now=moment)


def test_an_unknown_stream_is_empty(database, vault):
    with database.reading() as session:
        assert read(session, vault, "instance:none") == []


def test_an_intact_history_is_proven(database, vault, cases, seals, moment):
    sealed(database, vault, seals, TODAY, moment)

    report = proven(database, vault, seals)

    assert (report.streams, report.events, report.broken) == (3, 7, None)


ALTERED = {
    "kind": "task_cancelled",
    "element_id": "Task_9",
    "actor": "eve",
    "detail": b"{}",
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

    assert proven(database, vault).broken == history.Broken(STREAM, sequence, "this line is missing")


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

    assert proven(database, vault).broken == history.Broken(STREAM, 3, "the end is cut: the stream had 3 lines")


def test_a_head_that_was_set_back_or_altered_is_found(database, vault, cases):
    change(database, update(ProcessInstance).where(ProcessInstance.id == "case-1").values(history_head=bytes(32)))
    assert "head" in proven(database, vault).broken.why

    change(database, update(ProcessInstance).where(ProcessInstance.id == "case-1").values(history_count=2))
    assert proven(database, vault).broken == history.Broken(STREAM, 3, "the head of the stream does not know this line")


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
    assert proven(database, vault, seals).broken == history.Broken(STREAM, 3, "the end is cut: 3 lines were sealed")


def test_a_tail_cut_and_written_anew_with_the_key_is_found_by_the_seal(database, vault, cases, seals, moment):
    sealed(database, vault, seals, TODAY, moment)
    cut(database)
    append(database, vault, moment, 2)

    assert proven(database, vault).broken is None
    assert proven(database, vault, seals).broken == history.Broken(
        STREAM, 3, "this line is not the one that was sealed"
    )


def test_a_stream_that_vanished_with_its_case_is_found_by_the_seal(database, vault, cases, seals, moment):
    sealed(database, vault, seals, TODAY, moment)
    change(
        database,
        delete(HistoryEvent).where(lines_of(STREAM)),
        delete(ProcessInstance).where(ProcessInstance.id == "case-1"),
    )

    assert proven(database, vault).broken is None
    assert (proven(database, vault, seals).broken.stream, proven(database, vault, seals).broken.sequence) == (STREAM, 1)


def test_a_day_is_sealed_once_and_lists_only_what_grew(database, vault, cases, seals, moment):
    first = sealed(database, vault, seals, TODAY, moment)
    content = first.read_bytes()
    append(database, vault, moment)

    assert sealed(database, vault, seals, TODAY, moment + timedelta(hours=1)) == first
    assert first.read_bytes() == content
    second = sealed(database, vault, seals, TODAY + timedelta(days=1), moment)
    assert list(json.loads(second.read_bytes())["streams"]) == [STREAM]
    assert len(json.loads(content)["streams"]) == 3
    assert sorted(path.name for path in seals.iterdir()) == ["2026-03-02.seal.json", "2026-03-03.seal.json"]
    assert proven(database, vault, seals).broken is None


def test_altered_missing_and_foreign_seals_are_found(database, vault, cases, seals, moment, tmp_path):
    first = sealed(database, vault, seals, TODAY, moment)
    second = sealed(database, vault, seals, TODAY + timedelta(days=1), moment)
    intact = first.read_text()
    foreign = sealed(database, Vault(bytes(32)), tmp_path / "foreign", TODAY, moment).read_text()

    for text, why in (
        (intact.replace(":3,", ":2,").replace("[3,", "[2,"), "altered"),
        (foreign, "altered"),
        ("{", "read"),
    ):
        assert text != intact
        first.write_text(text)
        assert why in proven(database, vault, seals).broken.why
        with pytest.raises(ChainBroken, match=first.name):
            sealed(database, vault, seals, TODAY + timedelta(days=2), moment)
    first.unlink()
    assert f"before {second.name} is missing" in proven(database, vault, seals).broken.why
    shutil.copy(second, first)
    assert "put in" in proven(database, vault, seals).broken.why


def test_after_erasure_the_history_stays_proven_and_nothing_personal_is_left(
    database, vault, site, cases, seals, moment, tmp_path
):
    stored = put(site, check(Upload("王小明.txt", io.BytesIO(NAME.encode())), strip=True))
    with database.transaction() as session:
        case = session.get_one(ProcessInstance, "case-1")
        attachment = store(session, site, case, stored, Origin("consumer"), moment)
    sealed(database, vault, seals, TODAY, moment)
    with database.transaction() as session:
        vault.erase(session, case.subject_id, moment)

    report = proven(database, vault, seals)
    with database.reading() as session:
        erased, kept = read(session, vault, STREAM), read(session, vault, instance_stream("case-2"))
        with pytest.raises(Erased):
            attachments.read(session, site, attachment)

    assert (report.events, report.broken) == (7, None)
    assert [(entry.values, entry.erased) for entry in erased] == [(None, True), (None, False), (None, False)]
    assert erased[0].detail["form"] == "intake"
    assert kept[0].values == {"name": NAME}
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        content = path.read_bytes()
        assert not [secret for secret in ("王小明", "13800000000") if secret.encode() in content], path
    with database.transaction() as session, pytest.raises(Erased):
        record(session, vault, session.get_one(ProcessInstance, "case-1"), LINES, actor="ann", now=moment)
