"""Dates, times and durations: reading, writing, properties and arithmetic (DMN 1.5, sections 10.3.2.3.4 to .9).

A date and time without a zone means the business time zone wherever it meets one that has a zone.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine import clock
from engine.errors import FeelError
from engine.feel.eras import Day, Moment, make_day, make_moment
from engine.feel.numbers import CONTEXT

_DATE = r"(?P<year>-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_TIME = (
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,9}))?"
    r"(?P<zone>[Zz]|[+-][0-9]{2}:[0-9]{2}|@[A-Za-z][A-Za-z0-9_]*(?:[/+-][A-Za-z0-9_]+)*)?"
)
_DATE_ONLY = re.compile(_DATE, re.ASCII)
_TIME_ONLY = re.compile("T?" + _TIME, re.ASCII)
_DATE_TIME = re.compile(f"{_DATE}T{_TIME}", re.ASCII)
_MONTHS = re.compile(r"(-)?P(?=[0-9])(?:([0-9]{1,12})Y)?(?:([0-9]{1,12})M)?", re.ASCII)
_DAYS = re.compile(
    r"(-)?P(?=[0-9T])(?:([0-9]{1,12})W)?(?:([0-9]{1,12})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,12})H)?(?:([0-9]{1,12})M)?(?:([0-9]{1,12}(?:\.[0-9]{1,12})?)S)?)?",
    re.ASCII,
)
_MICROSECOND = timedelta(microseconds=1)
#: UTC where an expression says so; not the object `UTC`, in which instants are kept that count in the business zone.
ZULU = timezone(timedelta(0), "Z")
#: How far a zone may be from UTC (XML Schema, part 2, 3.2.7.3).
MAX_OFFSET = timedelta(hours=14)

_Near = TypeVar("_Near", date, datetime)


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A duration of calendar months, as `P1Y6M`; negative ones go back."""

    total: int

    @property
    def years(self) -> int:
        """Whole years, with the sign of the duration."""
        return -(-self.total // 12) if self.total < 0 else self.total // 12

    @property
    def months(self) -> int:
        """Months beyond the whole years, with the sign of the duration."""
        return self.total - 12 * self.years

    def __str__(self) -> str:
        years, months = divmod(abs(self.total), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return ("-" if self.total < 0 else "") + "P" + (text or "0M")


Duration = timedelta | YearsMonths


def parse_date(text: str) -> Day | None:
    """The date that `text` spells, as `2026-03-10` or `-0044-03-15`; None if it is none."""
    match = _DATE_ONLY.fullmatch(text)
    return _date_of(match) if match else None


def parse_time(text: str) -> time | None:
    """The time of day that `text` spells, as `09:30:00`, `09:30:00Z`, `09:30:00@Asia/Shanghai`; None if it is none."""
    match = _TIME_ONLY.fullmatch(text)
    return _time_of(match) if match else None


def parse_date_time(text: str) -> Moment | None:
    """The date and time that `text` spells, as `2026-03-10T09:30:00+08:00`; a date alone means its midnight."""
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        day = parse_date(text)
        return make_moment(day, time()) if day else None
    found_date, found_time = _date_of(match), _time_of(match)
    if found_date is None or found_time is None:
        return None
    if match["hour"] == "24":
        following = _next_day(found_date)
        return make_moment(following, found_time) if following else None
    return make_moment(found_date, found_time)


def parse_duration(text: str) -> Duration | None:
    """The ISO 8601 duration that `text` spells: `P1Y6M`, `P3DT12H`, `-PT5M`, `P2W`; None if it is none.

    Years and months do not mix with days: their length in days differs.
    """
    if match := _MONTHS.fullmatch(text):
        sign, years, months = match.groups()
        total = 12 * int(years or 0) + int(months or 0)
        return YearsMonths(-total if sign else total)
    if match := _DAYS.fullmatch(text):
        sign, weeks, days, hours, minutes, seconds = match.groups()
        whole = ((int(weeks or 0) * 7 + int(days or 0)) * 24 + int(hours or 0)) * 60 + int(minutes or 0)
        try:
            length = timedelta(minutes=whole) + int(Decimal(seconds or 0) * 1_000_000) * _MICROSECOND
        except OverflowError:
            return None
        return -length if sign else length
    return None


def parse_temporal(text: str) -> Day | time | Moment | Duration | None:
    """What `@"..."` means: a date, date and time, time or duration; None if `text` is none of them."""
    for parse in (parse_date, parse_date_time, parse_time, parse_duration):
        value = parse(text)
        if value is not None:
            return value
    return None


def duration_text(duration: timedelta) -> str:
    """`duration` in ISO 8601, as `P3DT12H`."""
    if not duration:
        return "PT0S"
    minutes, left = divmod(abs(duration), timedelta(minutes=1))
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    seconds = f"{left.seconds}.{left.microseconds:06}".rstrip("0").rstrip(".") if left else ""
    clock_part = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    text = "P" + (f"{days}D" if days else "") + (f"T{clock_part}" if clock_part else "")
    return "-" + text if duration < timedelta() else text


def offset_of(value: Moment | time) -> timedelta | None:
    """How far the zone of `value` is from UTC; None without a zone, or where it depends on the day."""
    return value.utcoffset()


def zone_name(value: Moment | time) -> str | None:
    """The name of the zone of `value` in the IANA database, as `Asia/Shanghai`; None for a mere offset."""
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def since_midnight(value: time) -> timedelta:
    """The time since midnight, in UTC where `value` has a zone; one with a name has the offset of today."""
    length = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    if isinstance(value.tzinfo, ZoneInfo):
        return length - (datetime.combine(clock.today(), value).utcoffset() or timedelta())
    return length - (value.utcoffset() or timedelta())


def in_seconds(duration: timedelta) -> Decimal:
    """The length of `duration` in seconds."""
    return CONTEXT.divide(Decimal(duration // _MICROSECOND), Decimal(1_000_000))


def zone_text(value: Moment | time) -> str:
    """The zone of `value` as FEEL writes it: `Z`, `+08:00`, `@Asia/Shanghai`, or empty."""
    if isinstance(value.tzinfo, ZoneInfo):
        return f"@{value.tzinfo.key}"
    offset = offset_of(value)
    if offset is None:
        return ""
    if not offset:
        return "Z"
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"


def instant(value: datetime) -> datetime:
    """The instant of `value` in UTC, without a zone taken in the business time zone.

    Python compares and subtracts two times of one zone by their clocks, which is wrong where the clock was changed.
    """
    aware = value if value.tzinfo is not None else value.replace(tzinfo=clock.zone())
    return moved_to(UTC, aware)


def moved_to(zone: tzinfo, value: datetime) -> datetime:
    """The aware `value` in `zone`; as it is at the very ends of the calendar."""
    try:
        return value.astimezone(zone)
    except OverflowError:
        return value


def add_duration(moment: _Near, duration: Duration) -> _Near:
    """`moment` moved by `duration`; months keep the day of month, or take the month's last day.

    Raises FeelError outside the years 1 to 9999.
    """
    try:
        return _moved(moment, duration)
    except (OverflowError, ValueError) as error:
        raise FeelError(why="the date lies outside the calendar") from error


def months_between(start: Day, end: Day) -> YearsMonths:
    """The whole months from `start` to `end`, negative if `end` is earlier."""
    if end.toordinal() < start.toordinal():
        return YearsMonths(-months_between(end, start).total)
    months = (end.year - start.year) * 12 + end.month - start.month
    return YearsMonths(months - (end.day < start.day))


def _moved(moment: _Near, duration: Duration) -> _Near:
    if isinstance(duration, YearsMonths):
        return _in_month(moment, moment.year * 12 + moment.month - 1 + duration.total)
    if not isinstance(moment, datetime):
        return (datetime.combine(moment, time()) + duration).date()
    if moment.tzinfo is None:
        return moment + duration
    # A day is 24 hours also where the clock changes, so the sum is taken in UTC.
    return (moment.astimezone(UTC) + duration).astimezone(moment.tzinfo)


def _in_month(moment: _Near, month: int) -> _Near:
    year, index = divmod(month, 12)
    following = date(year + index // 11, (index + 1) % 12 + 1, 1) if (year, index) < (9999, 11) else None
    last = (following - timedelta(days=1)).day if following else 31
    return moment.replace(year=year, month=index + 1, day=min(moment.day, last))


def _date_of(match: re.Match[str]) -> Day | None:
    return None if match["year"] == "-0000" else make_day(*(int(match[part]) for part in ("year", "month", "day")))


def _next_day(day: Day) -> Day | None:
    following = make_day(day.year, day.month, day.day + 1) or make_day(day.year, day.month + 1, 1)
    return following or make_day(day.year + 1, 1, 1)


def _time_of(match: re.Match[str]) -> time | None:
    """The time of day; 24:00:00, the end of a day, is the midnight after it (XML Schema, part 2, 3.2.7)."""
    microsecond = int((match["fraction"] or "").ljust(6, "0")[:6])
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"])
    try:
        zone = _zone_of(match["zone"])
        return time(
            0 if (hour, minute, second, microsecond) == (24, 0, 0, 0) else hour, minute, second, microsecond, zone
        )
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return None


def _zone_of(text: str | None) -> tzinfo | None:
    """The zone written `Z`, `+08:00` or `@Asia/Shanghai`; raises ValueError, ZoneInfoNotFoundError or OSError."""
    if not text:
        return None
    if text in "Zz":
        return ZULU
    if text.startswith("@"):
        return ZoneInfo(text[1:])
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
    if offset > MAX_OFFSET or int(text[4:6]) > 59:
        raise ValueError(text)
    if not offset:
        return ZULU
    return timezone(-offset if text.startswith("-") else offset)
