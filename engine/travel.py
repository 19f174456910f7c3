"""Travelling in time: only on a database marked as demo or scratch. Web, worker and tick read the same offset."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import clock, jobs
from engine.errors import NotADemo
from engine.jobs import Done
from engine.models import Job, Mark, Timer
from engine.site import Site

DEMO, SCRATCH = "demo", "scratch"
OFFSET = "clock_offset"
#: Ticks at one moment before travelling goes on: a diagram that arms a timer for now again and again must not hold it up.
TICKS = 50


def mark(site: Site, name: str, value: str = "yes") -> None:
    """Set a mark of the database."""
    with site.database.transaction() as session:
        session.merge(Mark(name=name, value=value))


def is_marked(session: Session) -> bool:
    """Whether the database is a demo or scratch."""
    return session.scalar(select(Mark.name).where(Mark.name.in_((DEMO, SCRATCH))).limit(1)) is not None


def follow(site: Site) -> None:
    """Let `clock.now()` of this context stand where the database's clock stands; does nothing for a real one."""
    with site.database.reading() as session:
        offset = session.get(Mark, OFFSET)
        clock.set_offset(timedelta(seconds=float(offset.value)) if offset is not None else timedelta())


def travel(site: Site, target: datetime) -> Done:
    """Move the database's clock forward to `target`, doing on the way what is due, each thing at its time.

    Raises NotADemo on any other database.
    """
    _require_mark(site)
    total = settle(site, clock.now())
    while (following := next_due(site)) is not None and following <= target:
        did = settle(site, max(following, clock.now()))
        total = _sum(total, did)
        if not did:
            break  # what is due cannot be done now, as a job whose worker is at it
    total = _sum(total, settle(site, target))
    mark(site, OFFSET, str((target - clock.real_now()).total_seconds()))
    follow(site)
    return total


def settle(site: Site, moment: datetime) -> Done:
    """Tick at `moment` until nothing happens any more."""
    total = Done()
    with clock.at(moment):
        for _ in range(TICKS):
            did = jobs.tick(site, moment)
            if not did:
                break
            total = _sum(total, did)
    return total


def next_due(site: Site) -> datetime | None:
    """When the next timer or job is due."""
    with site.database.reading() as session:
        timer = session.scalar(select(func.min(Timer.due_at)).where(Timer.state == "armed"))
        job = session.scalar(select(func.min(Job.due_at)).where(Job.state == "waiting", Job.kind == "topic"))
    return min((at for at in (timer, job) if at is not None), default=None)


def _sum(one: Done, other: Done) -> Done:
    return Done(one.timers + other.timers, one.messages + other.messages, one.jobs + other.jobs)


def _require_mark(site: Site) -> None:
    with site.database.reading() as session:
        if not is_marked(session):
            raise NotADemo
