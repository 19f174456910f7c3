"""Timer start events: armed when a version becomes active, and each firing begins a case (BPMN 2.0.2, 10.5.2)."""

from collections.abc import Set
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from engine import values
from engine.applications import Application
from engine.bpmn.elements import Event
from engine.bpmn.expressions import is_time, parsed
from engine.definitions import Library
from engine.errors import Conflict
from engine.execution import timers
from engine.identity import SYSTEM
from engine.models import StartTimer
from engine.site import Site
from engine.transition.guard import guarded
from engine.transition.incidents import kept_reason
from engine.transition.moving import Parks, carry_out
from engine.transition.starting import Opening, start

#: Firings that one call does before it gives others their turn.
MOST = 100
#: Firings missed while nothing ran that are passed over one by one; after more, the rhythm begins anew.
MOST_MISSED = 1000


def arm_starts(session: Session, application: Application, now: datetime) -> None:
    """Bring the start timers of `application` into step with its active version.

    One whose text stays as it was goes on as it was. Raises NotATime and FeelError for a time that cannot be known.
    """
    rows = select(StartTimer).where(StartTimer.application == application.key)
    before = {(row.process_key, row.step, row.text): row for row in session.scalars(rows)}
    library = Library(session)
    for definition_id in library.active(application.key):
        process = library.by_id(definition_id)[2]
        for step, event in process.starts.timers:
            row = before.pop((process.key, step, event.text), None)
            if row is None:
                row = _armed(application, event, now)
                row.process_key, row.step = process.key, step
                session.add(row)
            row.definition_id = definition_id
    for row in before.values():
        session.delete(row)


def fire_starts(site: Site, now: datetime, most: int = MOST) -> int:
    """Begin the cases that are due `now`; returns how many. What cannot begin stands still until somebody retries it.

    Firings that were missed while nothing ran begin one case together.
    """
    fired, passed_over = 0, set[int]()
    while fired < most and (timer_id := _next_due(site, now, passed_over)) is not None:
        if _fire(site, timer_id, now):
            fired += 1
        else:
            passed_over.add(timer_id)
    return fired


def _armed(application: Application, event: Event, now: datetime) -> StartTimer:
    value = event.text if is_time(event.text) else parsed(event.text).evaluate({}, application.functions)
    timer = timers.armed(event.timer, value, now)
    row = StartTimer(application=application.key, text=event.text)
    # A moment that had passed when its version became active begins nothing.
    _keep(row, timer if timer["due"] is not None and timer["due"] >= now else None)
    return row


def _keep(row: StartTimer, timer: dict[str, Any] | None) -> None:
    row.timer = values.dumps(timer)
    row.due_at = timer["due"] if timer else None
    row.state = "armed" if row.due_at else "done"


def _next_due(site: Site, now: datetime, passed_over: Set[int]) -> int | None:
    query = select(StartTimer.id).where(
        StartTimer.state == "armed", StartTimer.due_at <= now, StartTimer.id.not_in(passed_over)
    )
    with site.database.reading() as session:
        return session.scalar(query.order_by(StartTimer.due_at, StartTimer.id).limit(1))


def _fire(site: Site, timer_id: int, now: datetime) -> bool:
    def attempt(session: Session, parks: Parks) -> bool:
        row = _locked(session, timer_id)
        if row is None or row.due_at is None or row.due_at > now:
            return False
        _keep(row, _after(values.loads(row.timer), now))
        opening = Opening(row.definition_id, {}, row.step)
        start(site, session, opening, actor=SYSTEM, now=now, park_at=parks)
        return True

    def failed(error: Exception) -> None:
        if isinstance(error, Conflict | OperationalError):  # those pass by themselves
            return
        with site.database.transaction() as session:
            row = _locked(session, timer_id)
            if row is not None:
                row.state, row.reason = "failed", kept_reason(error)

    return guarded(lambda: carry_out(site, attempt), failed)


def _locked(session: Session, timer_id: int) -> StartTimer | None:
    """The row, unless it is gone or does not wait any more."""
    row = session.get(StartTimer, timer_id, with_for_update=True)
    return row if row is not None and row.state == "armed" else None


def _after(timer: dict[str, Any], now: datetime) -> dict[str, Any] | None:
    """What is left of `timer` after it fired, without what was missed; None: nothing."""
    for _ in range(MOST_MISSED):
        _, after = timers.fired(timer)
        if after is None or after["due"] is None or after["due"] > now:
            return after
        timer = after
    return timers.evaluated_again({**timer, "due": None}, "cycle", timer["every"], now)
