"""How long each step of a process may take: `data/step_times.csv`, by priority, with dates of validity.

Timers and due dates of the diagrams ask for them by name, so that changing a time is a change of a table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from engine import clock, reference
from engine.calendars import end_of_day
from processes.complaint.deadlines import Dated, dated
from processes.complaint.refusals import NoStepTime
from processes.complaint.sheets import made
from processes.complaint.workdays import business_days_after, business_hours_after

#: What counts while no priority is known: the least urgent.
LEAST_URGENT = 4

ONCE = Decimal(1)


def _days_after(moment: datetime, days: Decimal) -> datetime:
    """The end (23:59:59) of the day so many days after that of `moment`, or before it where `days` are negative."""
    day = moment.astimezone(clock.zone()).date()
    return end_of_day(day + timedelta(days=int(days)), clock.zone())


#: Unit of the table → the moment after so many of it.
UNITS: Mapping[str, Callable[[datetime, Decimal], datetime]] = {
    "MIN": lambda moment, amount: moment + timedelta(minutes=float(amount)),
    "H": lambda moment, amount: moment + timedelta(hours=float(amount)),
    "CD": _days_after,
    "BH": business_hours_after,
    "BD": business_days_after,
}

#: The unit in which a row may also count back: a warning so many days before something is due.
BACKWARDS = "CD"


@dataclass(frozen=True, kw_only=True)
class StepTime(Dated):
    """The time for one step: minutes (MIN), hours (H), business hours (BH), calendar (CD) or working days (BD).

    Days end at 23:59:59.
    """

    step: str
    #: 1 to 4, or None for all that have no row of their own
    priority: int | None
    amount: Decimal
    unit: str


@reference.derived("step_times")
def step_times() -> tuple[StepTime, ...]:
    """All rows of the table; raises InvalidInput naming the line of a row that cannot be read."""
    return tuple(made("step_times", _step_time))


def step_due(step: str, priority: Decimal | None, start: datetime | date, times: Decimal = ONCE) -> datetime:
    """By when `step`, begun at `start`, is to be done; after `times` that time (FEEL function).

    Without a priority the least urgent counts; a day without a time stands for its end. Raises NoStepTime when the
    table has none for that step on that day.
    """
    moment = start if isinstance(start, datetime) else end_of_day(start, clock.zone())
    day, wanted = moment.astimezone(clock.zone()).date(), int(priority or LEAST_URGENT)
    rows = [row for row in step_times() if row.step == step and row.holds_on(day)]
    found = [row for row in rows if row.priority == wanted] or [row for row in rows if row.priority is None]
    if not found:
        raise NoStepTime(step=step, priority=wanted, day=day)
    return UNITS[found[0].unit](moment, found[0].amount * times)


def _step_time(cells: Mapping[str, str]) -> StepTime:
    if cells["unit"] not in UNITS:
        raise ValueError(f"“{cells['unit']}” is no unit: {', '.join(UNITS)}")
    return StepTime(
        step=cells["step"],
        priority=int(cells["priority"]) if cells["priority"] else None,
        amount=Decimal(cells["amount"]),
        unit=cells["unit"],
        **dated(cells),
    )
