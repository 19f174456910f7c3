"""Travelling in time: only on a database marked as demo or scratch. Web, worker and tick read the same offset."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engine import clock, jobs
from engine.errors import Conflict, InvalidInput, NotADemo
from engine.jobs import Done
from engine.models import CALLS, Job, Mark, StartTimer, Timer
from engine.site import Site
from engine.transition.start_timers import arm_starts

DEMO, SCRATCH = "demo", "scratch"
OFFSET = "clock_offset"
HELD = "held_until"
#: How long one `hold` keeps the schedulers still, in wall time: one whose holder died is over then.
HOLD = timedelta(minutes=2)
#: Ticks at one moment before travelling goes on: a diagram that arms a timer for now again and again must not hold it
#: up.
TICKS = 50

_NEXT = select(
    select(func.min(Timer.due_at)).where(Timer.state == "armed").scalar_subquery(),
    select(func.min(Job.due_at)).where(Job.state == "waiting", Job.kind.in_(CALLS)).scalar_subquery(),
    select(func.min(StartTimer.due_at)).where(StartTimer.state == "armed").scalar_subquery(),
)


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

    Raises NotADemo on any other database, InvalidInput for a moment that has passed.
    """
    _require_mark(site)
    if target < clock.now():
        raise InvalidInput(why="time only goes forward")
    total = settle(site, clock.now())
    while (following := next_due(site)) is not None and following <= target:
        did = settle(site, max(following, clock.now()))
        total = _sum(total, did)
        if not did:
            break  # what is due cannot be done now, as a job whose worker is at it
    total = _sum(total, settle(site, target))
    set_clock(site, target)
    return total


def set_clock(site: Site, moment: datetime) -> None:
    """Let the database's clock go on from `moment`, without doing what is due. Raises NotADemo."""
    _require_mark(site)
    mark(site, OFFSET, str((moment - clock.real_now()).total_seconds()))
    follow(site)


def begin_at(site: Site, moment: datetime) -> None:
    """Set the database's clock to `moment`, before anything was played: what begins by time is armed from there.

    Raises NotADemo on any other database.
    """
    set_clock(site, moment)
    with site.database.transaction() as session:
        session.execute(delete(StartTimer))
        for application in site.applications.values():
            arm_starts(session, application, moment)


def hold(site: Site, *, again: bool = False) -> None:
    """Keep all schedulers still for the next two minutes, or for two more: somebody plays with the database's time.

    Raises NotADemo on any other database, Conflict when another one holds it.
    """
    _require_mark(site)
    if not again and is_held(site):
        raise Conflict("Somebody else is playing with the time of this database; wait until they are done.")
    mark(site, HELD, (clock.real_now() + HOLD).isoformat())


def let_go(site: Site) -> None:
    """Let the schedulers go on."""
    with site.database.transaction() as session:
        session.execute(delete(Mark).where(Mark.name == HELD))


def is_held(site: Site) -> bool:
    """Whether schedulers must stand still."""
    with site.database.reading() as session:
        held = session.get(Mark, HELD)
        return held is not None and clock.real_now() < datetime.fromisoformat(held.value)


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
    return min((at for at in next_moments(site) if at is not None), default=None)


def next_moments(site: Site) -> tuple[datetime | None, datetime | None]:
    """When the next timer or job of a case is due, and when the next case begins by time."""
    with site.database.reading() as session:
        timer, job, beginning = session.execute(_NEXT).one()
    return min((at for at in (timer, job) if at is not None), default=None), beginning


def next_in_cases(site: Site) -> datetime | None:
    """When the next timer or job of a case is due."""
    return next_moments(site)[0]


def _sum(one: Done, other: Done) -> Done:
    return Done(one.timers + other.timers, one.messages + other.messages, one.jobs + other.jobs)


def _require_mark(site: Site) -> None:
    with site.database.reading() as session:
        if not is_marked(session):
            raise NotADemo
