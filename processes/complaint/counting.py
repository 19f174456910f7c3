"""Counting periods of law: pure functions of moments, working days and paused days.

The day on which a period starts is not counted; its last day ends at 23:59:59 in the business time zone (Civil Code
Art. 201 and 203; our strict reading of order No. 3 of 2020, Art. 43: days are calendar days unless the text says
working days). Paused days are whole days and are skipped while counting, so pauses that overlap count once, a pause of
the start day changes nothing, and neither does one after the end.
"""

import calendar
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from engine import clock
from engine.calendars import end_of_day

#: Marks at which a period warns, in per cent of its counted time.
MARKS = (50, 70, 85, 100)

ONE_DAY = timedelta(days=1)


class WorkingDays(Protocol):
    """What counting asks of a calendar."""

    def is_working(self, day: date) -> bool:
        """Whether offices are open on `day`."""


@dataclass(frozen=True)
class Pause:
    """Whole days that do not count: from `from_on` up to, but without, `to_on`."""

    from_on: date
    to_on: date

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day < self.to_on


@dataclass(frozen=True)
class Period:
    """A period as the law states it.

    `unit`: CD calendar day, BD working day, H hour, W week, M month, Y year; `roll`: a last day without work moves to
    the next working day.
    """

    limit: int
    unit: str
    roll: bool = False


def due(trigger_at: datetime, period: Period, days: WorkingDays, pauses: Sequence[Pause] = ()) -> datetime:
    """The last moment (UTC) of `period` triggered at `trigger_at`: but for hours, 23:59:59 local of its last day."""
    if period.unit == "H":
        return _rolled(_after_hours(trigger_at, timedelta(hours=period.limit), pauses), period, days)
    start = trigger_at.astimezone(clock.zone()).date()
    last = _nth_day(start, _length(start, period), period, days, pauses)
    while period.roll and not days.is_working(last):
        last += ONE_DAY
    return _end_of(last)


def reached(
    trigger_at: datetime, period: Period, mark: int, days: WorkingDays, pauses: Sequence[Pause] = ()
) -> datetime:
    """The moment at which `mark` per cent of `period` are used; at 100 the due moment itself.

    Days are counted from the end of the start day: 85 % of 30 days is noon of the day after the 25th (25.5 days).
    A rest of a day falls into the next counted day, never into a paused one.
    """
    if mark == 100:
        return due(trigger_at, period, days, pauses)
    if period.unit == "H":
        return _after_hours(trigger_at, timedelta(hours=period.limit) * mark / 100, pauses)
    start = trigger_at.astimezone(clock.zone()).date()
    whole, rest = divmod(_length(start, period) * mark, 100)
    if not rest:
        return _end_of(_nth_day(start, whole, period, days, pauses))
    next_day = _nth_day(start, whole + 1, period, days, pauses)
    return _end_of(next_day - ONE_DAY) + ONE_DAY * rest / 100


def counted(trigger_at: datetime, day: date, period: Period, days: WorkingDays, pauses: Sequence[Pause] = ()) -> int:
    """How many days of `period` triggered at `trigger_at` are counted up to and including `day`."""
    start = trigger_at.astimezone(clock.zone()).date()
    reached_days = itertools.takewhile(lambda each: each <= day, _counted_days(start, period, days, pauses))
    return max(0, sum(1 for _ in reached_days) - 1)


def used(trigger_at: datetime, period: Period, at: datetime, days: WorkingDays, pauses: Sequence[Pause] = ()) -> int:
    """How many per cent of `period` are used at `at`, in whole per cent; more than 100 when it is over."""
    low, high = 0, 100
    if at >= due(trigger_at, period, days, pauses):
        whole = due(trigger_at, period, days, pauses) - trigger_at
        return max(100, int((at - trigger_at) / whole * 100)) if whole > timedelta() else 100
    while low < high:
        middle = (low + high + 1) // 2
        if reached(trigger_at, period, middle, days, pauses) <= at:
            low = middle
        else:
            high = middle - 1
    return low


def _length(start: date, period: Period) -> int:
    """The number of days to count."""
    if period.unit in {"CD", "BD"}:
        return period.limit
    if period.unit == "W":
        return 7 * period.limit
    months = period.limit * (12 if period.unit == "Y" else 1)
    return (_months_after(start, months) - start).days


def _months_after(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _nth_day(start: date, number: int, period: Period, days: WorkingDays, pauses: Sequence[Pause]) -> date:
    """The day on which the `number`th counted day after `start` falls; 0 is `start` itself."""
    return next(itertools.islice(_counted_days(start, period, days, pauses), number, None))


def _counted_days(start: date, period: Period, days: WorkingDays, pauses: Sequence[Pause]) -> Iterator[date]:
    yield start
    day = start
    while True:
        day += ONE_DAY
        if not any(day in pause for pause in pauses) and (period.unit != "BD" or days.is_working(day)):
            yield day


def _after_hours(trigger_at: datetime, length: timedelta, pauses: Sequence[Pause]) -> datetime:
    """Hours run through day and night; the time of paused days is added."""
    end = trigger_at.astimezone(UTC) + length
    day = trigger_at.astimezone(clock.zone()).date()
    while (midnight := _start_of(day)) < end:
        if any(day in pause for pause in pauses):
            end += _start_of(day + ONE_DAY) - max(midnight, trigger_at)
        day += ONE_DAY
    return end


def _rolled(end: datetime, period: Period, days: WorkingDays) -> datetime:
    """The same time on the next working day, where the period rolls."""
    while period.roll and not days.is_working(end.astimezone(clock.zone()).date()):
        end += ONE_DAY
    return end


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), clock.zone()).astimezone(UTC)


def _end_of(day: date) -> datetime:
    return end_of_day(day, clock.zone())
