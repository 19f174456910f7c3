"""Arithmetic over all kinds of values, and the properties of dates, times, durations and ranges.

What has no meaning gives null (DMN 1.4, sections 10.3.2.3 and 10.3.2.5, tables 45, 57 and 61).
"""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import ROUND_DOWN, Decimal, DecimalException

from engine.errors import FeelBudgetExceeded, FeelError
from engine.feel.budget import spend_text
from engine.feel.numbers import CONTEXT, calculate, whole
from engine.feel.temporal import Duration, YearsMonths, add_duration, instant, offset_of, zone_text
from engine.feel.types import Range, kind

_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)


def arithmetic(operator: str, left: object, right: object) -> object:
    """`left operator right` for `+ - * / **`."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return calculate(operator, left, right)
    operation = _OPERATIONS.get((kind(left), operator, kind(right)))
    if operation is None:
        return None
    try:
        return operation(left, right)
    except (OverflowError, DecimalException, FeelError) as error:
        if isinstance(error, FeelBudgetExceeded):
            raise
        return None


def negate(value: object) -> object:
    """`-value` of a number or duration."""
    if isinstance(value, Decimal):
        return CONTEXT.minus(value)
    if isinstance(value, YearsMonths):
        return YearsMonths(-value.total)
    return -value if isinstance(value, timedelta) else None


def _moved_back(moment: date, duration: Duration) -> date:
    back = YearsMonths(-duration.total) if isinstance(duration, YearsMonths) else -duration
    return add_duration(moment, back)


def _joined(left: str, right: str) -> str:
    spend_text(len(left) + len(right))
    return left + right


def _times_between(end: time, start: time) -> timedelta | None:
    if (end.tzinfo is None) != (start.tzinfo is None):
        return None
    return _since_midnight(end) - _since_midnight(start)


def _days_scaled(duration: timedelta, factor: Decimal) -> timedelta | None:
    parts = whole(CONTEXT.multiply(Decimal(duration // _MICROSECOND), factor).to_integral_value())
    return None if parts is None else timedelta(microseconds=parts)


def _months_scaled(duration: YearsMonths, factor: Decimal) -> YearsMonths | None:
    # Three times a third of a year is a year again: only then is what remains of a month cut off.
    months = CONTEXT.multiply(Decimal(duration.total), factor).quantize(Decimal("1e-9"), context=CONTEXT)
    total = whole(months.to_integral_value(ROUND_DOWN))
    return None if total is None else YearsMonths(total)


def _inverse(divisor: Decimal) -> Decimal:
    return CONTEXT.divide(Decimal(1), divisor)


def _since_midnight(value: time) -> timedelta:
    clock_time = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    return clock_time - (offset_of(value) or timedelta())


def _time_moved(value: time, duration: timedelta) -> time:
    moved = (_since_midnight(value.replace(tzinfo=None)) + duration) % _DAY
    hours, rest = divmod(moved, timedelta(hours=1))
    minutes, rest = divmod(rest, timedelta(minutes=1))
    return time(hours, minutes, rest.seconds, rest.microseconds, value.tzinfo)


_DATE, _TIME, _DATE_TIME = "date", "time", "date and time"
_DAYS, _MONTHS, _NUMBER = "days and time duration", "years and months duration", "number"

#: kind of the left side, operator, kind of the right side → what it does.
_OPERATIONS: dict[tuple[str, str, str], Callable[..., object]] = {
    ("string", "+", "string"): _joined,
    (_DAYS, "+", _DAYS): lambda left, right: left + right,
    (_DAYS, "-", _DAYS): lambda left, right: left - right,
    (_MONTHS, "+", _MONTHS): lambda left, right: YearsMonths(left.total + right.total),
    (_MONTHS, "-", _MONTHS): lambda left, right: YearsMonths(left.total - right.total),
    **{(moment, "+", length): add_duration for moment in (_DATE, _DATE_TIME) for length in (_DAYS, _MONTHS)},
    **{
        (length, "+", moment): lambda left, right: add_duration(right, left)
        for moment in (_DATE, _DATE_TIME)
        for length in (_DAYS, _MONTHS)
    },
    **{(moment, "-", length): _moved_back for moment in (_DATE, _DATE_TIME) for length in (_DAYS, _MONTHS)},
    (_TIME, "+", _DAYS): _time_moved,
    (_DAYS, "+", _TIME): lambda left, right: _time_moved(right, left),
    (_TIME, "-", _DAYS): lambda left, right: _time_moved(left, -right),
    (_TIME, "-", _TIME): _times_between,
    (_DATE, "-", _DATE): lambda left, right: left - right,
    (_DATE_TIME, "-", _DATE_TIME): lambda left, right: instant(left) - instant(right),
    (_DAYS, "*", _NUMBER): _days_scaled,
    (_NUMBER, "*", _DAYS): lambda left, right: _days_scaled(right, left),
    (_DAYS, "/", _NUMBER): lambda left, right: _days_scaled(left, _inverse(right)),
    (_DAYS, "/", _DAYS): lambda left, right: CONTEXT.divide(
        Decimal(left // _MICROSECOND), Decimal(right // _MICROSECOND)
    ),
    (_MONTHS, "*", _NUMBER): _months_scaled,
    (_NUMBER, "*", _MONTHS): lambda left, right: _months_scaled(right, left),
    (_MONTHS, "/", _NUMBER): lambda left, right: _months_scaled(left, _inverse(right)),
    (_MONTHS, "/", _MONTHS): lambda left, right: CONTEXT.divide(Decimal(left.total), Decimal(right.total)),
}

_PropertyTable = dict[str, Callable[..., object]]

_OF_DATE: _PropertyTable = {
    "year": lambda value: value.year,
    "month": lambda value: value.month,
    "day": lambda value: value.day,
    "weekday": lambda value: value.isoweekday(),
}
_OF_TIME: _PropertyTable = {
    "hour": lambda value: value.hour,
    "minute": lambda value: value.minute,
    "second": lambda value: value.second,
    "time offset": offset_of,
    "timezone": lambda value: zone_text(value).removeprefix("@") or None,
}
_PROPERTIES: dict[str, _PropertyTable] = {
    _DATE: _OF_DATE,
    _TIME: _OF_TIME,
    _DATE_TIME: {**_OF_DATE, **_OF_TIME},
    _DAYS: {
        "days": lambda value: _part(value, _DAY, None),
        "hours": lambda value: _part(value, timedelta(hours=1), 24),
        "minutes": lambda value: _part(value, timedelta(minutes=1), 60),
        "seconds": lambda value: _part(value, timedelta(seconds=1), 60),
    },
    _MONTHS: {"years": lambda value: value.years, "months": lambda value: value.months},
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
