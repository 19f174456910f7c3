"""Values of FEEL: taking them in and giving them back, equality and order (DMN 1.5, section 10.3.2).

A context may be any Mapping and is read by key only when needed, so numbers inside it are converted when read.
"""

import math
import operator as operators
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine import clock
from engine.feel.budget import descend, spend, spend_text
from engine.feel.eras import FarDate, FarDateTime, microseconds
from engine.feel.numbers import CONTEXT
from engine.feel.temporal import YearsMonths, instant, moved_to, since_midnight
from engine.feel.types import ORDERED, Function, Range, kind

_ORDERS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
}
#: Types whose values are taken as they are.
_PLAIN = frozenset({bool, type(None), str, date, time, timedelta, YearsMonths, Range, FarDate, FarDateTime})
#: Whole numbers below this have no more than 34 digits.
_EXACT = 10**34


def from_python(value: object, depth: int = 0) -> object:
    """`value` as FEEL sees it: int and float as Decimal, tuple as list; what FEEL cannot know is null."""
    cls = type(value)
    if cls in _PLAIN:
        return value
    if cls is int:
        return Decimal(value) if -_EXACT < value < _EXACT else CONTEXT.create_decimal(value)  # type: ignore[operator,arg-type]
    if cls is Decimal:
        return value if value.is_finite() else None  # type: ignore[attr-defined]
    if cls is list or cls is tuple:
        return _list(value, depth)  # type: ignore[arg-type]
    if isinstance(value, Mapping | Function):
        return value
    return _scalar(value)


def _list(values: list[object] | tuple[object, ...], depth: int) -> list[object]:
    spend(len(values))
    below = descend(depth)
    return [from_python(item, below) for item in values]


