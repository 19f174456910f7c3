"""The properties of dates, times, durations and ranges (DMN 1.5, section 10.3.2)."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from engine import clock
from engine.feel.eras import Day, FarDateTime, Moment, day_of, microseconds, near, time_of
from engine.feel.numbers import CONTEXT
from engine.feel.temporal import in_seconds, offset_of, since_midnight, zone_name
from engine.feel.types import kind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _value_of(moment: Day | Moment) -> Decimal:
    """Seconds since the beginning of 1970 in UTC, where a date begins (section 10.3.2.3.5 and .6)."""
    if isinstance(moment, datetime | FarDateTime):
        since = microseconds(moment, clock.zone()) - microseconds(_EPOCH, UTC)
        return CONTEXT.divide(Decimal(since), Decimal(1_000_000))
    return Decimal(86_400) * (moment.toordinal() - _EPOCH.toordinal())


def _time(value: time | Moment) -> time:
    return value if isinstance(value, time) else time_of(value)


_PropertyTable = dict[str, Callable[..., object]]

_OF_DATE: _PropertyTable = {
    "year": lambda value: day_of(value).year,
    "month": lambda value: day_of(value).month,
    "day": lambda value: day_of(value).day,
    "weekday": lambda value: near(value).isoweekday(),
    "value": _value_of,
}
_OF_TIME: _PropertyTable = {
    "hour": lambda value: _time(value).hour,
    "minute": lambda value: _time(value).minute,
    "second": lambda value: _time(value).second,
    "time offset": offset_of,
    "timezone": zone_name,
    "value": lambda value: in_seconds(since_midnight(value)),
}
_PROPERTIES: dict[str, _PropertyTable] = {
    "date": _OF_DATE,
    "time": _OF_TIME,
    "date and time": {**_OF_DATE, **_OF_TIME, "value": _value_of},
    "days and time duration": {
        "days": lambda value: _part(value, timedelta(days=1), None),
        "hours": lambda value: _part(value, timedelta(hours=1), 24),
        "minutes": lambda value: _part(value, timedelta(minutes=1), 60),
        "seconds": lambda value: _part(value, timedelta(seconds=1), 60),
        "value": in_seconds,
    },
    "years and months duration": {
        "years": lambda value: value.years,
        "months": lambda value: value.months,
        "value": lambda value: value.total,
    },
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
