"""Functions on numbers (DMN 1.5, section 10.3.4.5)."""

from collections.abc import Callable
from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    DecimalException,
)

from engine.feel.builtins.table import Table
from engine.feel.numbers import CONTEXT, modulo, round_to
from engine.feel.temporal import YearsMonths

TABLE = Table()

_ROUNDINGS = {
    "decimal": ROUND_HALF_EVEN,
    "round up": ROUND_UP,
    "round down": ROUND_DOWN,
    "round half up": ROUND_HALF_UP,
    "round half down": ROUND_HALF_DOWN,
}


def _declare_rounding(signature: str, rounding: str) -> None:
    @TABLE.add(signature)
    def _rounded(value: Decimal, scale: Decimal = Decimal(0)) -> object:
        return round_to(value, scale, rounding)


for _name, _rounding in _ROUNDINGS.items():
    _declare_rounding(f"{_name}(n: number, scale: number)", _rounding)
_declare_rounding("floor(n: number, scale?: number)", ROUND_FLOOR)
_declare_rounding("ceiling(n: number, scale?: number)", ROUND_CEILING)


@TABLE.add("abs(n: number|days and time duration|years and months duration)")
def _abs(value: Decimal | timedelta | YearsMonths) -> object:
    if isinstance(value, YearsMonths):
        return YearsMonths(abs(value.total))
    return CONTEXT.abs(value) if isinstance(value, Decimal) else abs(value)


@TABLE.add("modulo(dividend: number, divisor: number)")
def _modulo(dividend: Decimal, divisor: Decimal) -> object:
    return modulo(dividend, divisor) if divisor else None


@TABLE.add("sqrt(number: number)")
def _sqrt(number: Decimal) -> object:
    return _calculated(CONTEXT.sqrt, number)


@TABLE.add("log(number: number)")
def _log(number: Decimal) -> object:
    return _calculated(CONTEXT.ln, number) if number > 0 else None


@TABLE.add("exp(number: number)")
def _exp(number: Decimal) -> object:
    return _calculated(CONTEXT.exp, number)


@TABLE.add("odd(number: number)")
def _odd(value: Decimal) -> object:
    rest = modulo(value, Decimal(2))
    return None if rest is None else rest == 1


@TABLE.add("even(number: number)")
def _even(value: Decimal) -> object:
    rest = modulo(value, Decimal(2))
    return None if rest is None else rest == 0


def _calculated(function: Callable[[Decimal], Decimal], number: Decimal) -> Decimal | None:
    try:
        return function(number)
    except DecimalException:
        return None
