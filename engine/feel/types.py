"""Kinds of values: which of FEEL's types a value has, and `instance of` (DMN 1.4, section 10.3.2.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.feel.temporal import YearsMonths


@dataclass(frozen=True, slots=True)
class Range:
    """All values from `low` to `high`, of the same kind; null as an end means unbounded."""

    low: object
    high: object
    low_included: bool = True
    high_included: bool = True


_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    date: "date",
    time: "time",
    datetime: "date and time",
    timedelta: "days and time duration",
    YearsMonths: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
}
#: Names that may stand after `instance of`.
TYPES = frozenset({*_KINDS.values(), "Any", "function"}) - {"null"} | {"Null"}
ORDERED = frozenset(
    {"number", "string", "date", "time", "date and time", "days and time duration", "years and months duration"}
)


def kind(value: object) -> str:
    """The name of the FEEL type of `value`; `null` for null, empty for what is no FEEL value."""
    found = _KINDS.get(type(value))
    if found is not None:
        return found
    return "context" if isinstance(value, Mapping) else ""


def is_instance(value: object, type_name: str) -> bool:
    """Whether `value` is of the type `type_name`, as `number` or `list<number>`; null is of type `Null` only."""
    if type_name.startswith("list<"):
        return isinstance(value, list) and all(is_instance(item, type_name[5:-1]) for item in value)
    if type_name.startswith("range<"):
        return isinstance(value, Range) and kind(value.low if value.low is not None else value.high) == type_name[6:-1]
    if value is None or type_name == "Null":
        return value is None and type_name == "Null"
    return type_name in ("Any", kind(value))
