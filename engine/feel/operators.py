"""Arithmetic over all kinds of values, and the properties of dates, times, durations and ranges.

What has no meaning gives null (DMN 1.4, sections 10.3.2.3 and 10.3.2.5, tables 45, 57 and 61).
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException

from engine.errors import FeelError
from engine.feel.budget import spend_text
from engine.feel.numbers import CONTEXT, calculate, whole
from engine.feel.temporal import YearsMonths, add_duration, offset_of, with_zone, zone_text
from engine.feel.types import Range, kind

_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)


def arithmetic(operator: str, left: object, right: object) -> object:
    """`left operator right` for `+ - * / **`."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return calculate(operator, left, right)
    if left is None or right is None:
        return None
    try:
        match operator:
            case "+":
                return _sum(left, right)
            case "-":
                return _difference(left, right)
            case "*":
                return _product(left, right)
            case "/":
                return _quotient(left, right)
    except (OverflowError, DecimalException, FeelError):
        return None
    return None


def negate(value: object) -> object:
    """`-value` of a number or duration."""
    if isinstance(value, Decimal):
        return CONTEXT.minus(value)
    if isinstance(value, YearsMonths):
        return YearsMonths(-value.total)
    return -value if isinstance(value, timedelta) else None


def _sum(left: object, right: object) -> object:
    match left, right:
        case str(), str():
            spend_text(len(left) + len(right))
            return left + right
        case (timedelta(), timedelta()):
            return left + right
        case (YearsMonths(), YearsMonths()):
            return YearsMonths(left.total + right.total)
        case (date(), timedelta() | YearsMonths()):
            return add_duration(left, right)
        case (timedelta() | YearsMonths(), date()):
            return add_duration(right, left)
        case (time(), timedelta()):
            return _time_moved(left, right)
        case (timedelta(), time()):
            return _time_moved(right, left)
    return None


def _difference(left: object, right: object) -> object:
    match left, right:
        case (datetime(), datetime()):
            return with_zone(left) - with_zone(right)
        case (date(), date()) if kind(left) == kind(right):
            return left - right
        case (time(), time()) if (left.tzinfo is None) == (right.tzinfo is None):
            return _since_midnight(left) - _since_midnight(right)
        case (_, timedelta() | YearsMonths()):
            return _sum(left, negate(right))
    return None


def _product(left: object, right: object) -> object:
    match left, right:
        case (Decimal(), timedelta() | YearsMonths()):
            return _scaled(right, left)
        case (timedelta() | YearsMonths(), Decimal()):
            return _scaled(left, right)
    return None


def _quotient(left: object, right: object) -> object:
    match left, right:
        case (timedelta() | YearsMonths(), Decimal()):
            return _scaled(left, CONTEXT.divide(Decimal(1), right)) if right else None
        case (timedelta(), timedelta()) if right:
            return CONTEXT.divide(Decimal(left // _MICROSECOND), Decimal(right // _MICROSECOND))
        case (YearsMonths(), YearsMonths()) if right.total:
            return CONTEXT.divide(Decimal(left.total), Decimal(right.total))
    return None


def _scaled(duration: timedelta | YearsMonths, factor: Decimal) -> object:
    if isinstance(duration, timedelta):
        parts = whole(CONTEXT.multiply(Decimal(duration // _MICROSECOND), factor).to_integral_value())
        return None if parts is None else timedelta(microseconds=parts)
    months = CONTEXT.multiply(Decimal(duration.total), factor)
    # A part of a month is cut off, after a third of a year times three came back to a whole.
    total = whole(months.quantize(Decimal("1e-9"), context=CONTEXT).to_integral_value("ROUND_DOWN"))
    return None if total is None else YearsMonths(total)


def _since_midnight(value: time) -> timedelta:
    clock_time = timedelta(
        hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
    )
    return clock_time - (offset_of(value) or timedelta())


def _time_moved(value: time, duration: timedelta) -> time:
    moved = (_since_midnight(value.replace(tzinfo=None)) + duration) % _DAY
    return (datetime.min + moved).time().replace(tzinfo=value.tzinfo)


_PropertyTable = dict[str, Callable[..., object]]

_DATE: _PropertyTable = {
    "year": lambda value: value.year,
    "month": lambda value: value.month,
    "day": lambda value: value.day,
    "weekday": lambda value: value.isoweekday(),
}
_TIME: _PropertyTable = {
    "hour": lambda value: value.hour,
    "minute": lambda value: value.minute,
    "second": lambda value: value.second,
    "time offset": offset_of,
    "timezone": lambda value: zone_text(value).removeprefix("@") or None,
}
_PROPERTIES: dict[str, _PropertyTable] = {
    "date": _DATE,
    "time": _TIME,
    "date and time": {**_DATE, **_TIME},
    "days and time duration": {
        "days": lambda value: _part(value, _DAY, None),
        "hours": lambda value: _part(value, timedelta(hours=1), 24),
        "minutes": lambda value: _part(value, timedelta(minutes=1), 60),
        "seconds": lambda value: _part(value, timedelta(seconds=1), 60),
    },
    "years and months duration": {"years": lambda value: value.years, "months": lambda value: value.months},
    "range": {
        "start": lambda value: value.low,
        "end": lambda value: value.high,
        "start included": lambda value: value.low_included,
        "end included": lambda value: value.high_included,
    },
}


def property_of(value: object, name: str) -> object:
    """The property `name` of a date, time, duration or range, as `year`; null if there is none."""
    read = _PROPERTIES.get(kind(value), {}).get(name)
    found = read(value) if read else None
    return Decimal(found) if type(found) is int else found


def _part(duration: timedelta, unit: timedelta, modulus: int | None) -> int:
    count = abs(duration) // unit
    count = count % modulus if modulus else count
    return -count if duration < timedelta() else count


def numbers_in(bounds: Range) -> range | None:
    """The whole numbers from one end of a range to the other, also downwards; None if its ends are no such numbers."""
    if not (isinstance(bounds.low, Decimal) and isinstance(bounds.high, Decimal)):
        return None
    first, last = whole(bounds.low), whole(bounds.high)
    if first is None or last is None:
        return None
    step = 1 if first <= last else -1
    return range(first if bounds.low_included else first + step, last + step if bounds.high_included else last, step)
