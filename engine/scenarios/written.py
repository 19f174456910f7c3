"""Values as scenarios write them: moments, durations, FEEL."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from engine import clock, feel
from engine.errors import InvalidInput

#: The beginning of a date, or of a date with a time.
_DATED = re.compile(r"\d{4}-\d\d-\d\d")


def moment(value: Any) -> datetime:
    """An ISO moment; without a zone, that of the business. Raises InvalidInput."""
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as error:
        raise InvalidInput(why=f"“{value}” is not a moment like 2026-03-10T14:00") from error
    return found if found.tzinfo else found.replace(tzinfo=clock.zone())


def duration(text: Any) -> timedelta:
    """An ISO duration of days and time. Raises InvalidInput."""
    found = feel.parse_duration(str(text))
    if not isinstance(found, timedelta):
        raise InvalidInput(why=f"“{text}” is not a duration like P3D or PT2H")
    return found


def typed_map(values: Mapping[str, Any]) -> dict[str, Any]:
    """`typed` for every value."""
    return {str(name): typed(value) for name, value in values.items()}


def typed(value: Any) -> Any:
    """YAML values as FEEL's: numbers as decimals, texts that are ISO moments or dates as such, `=…` as FEEL."""
    if isinstance(value, datetime):
        return moment(value)
    if value is None or isinstance(value, bool | date):
        return value
    if isinstance(value, int | float):
        return Decimal(str(value))
    if isinstance(value, Mapping):
        return typed_map(value)
    if isinstance(value, list):
        return [typed(item) for item in value]
    return _text(str(value))


def _text(text: str) -> Any:
    if text.startswith("="):
        return feel.evaluate(text, {})
    if not _DATED.match(text):
        return text
    try:
        return date.fromisoformat(text) if len(text) == 10 else moment(text)
    except (ValueError, InvalidInput):
        return text


def times(moments: Iterable[datetime]) -> str:
    """Moments for people, in the business time zone."""
    return ", ".join(f"{each.astimezone(clock.zone()):%Y-%m-%d %H:%M}" for each in moments) or "never"
