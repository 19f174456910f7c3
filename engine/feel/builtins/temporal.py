"""Making dates, times and durations, and the functions on them (DMN 1.4, sections 10.3.4.1, 10.3.4.8 and 10.3.4.12)."""

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal

from engine import clock
from engine.feel.builtins.table import DATE, DATE_TIME, DAYS, NUMBER, STRING, TIME, Table
from engine.feel.numbers import CONTEXT, whole
from engine.feel.temporal import months_between, parse_date, parse_date_time, parse_duration, parse_time

TABLE = Table()

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAY_LENGTH = timedelta(days=1)


@TABLE.add("now")
def _now() -> object:
    return clock.now().astimezone(clock.zone())


@TABLE.add("today")
def _today() -> object:
    return clock.today()


@TABLE.add("date", (STRING, DATE, DATE_TIME, NUMBER), NUMBER, NUMBER, least=1)
def _date(value: object, month: Decimal | None = None, day: Decimal | None = None) -> object:
    if isinstance(value, Decimal) or month is not None:
        return _built(value, month, day)
    if isinstance(value, str):
        return parse_date(value)
    return value.date() if isinstance(value, datetime) else value


@TABLE.add("time", (STRING, TIME, DATE, DATE_TIME, NUMBER), NUMBER, NUMBER, DAYS, least=1)
def _time(
    value: object, minute: Decimal | None = None, second: Decimal | None = None, offset: timedelta | None = None
) -> object:
    if isinstance(value, Decimal) or minute is not None:
        return _built_time(value, minute, second, offset)
    if isinstance(value, str):
        return parse_time(value)
    if isinstance(value, datetime):
        return value.timetz()
    return value if isinstance(value, time) else time()


@TABLE.add("date and time", (STRING, DATE, DATE_TIME), TIME, least=1)
def _date_and_time(value: object, at: time | None = None) -> object:
    match value:
        case str() if at is None:
            return parse_date_time(value)
        case date() if at is not None:
            return datetime.combine(value.date() if isinstance(value, datetime) else value, at)
        case datetime():
            return value
        case date():
            return datetime.combine(value, time())
    return None


@TABLE.add("duration", (STRING, DAYS, "years and months duration"))
def _duration(value: object) -> object:
    return parse_duration(value) if isinstance(value, str) else value


@TABLE.add("years and months duration", (DATE, DATE_TIME), (DATE, DATE_TIME))
def _years_and_months_duration(start: date, end: date) -> object:
    first = start.date() if isinstance(start, datetime) else start
    return months_between(first, end.date() if isinstance(end, datetime) else end)


@TABLE.add("day of week", (DATE, DATE_TIME))
def _day_of_week(value: date) -> object:
    return _DAYS[value.weekday()]


@TABLE.add("month of year", (DATE, DATE_TIME))
def _month_of_year(value: date) -> object:
    return _MONTHS[value.month - 1]


@TABLE.add("day of year", (DATE, DATE_TIME))
def _day_of_year(value: date) -> object:
    return Decimal(value.timetuple().tm_yday)


@TABLE.add("week of year", (DATE, DATE_TIME))
def _week_of_year(value: date) -> object:
    return Decimal(value.isocalendar().week)


def _built(*parts: object) -> date | None:
    numbers = [whole(part) for part in parts if isinstance(part, Decimal)]
    try:
        year, month, day = (-1 if number is None else number for number in numbers)
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _built_time(hour: object, minute: object, second: object, offset: timedelta | None) -> time | None:
    if not (isinstance(hour, Decimal) and isinstance(minute, Decimal) and isinstance(second, Decimal)):
        return None
    numbers = [whole(number) for number in (hour, minute, CONTEXT.multiply(second, Decimal(1_000_000)))]
    try:
        zone: tzinfo | None = None if offset is None else timezone(offset)
        hours, minutes, microseconds = (-1 if number is None else number for number in numbers)
        return time(hours, minutes, microseconds // 1_000_000, microseconds % 1_000_000, zone)
    except (ValueError, OverflowError):
        return None
