"""Appending to a stream and reading it. The hash of a line is an HMAC over its stored bytes and the line before."""

import hmac
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine import clock, values
from engine.errors import Erased
from engine.models import AuditStream, HistoryEvent, ProcessInstance
from engine.vault import Vault

#: Streams of instances and audit streams begin with these.
INSTANCE, AUDIT = "instance:", "audit:"


@dataclass(frozen=True)
class Line:
    """One thing that happened: `detail` in clear and never personal, `values` personal and stored sealed."""

    kind: str
    element_id: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Entry:
    """One line as it is read. `values` is None when there are none, or when they were erased."""

    sequence: int
    at: datetime
    actor: str
    kind: str
    element_id: str
    detail: Mapping[str, Any]
    values: Mapping[str, Any] | None = field(repr=False)
    erased: bool


def instance_stream(instance_id: str) -> str:
    """The name of an instance's stream."""
    return INSTANCE + instance_id


def record(
    session: Session, vault: Vault, instance: ProcessInstance, lines: Sequence[Line], *, actor: str, now: datetime
) -> None:
    """Append `lines` to the instance's stream; the caller holds the lock on its row. `actor` is a username.

    Raises Erased when a line has values and the key of the data subject is destroyed, NotStorable.
    """
    if not lines:
        return
    stream = instance_stream(instance.id)
    # A new row has no defaults before it is flushed.
    sequence, head = instance.history_count or 0, instance.history_head or b""
    rows = []
    for line in lines:
        sequence += 1
        row = _row(stream, sequence, line, actor, now)
        if line.values is not None:
            place = _place(stream, sequence)
            row["sealed_values"] = vault.seal_json(session, instance.subject_id, line.values, place)
        row["hash"] = head = chained(vault.chain_key, head, HistoryEvent(**row))
        rows.append(row)
    instance.history_count, instance.history_head = sequence, head
    # One statement for lines with and without values.
    session.execute(insert(HistoryEvent), rows, execution_options={"render_nulls": True})


def audit(session: Session, vault: Vault, node: str, line: Line, *, actor: str, now: datetime) -> None:
    """Append `line`, which has no values, to the audit stream of the business day and `node`."""
    if line.values is not None:
        raise ValueError("an audit stream belongs to no data subject and holds no personal values")
    stream = f"{AUDIT}{now.astimezone(clock.zone()).date()}:{node}"
    head = _locked_head(session, stream)
    row = _row(stream, head.count + 1, line, actor, now)
    row["hash"] = chained(vault.chain_key, head.head, HistoryEvent(**row))
    head.count, head.head = row["sequence"], row["hash"]
    session.execute(insert(HistoryEvent), [row])


def read(session: Session, vault: Vault, stream: str, kinds: Collection[str] = ()) -> list[Entry]:
    """All lines of a stream, or those of `kinds`, in order; an unknown stream has none.

    Raises Damaged for values that were altered.
    """
    instance = session.get(ProcessInstance, stream.removeprefix(INSTANCE)) if stream.startswith(INSTANCE) else None
    return list(_entries(session, vault, stream, instance.subject_id if instance else None, kinds))


def chained(key: bytes, previous: bytes, event: HistoryEvent) -> bytes:
    """The hash of `event` (32 bytes) after the line whose hash is `previous`.

    Every part goes in with its length, so that no two different lines give the same bytes.
    """
    parts = [
        previous,
        event.stream.encode(),
        str(event.sequence).encode(),
        event.at.astimezone(UTC).isoformat(timespec="microseconds").encode(),
        event.actor.encode(),
        event.kind.encode(),
        event.element_id.encode(),
        event.detail,
        b"" if event.sealed_values is None else b"=" + event.sealed_values,
    ]
    return hmac.digest(key, b"".join(len(part).to_bytes(8, "big") + part for part in parts), "sha256")


def _row(stream: str, sequence: int, line: Line, actor: str, now: datetime) -> dict[str, Any]:
    return {
        "stream": stream,
        "sequence": sequence,
        "at": now,
        "actor": actor,
        "kind": line.kind,
        "element_id": line.element_id,
        "detail": values.dumps(line.detail),
        "sealed_values": None,
    }


def _locked_head(session: Session, stream: str) -> AuditStream:
    head = session.get(AuditStream, stream, with_for_update=True)
    if head is None:
        try:
            with session.begin_nested():
                session.add(AuditStream(stream=stream, count=0, head=b""))
        except IntegrityError:  # another transaction of this node was first
            pass
        head = session.get_one(AuditStream, stream, with_for_update=True)
    return head


def _entries(
    session: Session, vault: Vault, stream: str, subject_id: str | None, kinds: Collection[str]
) -> Iterator[Entry]:
    query = select(HistoryEvent).where(HistoryEvent.stream == stream).order_by(HistoryEvent.sequence)
    for event in session.scalars(query.where(HistoryEvent.kind.in_(kinds)) if kinds else query):
        opened, erased = None, False
        if event.sealed_values is not None:
            try:
                opened = vault.open_json(session, subject_id or "", event.sealed_values, _place(stream, event.sequence))
            except Erased:
                erased = True
        detail = values.loads(event.detail)
        yield Entry(event.sequence, event.at, event.actor, event.kind, event.element_id, detail, opened, erased)


def _place(stream: str, sequence: int) -> str:
    return f"history:{stream}:{sequence}"
