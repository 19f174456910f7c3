"""Cells of decision tables. Most hold constants only: those are looked up, without an evaluation of FEEL."""

import operator as operators
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from engine.dmn.frames import Frame
from engine.feel import Expression, parse

_NUMBER: Final = r"-?[0-9]+(?:\.[0-9]+)?"
_CONSTANT: Final = rf'\s*(?:"[^"\\]*"|{_NUMBER}|true|false)\s*'
_CONSTANTS: Final = re.compile(f"{_CONSTANT}(?:,{_CONSTANT})*")
_BOUND: Final = re.compile(rf"\s*([<>]=?)\s*({_NUMBER})\s*")
_RANGE: Final = re.compile(rf"\s*([\[\](])\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*([\[\])])\s*")
_ORDERS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
}
#: Longest cell, in characters, that is looked at.
_LOOKED_UP: Final = 1000


class Test:
    """The unary tests of one cell."""

    __slots__ = ("_compare", "_kind", "_operand", "_test")

    def __init__(self, test: Expression) -> None:
        self._test = test
        #: Values of this class are compared with the operand; others are tested as FEEL does.
        self._kind: type | None = None
        self._compare: Callable[[Any, Any], bool] = operators.eq
        self._operand: object = None
        constants = _constants(test)
        kinds = {type(one) for one in constants}
        text = test.text if len(test.text) < _LOOKED_UP else ""
        if len(kinds) == 1:
            self._kind, self._operand = kinds.pop(), frozenset(constants)
            self._compare = lambda value, known: value in known
        elif bound := _BOUND.fullmatch(text):
            self._kind, self._operand, self._compare = Decimal, _constant(bound[2]), _ORDERS[bound[1]]
        elif ends := _RANGE.fullmatch(text):
            self._kind, self._operand = Decimal, (_constant(ends[2]), _constant(ends[3]))
            self._compare = _between(low_included=ends[1] == "[", high_included=ends[4] == "]")

    def holds(self, value: object, frame: Frame) -> bool:
        """Whether `value` passes; raises what FEEL raises."""
        if type(value) is self._kind:
            return self._compare(value, self._operand)
        return frame.passes(self._test, value)


class Result:
    """The result in one cell, null in an empty one."""

    __slots__ = ("_expression", "_value")

    def __init__(self, expression: Expression | None) -> None:
        constants = _constants(expression) if expression else [None]
        self._value = constants[0] if len(constants) == 1 else None
        self._expression = None if len(constants) == 1 else expression

    def value(self, frame: Frame) -> object:
        """Its value; raises what FEEL raises."""
        return frame.value(self._expression) if self._expression else self._value


def _between(*, low_included: bool, high_included: bool) -> Callable[[Any, Any], bool]:
    """Whether a number lies between a pair of numbers."""
    above = operators.ge if low_included else operators.gt
    below = operators.le if high_included else operators.lt
    return lambda value, ends: above(value, ends[0]) and below(value, ends[1])


def _constants(expression: Expression) -> list[object]:
    """The values of which `expression` consists; none where it is more than texts, numbers, true and false."""
    plain = len(expression.text) < _LOOKED_UP and _CONSTANTS.fullmatch(expression.text)
    found = _constant(f"[{expression.text}]") if plain else None
    return found if isinstance(found, list) else []


def _constant(text: str) -> object:
    return parse(text).evaluate({})
