"""Dates outside the years 1 to 9999, which XML Schema allows and Python's calendar does not know.

The calendar repeats every 400 years, weekdays included: a far date is a near one and a number of such cycles. Years
count as in ISO 8601: the year 0 is 1 BC. Far dates can be read, written, compared and asked for their parts.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

#: Years lie between this and its negative.
MAX_YEAR = 999_999_999

_CYCLE_YEARS = 400
_CYCLE_DAYS = 146_097
#: The first of the 400 years that stand for all others.
_BASE = 2000
#: A day in microseconds.
_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class FarDate:
    """`near`, a date of the years 2000 to 2399, `cycles` times 400 years later."""

    cycles: int
    near: date

    @property
    def year(self) -> int:
        """The year."""
        return self.near.year + _CYCLE_YEARS * self.cycles

    @property
    def month(self) -> int:
        """The month, from 1."""
        return self.near.month

    @property
    def day(self) -> int:
        """The day of the month, from 1."""
        return self.near.day

    def toordinal(self) -> int:
        """The day, counted as Python counts those of its own dates."""
        return self.near.toordinal() + _CYCLE_DAYS * self.cycles

    def __str__(self) -> str:
        return f"{'-' if self.year < 0 else ''}{abs(self.year):04}-{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class FarDateTime:
    """A far date with a time of day, which may have a zone."""

    day: FarDate
    time: time

    @property
    def tzinfo(self) -> tzinfo | None:
        """The zone, None without one."""
        return self.time.tzinfo

    @property
    def near(self) -> datetime:
        """The same moment of a near year."""
        return datetime.combine(self.day.near, self.time)

    def utcoffset(self) -> timedelta | None:
        """How far its zone is from UTC; None without a zone."""
        return self.near.utcoffset()


Day = date | FarDate
Moment = datetime | FarDateTime


def make_day(year: int, month: int, day: int) -> Day | None:
    """The date of these numbers, None if there is none."""
    if abs(year) > MAX_YEAR:
        return None
    cycles, rest = divmod(year - _BASE, _CYCLE_YEARS)
    try:
        near = date(_BASE + rest, month, day)
    except (ValueError, OverflowError):
        return None
    return near.replace(year=year) if date.min.year <= year <= date.max.year else FarDate(cycles, near)


def make_moment(day: Day, at: time) -> Moment:
    """The date and time on `day` `at` that time."""
    return FarDateTime(day, at) if isinstance(day, FarDate) else datetime.combine(day, at)


def day_of(value: Day | Moment) -> Day:
    """The date of a date, or of a date and time."""
    if isinstance(value, FarDateTime):
        return value.day
    return value.date() if isinstance(value, datetime) else value


def time_of(value: Moment) -> time:
    """The time of day, with its zone."""
    return value.time if isinstance(value, FarDateTime) else value.timetz()


def near(value: Day | Moment) -> date:
    """A date, or date and time, that is the same in all but its year, of which it has the days and weeks."""
    return value.near if isinstance(value, FarDate | FarDateTime) else value


def microseconds(value: Moment, zone: tzinfo) -> int:
    """The instant, counted in microseconds; without a zone it is one of `zone`."""
    close = value.near if isinstance(value, FarDateTime) else value
    aware = close if close.tzinfo is not None else close.replace(tzinfo=zone)
    clock = timedelta(hours=close.hour, minutes=close.minute, seconds=close.second, microseconds=close.microsecond)
    midnight = day_of(value).toordinal() * _DAY
    return midnight + (clock - (aware.utcoffset() or timedelta())) // timedelta(microseconds=1)
