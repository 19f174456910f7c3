"""Values as FEEL literals, which give the same value when they are read again: how variables are shown and edited."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from engine import feel
from engine.feel.text import quoted


def literal_text(value: Any) -> str:
    """`value` as a literal: `"text"`, `12.5`, `@"2026-03-01"`, `[1, 2]`, `{a: 1}`, `null`."""
    match value:
        case str():
            return quoted(value)
        case date() | time() | timedelta() | feel.YearsMonths():
            return f"@{quoted(feel.to_text(value))}"
        case list() | tuple():
            return f"[{', '.join(map(literal_text, value))}]"
        case Mapping():
            return f"{{{', '.join(f'{quoted(str(key))}: {literal_text(each)}' for key, each in value.items())}}}"
    return feel.to_text(value)
