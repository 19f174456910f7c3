"""How long each step of the process may take: `data/step_times.csv`, by priority, with dates of validity.

Timers and due dates of the diagram ask for them by name, so that changing a time is a change of a table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from engine import clock, reference
from processes.complaint.deadlines import Dated, dated
from processes.complaint.refusals import NoStepTime
from processes.complaint.sheets import made
from processes.complaint.workdays import business_days_after, business_hours_after

#: What counts while no priority is known: the least urgent.
LEAST_URGENT = 4

ONCE = Decimal(1)

#: Unit of the table → the moment after so many of it.
UNITS: Mapping[str, Callable[[datetime, Decimal], datetime]] = {
    "MIN": lambda moment, amount: moment + timedelta(minutes=float(amount)),
    "H": lambda moment, amount: moment + timedelta(hours=float(amount)),
    "CD": lambda moment, amount: moment + timedelta(days=float(amount)),
    "BH": business_hours_after,
    "BD": business_days_after,
}


@dataclass(frozen=True, kw_only=True)
class StepTime(Dated):
    """The time for one step: minutes (MIN), hours (H), days (CD) of the clock, or business hours (BH) or days (BD)."""

    step: str
    #: 1 to 4, or None for all that have no row of their own
    priority: int | None
    amount: Decimal
    unit: str


@reference.derived("step_times")
def step_times() -> tuple[StepTime, ...]:
    """All rows of the table; raises InvalidInput naming the line of a row that cannot be read."""
    return tuple(made("step_times", _step_time))


def step_due(step: str, priority: Decimal | None, moment: datetime, times: Decimal = ONCE) -> datetime:
    """By when `step`, begun at `moment`, is to be done; after `times` that time (FEEL function).

    Without a priority the least urgent counts. Raises NoStepTime when the table has none for that step on that day.
    """
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
