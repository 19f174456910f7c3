"""When the consumer is to hear from us again: so many days after the last notice, by the complaint's priority.

The table `progress_intervals` gives the days, with dates of validity.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine import clock, reference
from engine.errors import InvalidInput
from processes.complaint.clocks import Clocks
from processes.complaint.consequences import TOLD_AT
from processes.complaint.deadlines import Dated, dated
from processes.complaint.facts import fact, set_fact
from processes.complaint.sheets import made

#: The priority of a complaint that has none yet.
ORDINARY = 4

#: Paths whose value hangs on the last notice and the priority.
MOMENTS = frozenset({"progress.due_at", "progress.moments"})

#: Paths that move those moments when they are written.
MOVERS = frozenset({TOLD_AT, "priority", "delivery.delivered_at", "closed_at", "withdrawn_at"})


@dataclass(frozen=True, kw_only=True)
class Interval(Dated):
    """How long complaints of one priority may go without a notice."""

    priority: int
    days: int


@reference.derived("progress_intervals")
def intervals() -> tuple[Interval, ...]:
    """All rows of the table."""
    return tuple(made("progress_intervals", _interval))


def interval(priority: int | None, on: date) -> timedelta:
    """How long a complaint of `priority` may go without a notice; raises InvalidInput where no row holds."""
    wanted = priority or ORDINARY
    for row in intervals():
        if row.priority == wanted and row.holds_on(on):
            return timedelta(days=row.days)
    raise InvalidInput(why=f"the table of progress intervals has no row for priority {wanted} on {on}")


def told_at(clocks: Clocks) -> datetime | None:
    """When the last notice went to the consumer."""
    found: datetime | None = fact(clocks.complaint, TOLD_AT)
    return found


def due_at(clocks: Clocks) -> datetime | None:
    """By when the consumer is to hear from us; None once the complaint has ended."""
    complaint = clocks.complaint
    if complaint.closed_at is not None or complaint.withdrawn_at is not None:
        return None
    since = told_at(clocks) or complaint.received_at
    return since + interval(complaint.priority, since.astimezone(clock.zone()).date())


def _tell(clocks: Clocks, at: datetime | None) -> None:
    """A later notice counts; one that is recorded late does not move the moment back."""
    before = told_at(clocks)
    if at is not None and (before is None or at > before):
        set_fact(clocks.complaint, TOLD_AT, at)


def _moments(clocks: Clocks) -> list[dict[str, Any]]:
    """The next moment as a timer's list: it fires once, and again when a notice has moved it."""
    at = due_at(clocks)
    return [] if at is None else [{"at": at, "key": at.isoformat()}]


def _silent(clocks: Clocks) -> bool:
    at = due_at(clocks)
    return at is not None and clock.now() >= at


READINGS: Mapping[str, Callable[[Clocks], Any]] = {
    TOLD_AT: told_at,
    "progress.due_at": due_at,
    "progress.moments": _moments,
    "progress.silent": _silent,
}

DEEDS: Mapping[str, Callable[[Clocks, Any], None]] = {TOLD_AT: _tell}


def _interval(cells: Mapping[str, str]) -> Interval:
    return Interval(priority=int(cells["priority"]), days=int(cells["days"]), **dated(cells))
