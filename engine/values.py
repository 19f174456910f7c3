"""Typed values as JSON bytes and back: what variables, drafts, payloads and history values are stored as.

Numbers, dates and durations keep their exact type. A tagged value is an object with the key `$`; an object of a
person's own that has that key is tagged itself, so no text that anybody types can pose as another type.
"""

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from engine.errors import InvalidInput
from engine.feel import YearsMonths

#: Levels of lists and objects inside each other; tags at most double them, and JSON is written to 254 levels.
MAX_DEPTH = 100

_TAG = "$"
_INT_RANGE = range(-(2**63), 2**63)


class NotStorable(InvalidInput):
    """A value of the type {type} cannot be stored; use text, numbers, dates, durations, lists and contexts."""


class TooDeep(NotStorable):
    """Lists and contexts lie too deep inside each other: more than {levels} levels cannot be stored."""


def dumps(value: Any) -> bytes:
    """`value` as JSON bytes.

    Takes None, bool, str, int, float, Decimal, date, time, datetime, timedelta, YearsMonths, and lists, tuples (which
    become lists) and mappings with text keys of these. Raises NotStorable for anything else.
    """
    try:
        return orjson.dumps(_plain(value, MAX_DEPTH))
    except orjson.JSONEncodeError as error:  # half a character, as a broken client can send
        raise NotStorable(type="broken text") from error


def loads(stored: bytes) -> Any:
    """The value that `dumps` wrote; raises ValueError for anything else."""
    return _typed(orjson.loads(stored))


def loads_item(stored: bytes, key: str) -> Any:
    """The value at `key` of the mapping that `dumps` wrote, None without one: the others are not made anew."""
    plain = orjson.loads(stored)
    return loads(stored).get(key) if _TAG in plain else _typed(plain.get(key))


def _plain(value: Any, depth: int) -> Any:
    if write := _WRITERS.get(type(value)):
        return write(value)
    if not depth:
        raise TooDeep(levels=MAX_DEPTH)
    if isinstance(value, Mapping):
        return _plain_mapping(value, depth - 1)
    if isinstance(value, list | tuple):
        return [_plain(item, depth - 1) for item in value]
    if isinstance(value, str):
        return str.__str__(value)
    raise NotStorable(type=type(value).__name__)


def _plain_mapping(value: Mapping[Any, Any], depth: int) -> dict[str, Any]:
    plain = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotStorable(type=f"context key {type(key).__name__}")
        plain[key] = _plain(item, depth)
    return {_TAG: "context", "v": plain} if _TAG in plain else plain


def _plain_int(value: int) -> Any:
    return value if value in _INT_RANGE else {_TAG: "int", "v": str(value)}


def _plain_float(value: float) -> Any:
    """JSON has no infinity and no NaN."""
    return value if math.isfinite(value) else {_TAG: "float", "v": str(value)}


def _plain_datetime(value: datetime) -> dict[str, Any]:
    if isinstance(value.tzinfo, ZoneInfo):
        return {
            _TAG: "datetime",
            "v": value.replace(tzinfo=None).isoformat(),
            "zone": value.tzinfo.key,
            "fold": value.fold,
        }
    return {_TAG: "datetime", "v": value.isoformat()}


def _plain_time(value: time) -> dict[str, Any]:
    if isinstance(value.tzinfo, ZoneInfo):
        return {_TAG: "time", "v": value.replace(tzinfo=None).isoformat(), "zone": value.tzinfo.key}
    return {_TAG: "time", "v": value.isoformat()}


def _same(value: Any) -> Any:
    return value


_WRITERS: dict[type, Callable[[Any], Any]] = {
    type(None): _same,
    bool: _same,
    str: _same,
    int: _plain_int,
    float: _plain_float,
    Decimal: lambda value: {_TAG: "decimal", "v": str(value)},
    date: lambda value: {_TAG: "date", "v": value.isoformat()},
    datetime: _plain_datetime,
    time: _plain_time,
    timedelta: lambda value: {_TAG: "duration", "v": [value.days, value.seconds, value.microseconds]},
    YearsMonths: lambda value: {_TAG: "months", "v": value.total},
}


def _typed(plain: Any) -> Any:
    if isinstance(plain, list):
        return [_typed(item) for item in plain]
    if not isinstance(plain, dict):
        return plain
    tag = plain.get(_TAG)
    if tag is None:
        return {key: _typed(item) for key, item in plain.items()}
    if tag not in _READERS:
        raise ValueError(f"unknown type {tag!r} in a stored value")
    return _READERS[tag](plain)


def _zoned_datetime(plain: dict[str, Any]) -> datetime:
    value = datetime.fromisoformat(plain["v"])
    return value.replace(tzinfo=ZoneInfo(plain["zone"]), fold=plain["fold"]) if "zone" in plain else value


def _zoned_time(plain: dict[str, Any]) -> time:
    value = time.fromisoformat(plain["v"])
    return value.replace(tzinfo=ZoneInfo(plain["zone"])) if "zone" in plain else value


_READERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "int": lambda plain: int(plain["v"]),
    "float": lambda plain: float(plain["v"]),
    "decimal": lambda plain: Decimal(plain["v"]),
    "date": lambda plain: date.fromisoformat(plain["v"]),
    "datetime": _zoned_datetime,
    "time": _zoned_time,
    "duration": lambda plain: timedelta(*plain["v"]),
    "months": lambda plain: YearsMonths(plain["v"]),
    "context": lambda plain: {key: _typed(item) for key, item in plain["v"].items()},
}
