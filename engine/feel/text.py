"""Writes values as FEEL does (DMN 1.5, section 10.3.4.1, `string`)."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal

from engine.feel.budget import descend, spend, spend_text
from engine.feel.eras import FarDateTime, Moment
from engine.feel.lexer import is_plain
from engine.feel.numbers import number_text
from engine.feel.temporal import duration_text, zone_text
from engine.feel.types import Function, Range
from engine.feel.values import known

_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_WORDS = {None: "null", True: "true", False: "false"}


def to_text(value: object) -> str:
    """`value` as text, as `string()` gives it: `1.5`, `true`, `2026-03-10`, `P1D`, `[1, "a"]`, `{a: 1}`, `null`."""
    text = value if isinstance(value, str) else _nested(known(value), 0)
    spend_text(len(text))
    return text


def quoted(text: str) -> str:
    """`text` as a literal of the language, with quotes and escapes."""
    return f'"{text.translate(_ESCAPED)}"'


def _nested(value: object, depth: int) -> str:
    match value:
        case str():
            return quoted(value)
        case list():
            spend(len(value))
            below = descend(depth)
            text = f"[{', '.join(_nested(known(item), below) for item in value)}]"
        case Mapping():
            spend(len(value))
            below = descend(depth)
            entries = (f"{_key(key)}: {_nested(known(item), below)}" for key, item in value.items())
            text = f"{{{', '.join(entries)}}}"
        case Range():
            low, high = (_nested(end, descend(depth)) if end is not None else "" for end in (value.low, value.high))
            text = f"{'[' if value.low_included else '('}{low}..{high}{']' if value.high_included else ')'}"
        case _:
            return _scalar(value)
    spend_text(len(text))
    return text


def _key(key: object) -> str:
    text = str(key)
    return text if is_plain(text) else quoted(text)


def _clock_time(value: Moment | time) -> str:
    if isinstance(value, FarDateTime):
        return f"{value.day}T{_clock_time(value.time)}"
    text = value.replace(tzinfo=None).isoformat()
    return text.rstrip("0") if value.microsecond else text


def _scalar(value: object) -> str:
    match value:
        case None | bool():
            return _WORDS[value]
        case Decimal():
            return number_text(value)
        case timedelta():
            return duration_text(value)
        case Function():
            return "function"
        case datetime() | time() | FarDateTime():
            return _clock_time(value) + zone_text(value)
    return str(value)
