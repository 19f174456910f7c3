"""Functions that make one value of many (DMN 1.5, section 10.3.4.4): of a list, or of values one after another."""

from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import cast

from engine.feel.budget import spend
from engine.feel.builtins.table import Table
from engine.feel.numbers import CONTEXT, calculate
from engine.feel.operators import arithmetic
from engine.feel.types import ORDERED, kind
from engine.feel.values import compare

TABLE = Table()

_Aggregate = Callable[[list[object]], object]


def _declare(name: str, item: str) -> Callable[[_Aggregate], _Aggregate]:
    """Declare the decorated function of a list as `name`, also for single values, called `item` in the standard."""

    def declare(function: _Aggregate) -> _Aggregate:
        TABLE.add(f"{name}(list: list)")(function)
        TABLE.add(f"{name}({item}...: any)")(lambda *values: function(list(values)))
        return function

    return declare


@TABLE.add("count(list: list)")
def _count(values: list[object]) -> object:
    return Decimal(len(values))


@_declare("min", "c")
def _min(values: list[object]) -> object:
    return _extreme("<", values)


@_declare("max", "c")
def _max(values: list[object]) -> object:
    return _extreme(">", values)


@_declare("sum", "n")
def _sum(values: list[object]) -> object:
    """Of numbers, and of durations of one kind; null for none."""
    if not values or kind(values[0]) not in ("number", "days and time duration", "years and months duration"):
        return None
    total = values[0]
    for value in values[1:]:
        total = arithmetic("+", total, value) if kind(value) == kind(total) else None
    return total


@_declare("mean", "n")
def _mean(values: list[object]) -> object:
    return arithmetic("/", _sum(values), Decimal(len(values))) if values else None


@_declare("product", "n")
def _product(values: list[object]) -> object:
    numbers = _numbers(values)
    if not numbers:
        return None
    product: Decimal | None = Decimal(1)
    for number in numbers:
        product = calculate("*", product, number) if product is not None else None
    return product


@_declare("median", "n")
def _median(values: list[object]) -> object:
    numbers = _numbers(values)
    if not numbers:
        return None
    numbers.sort()
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return CONTEXT.divide(CONTEXT.add(numbers[middle - 1], numbers[middle]), Decimal(2))


@_declare("stddev", "n")
def _stddev(values: list[object]) -> object:
    """Of a sample, so at least two numbers are needed."""
    numbers = _numbers(values)
    if numbers is None or len(numbers) < 2:
        return None
    try:
        mean = CONTEXT.divide(_added(numbers), Decimal(len(numbers)))
        squares = [CONTEXT.power(CONTEXT.subtract(number, mean), Decimal(2)) for number in numbers]
        return CONTEXT.sqrt(CONTEXT.divide(_added(squares), Decimal(len(numbers) - 1)))
    except DecimalException:
        return None


@_declare("mode", "n")
def _mode(values: list[object]) -> object:
    """The numbers that stand there most often, in order."""
    numbers = _numbers(values)
    if numbers is None:
        return None
    counts: dict[Decimal, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(number for number, count in counts.items() if count == most)


@_declare("all", "b")
def _all(values: list[object]) -> object:
    return _verdict(values, deciding=False)


@_declare("any", "b")
def _any(values: list[object]) -> object:
    return _verdict(values, deciding=True)


def _verdict(values: list[object], *, deciding: bool) -> object:
    if any(value is deciding for value in values):
        return deciding
    return not deciding if all(isinstance(value, bool) for value in values) else None


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


def _numbers(values: list[object]) -> list[Decimal] | None:
    """A copy of `values` if all are numbers."""
    spend(len(values) * len(values).bit_length())
    return cast(list[Decimal], list(values)) if all(isinstance(value, Decimal) for value in values) else None


def _added(numbers: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for number in numbers:
        total = CONTEXT.add(total, number)
    return total
