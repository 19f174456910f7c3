"""Arithmetic over all kinds of values, and what a range counts.

What has no meaning gives null (DMN 1.5, section 10.3.2).
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal, DecimalException

from engine import clock
from engine.errors import FeelBudgetExceeded, FeelError
from engine.feel.budget import spend_text
from engine.feel.eras import (
    Day,
    FarDate,
    FarDateTime,
    Moment,
    make_moment,
    microseconds,
)
from engine.feel.numbers import CONTEXT, calculate, whole
from engine.feel.temporal import (
    Duration,
    YearsMonths,
    add_duration,
    since_midnight,
)
from engine.feel.types import Range, kind

_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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


def _moved(moment: Day | Moment, duration: Duration) -> date | None:
    return None if isinstance(moment, FarDate | FarDateTime) else add_duration(moment, duration)


def _moved_back(moment: Day | Moment, duration: Duration) -> date | None:
    return _moved(moment, YearsMonths(-duration.total) if isinstance(duration, YearsMonths) else -duration)


def _joined(left: str, right: str) -> str:
    spend_text(len(left) + len(right))
    return left + right


def _times_between(end: time, start: time) -> timedelta | None:
    if (end.tzinfo is None) != (start.tzinfo is None):
        return None
    return since_midnight(end) - since_midnight(start)


def _days_between(end: Day, start: Day) -> timedelta:
    return timedelta(days=end.toordinal() - start.toordinal())


def _moments_between(end: Day | Moment, start: Day | Moment) -> timedelta | None:
    """A date counts as its midnight in UTC; null where only one of the two has a zone."""
    last, first = (
        moment if isinstance(moment, datetime | FarDateTime) else make_moment(moment, time(tzinfo=UTC))
        for moment in (end, start)
    )
    if (last.tzinfo is None) != (first.tzinfo is None):
        return None
    return timedelta(microseconds=microseconds(last, clock.zone()) - microseconds(first, clock.zone()))


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


def _time_moved(value: time, duration: timedelta) -> time:
    moved = (since_midnight(value.replace(tzinfo=None)) + duration) % _DAY
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
    **{(moment, "+", length): _moved for moment in (_DATE, _DATE_TIME) for length in (_DAYS, _MONTHS)},
    **{
        (length, "+", moment): lambda left, right: _moved(right, left)
        for moment in (_DATE, _DATE_TIME)
        for length in (_DAYS, _MONTHS)
    },
    **{(moment, "-", length): _moved_back for moment in (_DATE, _DATE_TIME) for length in (_DAYS, _MONTHS)},
    (_TIME, "+", _DAYS): _time_moved,
    (_DAYS, "+", _TIME): lambda left, right: _time_moved(right, left),
    (_TIME, "-", _DAYS): lambda left, right: _time_moved(left, -right),
    (_TIME, "-", _TIME): _times_between,
    (_DATE, "-", _DATE): _days_between,
    **{
        (end, "-", start): _moments_between
        for end, start in ((_DATE_TIME,) * 2, (_DATE, _DATE_TIME), (_DATE_TIME, _DATE))
    },
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


def members(bounds: Range) -> Iterator[object] | None:
    """The whole numbers or days from one end of a range to the other, also downwards; None for any other range."""
    low, high = bounds.low, bounds.high
    make: Callable[[int], object] = Decimal
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        first, last = whole(low), whole(high)
    elif type(low) is date and type(high) is date:
        first, last, make = low.toordinal(), high.toordinal(), date.fromordinal
    else:
        return None
    if first is None or last is None:
        return None
    step = 1 if first <= last else -1
    steps = range(first, last + step, step)
    return map(make, steps[not bounds.low_included : len(steps) - (not bounds.high_included)])
