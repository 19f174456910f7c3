"""How long the steps of companion cases may take: `data/matter_times.csv`, and the FEEL functions that read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache

from engine import clock
from engine.calendars import end_of_day
from engine.errors import InvalidInput
from processes.complaint.deadlines import DATA
from processes.complaint.sheets import read
from processes.complaint.tenant import home
from processes.complaint.workdays import business_hours_after, calendar_of

#: Warnings that fall on a day come when the day's work begins.
MORNING = time(9)


@dataclass(frozen=True)
class StepTime:
    """`amount` of `unit` for one step: M minutes, H hours, BH business hours, BD working days, CD calendar days.

    Days end at 23:59:59; a negative amount counts back.
    """

    step: str
    amount: int
    unit: str
    effective_from: date | None
    effective_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on `day`."""
        return (self.effective_from or day) <= day <= (self.effective_to or day)


def matter_due(step: str, start: datetime | date) -> datetime:
    """FEEL function: when `step`, which began at `start`, is due. Raises InvalidInput for an unknown step.

    A day without a time stands for its end.
    """
    begun = start if isinstance(start, datetime) else end_of_day(start, clock.zone())
    found = step_time(step, begun)
    day = begun.astimezone(clock.zone()).date()
    match found.unit:
        case "M":
            return begun + timedelta(minutes=found.amount)
        case "H":
            return begun + timedelta(hours=found.amount)
        case "BH":
            return business_hours_after(begun, Decimal(found.amount))
        case "BD":
            return end_of_day(calendar_of(home()).add_working_days(day, found.amount), clock.zone())
        case _:
            return end_of_day(day + timedelta(days=found.amount), clock.zone())


def mornings(steps: Sequence[str], start: datetime) -> list[datetime]:
    """The mornings of the days that the `steps` (in calendar days) name, counted from `start`."""
    day = start.astimezone(clock.zone()).date()
    days = [day + timedelta(days=step_time(step, start).amount) for step in steps]
    return [datetime.combine(each, MORNING, clock.zone()) for each in days]


def step_time(step: str, at: datetime) -> StepTime:
    """The row of `step` in force at `at`; raises InvalidInput when there is none."""
    day = at.astimezone(clock.zone()).date()
    found = next((row for row in _times() if row.step == step and row.holds_on(day)), None)
    if found is None:
        raise InvalidInput(why=f"the table of step times has no “{step}” in force on {day}")
    return found


@cache
def _times() -> list[StepTime]:
    return read(DATA / "matter_times.csv", _step_time)


def _step_time(cells: Mapping[str, str]) -> StepTime:
    if cells["unit"] not in {"M", "H", "BH", "BD", "CD"}:
        raise ValueError(f"“{cells['unit']}” is no unit: M, H, BH, BD or CD")
    first, last = (
        date.fromisoformat(text) if text else None for text in (cells["effective_from"], cells["effective_to"])
    )
    return StepTime(cells["step"], int(cells["amount"]), cells["unit"], first, last)
