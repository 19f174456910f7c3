"""Writes values as FEEL does (DMN 1.4, section 10.3.4.1, `string`)."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal

from engine.feel.budget import descend, spend, spend_text
from engine.feel.numbers import number_text
from engine.feel.temporal import duration_text, zone_text
from engine.feel.types import Range
from engine.feel.values import known

_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


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
    return text if text.isidentifier() else quoted(text)


def _scalar(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return number_text(value)
        case timedelta():
            return duration_text(value)
        case datetime() | time():
            return value.replace(tzinfo=None).isoformat() + zone_text(value)
    return str(value)
