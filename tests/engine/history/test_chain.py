import io
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, select

from engine import attachments
from engine.attachments import Origin, Upload, check, put, store
from engine.errors import Erased
from engine.history import Line, audit, instance_stream, read, record
from engine.models import AuditStream, ProcessInstance
from tests.engine.history.story import LINES, NAME, STREAM, TODAY, append, proven, sealed


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


def test_after_erasure_the_history_stays_proven_and_nothing_personal_is_left(site, cases, seals, moment, tmp_path):
    database, vault = site.database, site.vault
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
