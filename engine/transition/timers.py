"""Firing due timers, each in a transaction of its own, in due order."""

from collections.abc import Set
from datetime import datetime

from sqlalchemy import ScalarSelect, Select, bindparam, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from engine.errors import Conflict
from engine.history import Line, record
from engine.identity import SYSTEM
from engine.models import Timer
from engine.site import Site
from engine.transition.guard import guarded
from engine.transition.incidents import raise_incident
from engine.transition.moving import Move, Parks, carry_out, lock, move

#: Firings that one call does before it gives others their turn.
MOST = 500

# Asked again and again while time passes: built once, for building takes longer than asking.
_DUE = Timer.state == "armed", Timer.due_at <= bindparam("now")
_NEXT = select(Timer.id, Timer.instance_id).where(*_DUE).order_by(Timer.due_at, Timer.id).limit(1)
_STILL_DUE = select(Timer.id).where(Timer.id == bindparam("timer"), *_DUE)


def fire_due(site: Site, now: datetime, instance_id: str | ScalarSelect[str] | None = None, most: int = MOST) -> int:
    """Fire what is due `now`, of one instance (its id, or a question for it) or of all; returns how many fired.

    A timer that cannot fire gets an incident and stands still until somebody retries it.
    """
    query = _NEXT if instance_id is None else _NEXT.where(Timer.instance_id == instance_id)
    fired, passed_over = 0, set[str]()
    while fired < most and (due := _next_due(site, now, query, passed_over)) is not None:
        if _fire(site, *due, now):
            fired += 1
        else:
            passed_over.add(due[0])
    return fired


def _next_due(site: Site, now: datetime, query: Select[str, str], passed_over: Set[str]) -> tuple[str, str] | None:
    if passed_over:
        query = query.where(Timer.id.not_in(passed_over))
    with site.database.reading() as session:
        row = session.execute(query, {"now": now}).first()
    return (row.id, row.instance_id) if row else None


def _fire(site: Site, timer_id: str, instance_id: str, now: datetime) -> bool:
    def attempt(session: Session, parks: Parks) -> bool:
        instance = lock(session, instance_id)
        if session.scalar(_STILL_DUE, {"timer": timer_id, "now": now}) is None:
            return False

        def act(step: Move) -> bool:
            if not step.execution.fire(timer_id):
                step.execution.timers_set.setdefault(timer_id, None)
            return True

        return move(site, session, instance, act, actor=SYSTEM, now=now, park_at=parks)

    def failed(error: Exception) -> None:
        if not isinstance(error, Conflict | OperationalError):  # those pass by themselves
            _stand_still(site, timer_id, instance_id, error, now)

    return guarded(lambda: carry_out(site, attempt), failed)


def _stand_still(site: Site, timer_id: str, instance_id: str, error: Exception, now: datetime) -> None:
    with site.database.transaction() as session:
        instance = lock(session, instance_id)
        halted = update(Timer).where(Timer.id == timer_id, Timer.state == "armed").values(state="failed")
        element_id = session.scalar(halted.returning(Timer.element_id))
        if element_id is None:
            return
        raise_incident(session, instance, kind="timer", element_id=element_id, error=error, now=now, timer_id=timer_id)
        line = Line("incident", element_id, {"kind": "timer", "token": timer_id})
        record(session, site.vault, instance, [line], actor=SYSTEM.username, now=now)