def _scalar(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if isinstance(value, int):
        return CONTEXT.create_decimal(int(value))
    if isinstance(value, float):
        return CONTEXT.create_decimal(repr(float(value))) if math.isfinite(value) else None
    return str.__str__(value) if isinstance(value, str) else None


def in_business_zone(value: Any) -> Any:
    """`value` with its instants in UTC, as databases and programs keep them, moved to where their day and hour count.

    Lists and plain dictionaries are looked through; they come back as they are when nothing in them moves.
    """
    cls = type(value)
    if cls is datetime:
        return moved_to(clock.zone(), value) if value.tzinfo is UTC else value
    if cls is list:
        moved = [in_business_zone(item) for item in value]
        return value if all(map(operators.is_, moved, value)) else moved
    if cls is dict:
        inner = {key: in_business_zone(item) for key, item in value.items()}
        return value if all(inner[key] is value[key] for key in value) else inner
    return value


def known(value: object, depth: int = 0) -> object:
    """`value` itself if it is a value of FEEL already, else `from_python`: an instant keeps its zone."""
    if type(value) in _PLAIN:
        return value
    if kind(value) == "" or (isinstance(value, Decimal) and not value.is_finite()):
        return from_python(value, depth)
    return value


def settled(value: object, depth: int = 0) -> object:
    """`value` ready to leave: lists and plain dictionaries converted through and through; lazy mappings stay."""
    if type(value) in _PLAIN:
        return value
    value = known(value, depth)
    if type(value) is list:
        spend(len(value))
        below = descend(depth)
        return [settled(item, below) for item in value]
    if type(value) is dict:
        spend(len(value))
        below = descend(depth)
        return {str(key): settled(item, below) for key, item in value.items()}
    return value


def equal(left: object, right: object, depth: int = 0) -> bool | None:
    """Whether two values are the same; null where their kinds differ (DMN 1.5, table 42)."""
    if left is None or right is None:
        return left is right
    if kind(left) != kind(right):
        return None
    if isinstance(left, list | Mapping):
        return _same_parts(left, right, depth)
    if isinstance(left, str):
        spend_text(len(left))
    pair = _aligned(left, right)
    return pair is not None and bool(pair[0] == pair[1])


def _same_parts(left: object, right: object, depth: int) -> bool:
    """`equal` for two lists or two contexts."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        if left.keys() != right.keys():
            return False
        return _all_equal([left[key] for key in left], [right[key] for key in left], depth)
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        return _all_equal(left, right, depth)
    return False


def _aligned(left: object, right: object) -> tuple[Any, Any] | None:
    """Two values of one kind, made comparable: a date and time without a zone is in the business time zone."""
    if isinstance(left, datetime) and isinstance(right, datetime):
        return instant(left), instant(right)
    if isinstance(left, datetime | FarDateTime) and isinstance(right, datetime | FarDateTime):
        return microseconds(left, clock.zone()), microseconds(right, clock.zone())
    if isinstance(left, date | FarDate) and isinstance(right, date | FarDate):
        return left.toordinal(), right.toordinal()
    if isinstance(left, time) and isinstance(right, time):
        if (left.tzinfo is None) != (right.tzinfo is None):
            return None
        return since_midnight(left), since_midnight(right)
    return left, right


def _all_equal(left: list[object], right: list[object], depth: int) -> bool:
    spend(len(left))
    below = descend(depth)
    return all(equal(known(a), known(b), below) is True for a, b in zip(left, right, strict=True))


def compare(operator: str, left: object, right: object) -> bool | None:
    """`left operator right` for `= != < <= > >=`; null where the values cannot be compared."""
    return COMPARISONS[operator](left, right)


def _unequal(left: object, right: object) -> bool | None:
    same = equal(left, right)
    return None if same is None else not same


def _ordering(operator: str) -> Callable[[object, object], bool | None]:
    order = _ORDERS[operator]

    def ordered(left: object, right: object) -> bool | None:
        if type(left) is Decimal and type(right) is Decimal:
            return bool(order(left, right))
        return _ordered(operator, left, right)

    return ordered


#: operator → what it tells of two values.
COMPARISONS: Mapping[str, Callable[[object, object], bool | None]] = {
    "=": equal,
    "!=": _unequal,
    **{operator: _ordering(operator) for operator in _ORDERS},
}


def _ordered(operator: str, left: object, right: object) -> bool | None:
    kind_left = kind(left)
    if kind_left not in ORDERED or kind_left != kind(right):
        return None
    pair = _aligned(left, right)
    return None if pair is None else bool(_ORDERS[operator](*pair))


def in_range(value: object, bounds: Range) -> bool | None:
    """Whether `value` lies within `bounds`; null where they cannot be compared."""
    if bounds.low is None and bounds.high is None:
        return None
    above = below = True if value is not None else None
    if bounds.low is not None:
        above = _ordered(">=" if bounds.low_included else ">", value, bounds.low)
    if bounds.high is not None:
        below = _ordered("<=" if bounds.high_included else "<", value, bounds.high)
    return both(above, below)


def range_between(low: object, high: object, *, low_included: bool, high_included: bool) -> Range | None:
    """The range that is written so; null unless both ends are of one kind and in order (section 10.3.2.7)."""
    if _ordered("<=", low, high) is not True:
        return None
    return Range(low, high, low_included, high_included)


def half_range(operator: str, end: object) -> Range | None:
    """The range of all values that are `operator` `end`, as `> 5`."""
    if kind(end) not in ORDERED or operator == "!=":
        return None
    if operator == "=":
        return Range(end, end)
    included = operator in ("<=", ">=")
    if operator in ("<", "<="):
        return Range(None, end, low_included=False, high_included=included)
    return Range(end, None, included, high_included=False)


def both(*verdicts: bool | None) -> bool | None:
    """Three-valued `and`."""
    if False in verdicts:
        return False
    return None if None in verdicts else True


def member(source: Mapping[str, object], name: str) -> object:
    """The value of `name` in a context; null if it has none."""
    return from_python(source.get(name))
