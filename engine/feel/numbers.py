"""Decimal arithmetic with 34 digits (DMN 1.5, section 10.3.2.3.1); whatever has no result gives null."""

import re
from collections.abc import Callable, Mapping
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

#: IEEE 754 decimal128.
CONTEXT = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[InvalidOperation, DivisionByZero, Overflow]
)
_LARGEST_SCALE = 6176
_LONGEST_NUMBER = 400
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


#: operator → the sum, difference, product, quotient or power of two numbers; raises DecimalException.
CALCULATIONS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
    "/": CONTEXT.divide,
    "**": CONTEXT.power,
}


def calculate(operator: str, left: Decimal, right: Decimal) -> Decimal | None:
    """`left operator right` for `+ - * / **`."""
    try:
        return CALCULATIONS[operator](left, right)
    except DecimalException:
        return None


def read_number(text: str) -> Decimal | None:
    """The number that `text` spells, as `-1200.50` or `1.5E3`."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    try:
        return CONTEXT.create_decimal(text)
    except DecimalException:
        return None


def round_to(value: Decimal, scale: Decimal | int, rounding: str) -> Decimal | None:
    """`value` with `scale` digits behind the point (negative: before it), rounded as the decimal module names it."""
    digits = int(scale)
    if abs(digits) > _LARGEST_SCALE:
        return None
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -digits:
        return value
    try:
        return value.quantize(Decimal(1).scaleb(-digits), rounding=rounding, context=CONTEXT)
    except DecimalException:
        return None


def floor(value: Decimal) -> Decimal | None:
    """The largest whole number not above `value`."""
    return round_to(value, 0, ROUND_FLOOR)


def ceiling(value: Decimal) -> Decimal | None:
    """The smallest whole number not below `value`."""
    return round_to(value, 0, ROUND_CEILING)


def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """The remainder with the sign of `divisor`: `dividend - divisor * floor(dividend / divisor)`."""
    try:
        rest = CONTEXT.remainder(dividend, divisor)
        return CONTEXT.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest
    except DecimalException:
        return None


def whole(value: Decimal) -> int | None:
    """`value` as a Python integer if it is a whole number of a sane size."""
    if abs(value) > 10**18 or value != value.to_integral_value():
        return None
    return int(value)


def number_text(value: Decimal) -> str:
    """`value` as FEEL writes it: no exponent, no zeros at the end of a fraction."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
