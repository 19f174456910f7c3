"""Functions of the application, called from FEEL."""

from decimal import Decimal
from functools import partial

import pytest

from engine.feel import parse

NUMBER = Decimal(3)


def twice(n: Decimal) -> Decimal:
    return n * 2


def padded(text: str | None, width: Decimal = NUMBER) -> str:
    return (text or "").rjust(int(width))


def listed(items: list[str]) -> int:
    return len(items)


def counted(*items: str) -> int:
    return len(items)


FUNCTIONS = {
    "counted": counted,
    "twice": twice,
    "padded": padded,
    "listed": listed,
    "anything": lambda value: value is None,
    "bound": partial(padded, "x"),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twice(4)", 8),
        ("twice(null)", None),
        ('twice("4")', None),
        ("twice()", None),
        ("twice(1, 2)", None),
        ("padded(null)", "   "),
        ('padded("a", 2)', " a"),
        ('padded("a", "b")', None),
        ('listed(["a", "b"])', 2),
        ("listed(1)", None),
        ("anything(null)", True),
        ("bound(2)", " x"),
        ("counted()", 0),
        ('counted("a", "b")', 2),
        ('counted("a", 1)', None),
    ],
)
def test_values_that_a_function_does_not_take_give_null(text, value):
    assert parse(text).evaluate({}, FUNCTIONS) == value
