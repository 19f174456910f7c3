"""Functions on numbers (DMN 1.4, section 10.3.4.5)."""

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
)

from engine.feel.builtins.table import DAYS, MONTHS, NUMBER, Table
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


def _declare_rounding(name: str, rounding: str, least: int) -> None:
    @TABLE.add(name, NUMBER, NUMBER, least=least)
    def _rounded(value: Decimal, scale: Decimal = Decimal(0)) -> object:
        return round_to(value, scale, rounding)


for _name, _rounding in _ROUNDINGS.items():
    _declare_rounding(_name, _rounding, least=2)
_declare_rounding("floor", ROUND_FLOOR, least=1)
_declare_rounding("ceiling", ROUND_CEILING, least=1)


@TABLE.add("abs", (NUMBER, DAYS, MONTHS))
def _abs(value: Decimal | timedelta | YearsMonths) -> object:
    if isinstance(value, YearsMonths):
        return YearsMonths(abs(value.total))
    return CONTEXT.abs(value) if isinstance(value, Decimal) else abs(value)


@TABLE.add("modulo", NUMBER, NUMBER)
def _modulo(dividend: Decimal, divisor: Decimal) -> object:
    return modulo(dividend, divisor) if divisor else None


@TABLE.add("odd", NUMBER)
def _odd(value: Decimal) -> object:
    rest = modulo(value, Decimal(2))
    return None if rest is None else rest == 1


@TABLE.add("even", NUMBER)
def _even(value: Decimal) -> object:
    rest = modulo(value, Decimal(2))
    return None if rest is None else rest == 0
