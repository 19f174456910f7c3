"""Functions on lists (DMN 1.4, section 10.3.4.4). Their results are new lists."""

from decimal import Decimal
from functools import cmp_to_key
from typing import cast

from engine.feel.budget import descend, spend
from engine.feel.builtins.table import ANY, LIST, NUMBER, Table
from engine.feel.numbers import whole
from engine.feel.operators import arithmetic
from engine.feel.types import ORDERED, kind
from engine.feel.values import compare, equal

TABLE = Table()


@TABLE.add("list contains", LIST, ANY)
def _list_contains(values: list[object], sought: object) -> object:
    return any(equal(value, sought) is True for value in values)


@TABLE.add("count", LIST)
def _count(values: list[object]) -> object:
    return Decimal(len(values))


@TABLE.add("min", ANY, least=1, open_ended=True)
def _min(*given: object) -> object:
    return _extreme("<", _items(given))


@TABLE.add("max", ANY, least=1, open_ended=True)
def _max(*given: object) -> object:
    return _extreme(">", _items(given))


@TABLE.add("sum", ANY, least=1, open_ended=True)
def _sum(*given: object) -> object:
    return _total(_items(given))


@TABLE.add("mean", ANY, least=1, open_ended=True)
def _mean(*given: object) -> object:
    values = _items(given)
    return arithmetic("/", _total(values), Decimal(len(values))) if values else None


@TABLE.add("all", ANY, least=1, open_ended=True)
def _all(*given: object) -> object:
    return _verdict(_items(given), deciding=False)


@TABLE.add("any", ANY, least=1, open_ended=True)
def _any(*given: object) -> object:
    return _verdict(_items(given), deciding=True)


@TABLE.add("append", LIST, ANY, least=1, open_ended=True)
def _append(values: list[object], *more: object) -> object:
    return [*values, *more]


@TABLE.add("concatenate", LIST, least=1, open_ended=True)
def _concatenate(*lists: list[object]) -> object:
    return [value for values in lists for value in values]


@TABLE.add("insert before", LIST, NUMBER, ANY)
def _insert_before(values: list[object], position: Decimal, new: object) -> object:
    index = _index(position, len(values))
    return None if index is None else [*values[:index], new, *values[index:]]


@TABLE.add("remove", LIST, NUMBER)
def _remove(values: list[object], position: Decimal) -> object:
    index = _index(position, len(values))
    return None if index is None else values[:index] + values[index + 1 :]


@TABLE.add("sublist", LIST, NUMBER, NUMBER, least=2)
def _sublist(values: list[object], start: Decimal, length: Decimal | None = None) -> object:
    index, count = _index(start, len(values)), len(values) if length is None else whole(length)
    return None if index is None or count is None or count < 0 else values[index : index + count]


@TABLE.add("reverse", LIST)
def _reverse(values: list[object]) -> object:
    return values[::-1]


@TABLE.add("index of", LIST, ANY)
def _index_of(values: list[object], sought: object) -> object:
    return [Decimal(place) for place, value in enumerate(values, 1) if equal(value, sought) is True]


@TABLE.add("union", LIST, least=1, open_ended=True)
def _union(*lists: list[object]) -> object:
    return _distinct([value for values in lists for value in values])


@TABLE.add("distinct values", LIST)
def _distinct_values(values: list[object]) -> object:
    return _distinct(values)


@TABLE.add("flatten", LIST)
def _flatten(values: list[object]) -> object:
    return _flat(values, 0)


@TABLE.add("sort", LIST)
def _sort(values: list[object]) -> object:
    if len({kind(value) for value in values}) > 1 or (values and kind(values[0]) not in ORDERED):
        return None
    spend(len(values) * len(values).bit_length())
    return sorted(values, key=cmp_to_key(_order))


def _order(left: object, right: object) -> int:
    if compare("<", left, right):
        return -1
    return 1 if compare(">", left, right) else 0


def _items(given: tuple[object, ...]) -> list[object]:
    """`sum([1, 2])` and `sum(1, 2)` are the same."""
    if len(given) == 1 and isinstance(given[0], list):
        return cast(list[object], given[0])
    return list(given)


def _extreme(operator: str, values: list[object]) -> object:
    """The value that is before all others by `operator`; null where two cannot be compared."""
    if not values or kind(values[0]) not in ORDERED:
        return None
    best = values[0]
    for value in values[1:]:
        is_better = compare(operator, value, best)
        if is_better is None:
            return None
        best = value if is_better else best
    return best


def _total(values: list[object]) -> object:
    """The sum of numbers or of durations; null for no values and for other kinds."""
    if not values or kind(values[0]) not in ("number", "days and time duration", "years and months duration"):
        return None
    total = values[0]
    for value in values[1:]:
        total = arithmetic("+", total, value) if kind(value) == kind(total) else None
    return total


def _verdict(values: list[object], *, deciding: bool) -> object:
    if any(value is deciding for value in values):
        return deciding
    return not deciding if all(isinstance(value, bool) for value in values) else None


def _index(position: Decimal, length: int) -> int | None:
    """The Python index of the 1-based `position`, which may count from the end; None outside the list."""
    place = whole(position)
    if not place or not -length <= place <= length:
        return None
    return place - 1 if place > 0 else length + place


def _distinct(values: list[object]) -> list[object]:
    kept: list[object] = []
    for value in values:
        spend(len(kept))
        if not any(equal(value, other) is True for other in kept):
            kept.append(value)
    return kept


def _flat(values: list[object], depth: int) -> list[object]:
    spend(len(values))
    flat: list[object] = []
    for value in values:
        if isinstance(value, list):
            flat += _flat(value, descend(depth))
        else:
            flat.append(value)
    return flat
