"""The audit streams as an auditor reads them: log-ins, views of personal data, deployments, administration."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import values
from engine.history import AUDIT
from engine.models import AuditStream, HistoryEvent, Person
from engine.queries.labels import names_of_users
from engine.queries.paging import PER_PAGE, Paged, cut


@dataclass(frozen=True)
class AuditRow:
    """One line. `username` is empty where nobody known is meant; `node` is the host that wrote it."""

    at: datetime
    username: str
    name: str
    kind: str
    node: str
    detail: Mapping[str, Any]


def audit_lines(session: Session, *, day: date, username: str = "", page: int = 1) -> Paged[AuditRow]:
    """The lines of one business day, newest first, of everybody or of one person."""
    streams = select(AuditStream.stream).where(AuditStream.stream.startswith(f"{AUDIT}{day.isoformat()}:"))
    query = select(HistoryEvent).where(HistoryEvent.stream.in_(streams))
    if username:
        query = query.where(HistoryEvent.actor == username)
    query = query.order_by(HistoryEvent.at.desc(), HistoryEvent.stream, HistoryEvent.sequence.desc())
    limited, paged = cut(session, query, page, PER_PAGE * 2)
    events = list(session.scalars(limited))
    people = names_of_users(session, [event.actor for event in events])
    return replace(paged, rows=tuple(_row(event, people) for event in events))


def audited_people(session: Session) -> tuple[tuple[str, str], ...]:
    """(username, name) of everybody there is or was, for the filter."""
    query = select(Person.username, Person.name).order_by(Person.name, Person.username)
    return tuple((username, name) for username, name in session.execute(query))


def _row(event: HistoryEvent, people: Mapping[str, str]) -> AuditRow:
    node = event.stream.split(":", 2)[2]
    name = people.get(event.actor, event.actor)
    return AuditRow(event.at, event.actor, name, event.kind, node, values.loads(event.detail))
