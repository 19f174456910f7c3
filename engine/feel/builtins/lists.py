"""Functions on lists (DMN 1.5, sections 10.3.4.4 and 10.3.4.9). Their results are new lists."""

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key

from engine.feel.budget import descend, spend
from engine.feel.builtins.table import Table
from engine.feel.numbers import whole
from engine.feel.types import ORDERED, Function, kind
from engine.feel.values import compare, equal

TABLE = Table()


@TABLE.add("list contains(list: list, element: any)")
def _list_contains(values: list[object], sought: object) -> object:
    return any(equal(value, sought) is True for value in values)


@TABLE.add("append(list: list, item...: any)")
def _append(values: list[object], *more: object) -> object:
    return [*values, *more]


@TABLE.add("concatenate(list...: list)")
def _concatenate(*lists: list[object]) -> object:
    return [value for values in lists for value in values]


@TABLE.add("insert before(list: list, position: number, newItem: any)")
def _insert_before(values: list[object], position: Decimal, new: object) -> object:
    index = _index(position, len(values))
    return None if index is None else [*values[:index], new, *values[index:]]


@TABLE.add("remove(list: list, position: number)")
def _remove(values: list[object], position: Decimal) -> object:
    index = _index(position, len(values))
    return None if index is None else values[:index] + values[index + 1 :]


@TABLE.add("list replace(list: list, position: number, newItem: any)")
def _list_replace(values: list[object], position: Decimal, new: object) -> object:
    index = _index(position, len(values))
    return None if index is None else [*values[:index], new, *values[index + 1 :]]


@TABLE.add("list replace(list: list, match: function, newItem: any)")
def _list_replace_matching(values: list[object], match: Function, new: object) -> object:
    verdicts = [match([value, new]) for value in values]
    if not all(isinstance(verdict, bool) for verdict in verdicts):
        return None
    return [new if verdict else value for value, verdict in zip(values, verdicts, strict=True)]


@TABLE.add("sublist(list: list, start position: number, length?: number)")
def _sublist(values: list[object], start: Decimal, length: Decimal | None = None) -> object:
    index, count = _index(start, len(values)), len(values) if length is None else whole(length)
    return None if index is None or count is None or count < 0 else values[index : index + count]


@TABLE.add("reverse(list: list)")
def _reverse(values: list[object]) -> object:
    return values[::-1]


@TABLE.add("index of(list: list, match: any)")
def _index_of(values: list[object], sought: object) -> object:
    return [Decimal(place) for place, value in enumerate(values, 1) if equal(value, sought) is True]


@TABLE.add("union(list...: list)")
def _union(*lists: list[object]) -> object:
    return _distinct([value for values in lists for value in values])


@TABLE.add("distinct values(list: list)")
def _distinct_values(values: list[object]) -> object:
    return _distinct(values)


@TABLE.add("flatten(list: list)")
def _flatten(values: list[object]) -> object:
    return _flat(values, 0)


@TABLE.add("sort(list: list)")
def _sort(values: list[object]) -> object:
    if len({kind(value) for value in values}) > 1 or (values and kind(values[0]) not in ORDERED):
        return None
    return _sorted(values, lambda left, right: compare("<", left, right) is True)


@TABLE.add("sort(list: list, precedes: function)")
def _sort_by(values: list[object], precedes: Function) -> object:
    unclear = False

    def before(left: object, right: object) -> bool:
        nonlocal unclear
        verdict = precedes([left, right])
        unclear = unclear or not isinstance(verdict, bool)
        return verdict is True

    ordered = _sorted(values, before)
    return None if unclear else ordered


def _sorted(values: list[object], precedes: Callable[[object, object], bool]) -> list[object]:
    """`values` in the order of `precedes`; those of which neither precedes the other stay as they stand."""
    spend(len(values) * len(values).bit_length())
    return sorted(values, key=cmp_to_key(lambda left, right: precedes(right, left) - precedes(left, right)))


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
