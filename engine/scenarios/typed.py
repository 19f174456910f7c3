"""What YAML says, as FEEL's values."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from engine import clock, feel
from engine.errors import InvalidInput

#: The beginning of a date, or of a date with a time.
_DATED = re.compile(r"\d{4}-\d\d-\d\d")


def moment_of(value: Any) -> datetime:
    """An aware moment; without a zone it is one of the business time zone. Raises InvalidInput."""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as error:
        raise InvalidInput(why=f"“{value}” is not a moment like 2026-03-10T14:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.zone())


def duration_of(text: Any) -> timedelta:
    """A length of time like P3D. Raises InvalidInput."""
    duration = feel.parse_duration(str(text))
    if not isinstance(duration, timedelta):
        raise InvalidInput(why=f"“{text}” is not a duration like P3D or PT2H")
    return duration


def typed_map(values: Mapping[str, Any]) -> dict[str, Any]:
    """`typed` for every value."""
    return {str(name): typed(value) for name, value in values.items()}


def typed(value: Any) -> Any:
    """YAML values as FEEL's: numbers as decimals, texts that are ISO moments or dates as such, `=…` as FEEL."""
    if isinstance(value, datetime):
        return moment_of(value)
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
        return date.fromisoformat(text) if len(text) == 10 else moment_of(text)
    except (ValueError, InvalidInput):
        return text
