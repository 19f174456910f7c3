"""Making dates, times and durations, and the functions on them (DMN 1.5, sections 10.3.4.1, 10.3.4.8 and 10.3.4.11)."""

from datetime import datetime, time, timedelta, timezone, tzinfo
from decimal import ROUND_DOWN, Decimal

from engine import clock
from engine.feel.builtins.table import Table
from engine.feel.eras import Day, FarDateTime, Moment, day_of, make_day, make_moment, near, time_of
from engine.feel.numbers import whole
from engine.feel.temporal import (
    MAX_OFFSET,
    ZULU,
    months_between,
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)

TABLE = Table()

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@TABLE.add("now()")
def _now() -> object:
    return clock.now().astimezone(clock.zone())


@TABLE.add("today()")
def _today() -> object:
    return clock.today()


@TABLE.add("date(from: string|date|date and time)")
def _date(value: str | Day | Moment) -> object:
    return parse_date(value) if isinstance(value, str) else day_of(value)


@TABLE.add("date(year: number, month: number, day: number)")
def _date_of(*parts: Decimal) -> object:
    year, month, day = map(whole, parts)
    return None if year is None or month is None or day is None else make_day(year, month, day)


@TABLE.add("time(from: string|time|date|date and time)")
def _time(value: str | time | Day | Moment) -> object:
    if isinstance(value, str):
        return parse_time(value)
    if isinstance(value, datetime | FarDateTime):
        return time_of(value)
    # A date is its midnight in UTC where a date and time is needed (section 10.3.2.9.4).
    return value if isinstance(value, time) else time(tzinfo=ZULU)


@TABLE.add("time(hour: number, minute: number, second: number, offset?: days and time duration|null)")
def _time_of(hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None) -> object:
    numbers = [whole(hour), whole(minute), whole(second.scaleb(6).to_integral_value(ROUND_DOWN))]
    if offset is not None and abs(offset) > MAX_OFFSET:
        return None
    try:
        zone: tzinfo | None = None if offset is None else timezone(offset)
        hours, minutes, microseconds = (-1 if number is None else number for number in numbers)
        return time(hours, minutes, microseconds // 1_000_000, microseconds % 1_000_000, zone)
    except (ValueError, OverflowError):
        return None


@TABLE.add("date and time(from: string|date|date and time)")
def _date_and_time(value: str | Day | Moment) -> object:
    if isinstance(value, str):
        return parse_date_time(value)
    return value if isinstance(value, datetime | FarDateTime) else make_moment(value, time())


@TABLE.add("date and time(date: date|date and time, time: time)")
def _date_and_time_of(day: Day | Moment, at: time) -> object:
    return make_moment(day_of(day), at)


@TABLE.add("duration(from: string|days and time duration|years and months duration)")
def _duration(value: object) -> object:
    return parse_duration(value) if isinstance(value, str) else value


@TABLE.add("years and months duration(from: date|date and time, to: date|date and time)")
def _years_and_months_duration(start: Day | Moment, end: Day | Moment) -> object:
    return months_between(day_of(start), day_of(end))


@TABLE.add("day of week(date: date|date and time)")
def _day_of_week(value: Day | Moment) -> object:
    return _DAYS[near(value).weekday()]


@TABLE.add("month of year(date: date|date and time)")
def _month_of_year(value: Day | Moment) -> object:
    return _MONTHS[near(value).month - 1]


@TABLE.add("day of year(date: date|date and time)")
def _day_of_year(value: Day | Moment) -> object:
    return Decimal(near(value).timetuple().tm_yday)


@TABLE.add("week of year(date: date|date and time)")
def _week_of_year(value: Day | Moment) -> object:
    return Decimal(near(value).isocalendar().week)
