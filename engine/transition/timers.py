"""Firing due timers, each in a transaction of its own, in due order."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.errors import RedressError
from engine.models import ProcessInstance, Timer
from engine.site import Site
from engine.transition.guard import guarded
from engine.transition.moving import Move, Parks, carry_out, lock, move, raise_incident

#: Firings that one call does before it gives others their turn.
MOST = 500


def fire_due(site: Site, now: datetime, instance_id: str | None = None, most: int = MOST) -> int:
    """Fire what is due `now`, of one instance or of all; returns how many fired.

    A timer whose firing fails gets an incident and stands still until somebody retries it.
    """
    fired = 0
    while fired < most:
        due = _next_due(site, now, instance_id)
        if due is None:
            break
        fired += _fire(site, *due, now)
    return fired


def _next_due(site: Site, now: datetime, instance_id: str | None) -> tuple[str, str] | None:
    query = select(Timer.id, Timer.instance_id).where(Timer.state == "armed", Timer.due_at <= now)
    if instance_id is not None:
        query = query.where(Timer.instance_id == instance_id)
    with site.database.reading() as session:
        row = session.execute(query.order_by(Timer.due_at, Timer.id).limit(1)).first()
    return (row.id, row.instance_id) if row else None


def _fire(site: Site, timer_id: str, instance_id: str, now: datetime) -> bool:
    def attempt(session: Session, parks: Parks) -> bool:
        def act(step: Move) -> bool:
            timer = session.get(Timer, timer_id)
            if timer is None or timer.state != "armed" or timer.due_at is None or timer.due_at > now:
                return False
            session.expunge(timer)
            if not step.execution.fire(timer_id):
                step.execution.timers_set.setdefault(timer_id, None)
            return True

        return move(site, session, instance_id, act, now=now, actor="system", park_at=parks)

    def failed(error: Exception) -> None:
        with site.database.transaction() as session:
            instance = lock(session, instance_id)
            session.execute(update(Timer).where(Timer.id == timer_id).values(state="failed"))
            _incident(session, instance, timer_id, error, now)

    return guarded(lambda: carry_out(site, attempt), failed)


def _incident(session: Session, instance: ProcessInstance, timer_id: str, error: Exception, now: datetime) -> None:
    timer = session.get(Timer, timer_id)
    message = error.message if isinstance(error, RedressError) else type(error).__name__
    raise_incident(
        session,
        instance,
        kind="timer",
        element_id=timer.element_id if timer else "",
        message=message,
        now=now,
        timer_id=timer_id,
    )


__all__ = ["MOST", "fire_due"]
