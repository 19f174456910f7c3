"""Conditions on the fields of cases: a part of FEEL, asked of the database.

A condition finds what FEEL finds true (DMN 1.5, 10.3.2): null is unequal to every value, and comparing it gives neither
true nor false. What names no field is calculated beforehand, as `now() - duration("P3D")`.
"""

import json
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import singledispatchmethod
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, false, not_, null, or_, true

from engine import clock, feel
from engine.applications import CaseField, FieldKind
from engine.errors import InvalidInput
from engine.feel import nodes
from engine.feel.names import dotted
from engine.feel.nodes import Node

#: Longest text of a condition; it stands in the address of a page.
LONGEST = 1000

_ORDERS: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_UNKNOWN: ColumnElement[Any] = null()
_KINDS: Mapping[type, FieldKind] = {
    bool: FieldKind.YES_NO,
    Decimal: FieldKind.NUMBER,
    str: FieldKind.TEXT,
    datetime: FieldKind.MOMENT,
    date: FieldKind.DAY,
}


@dataclass(frozen=True)
class Condition:
    """What is asked, and the fields that it names."""

    clause: ColumnElement[bool]
    fields: frozenset[str]


@dataclass(frozen=True)
class _Operand:
    """One side of a comparison; `kind` is None for null."""

    value: Any
    kind: FieldKind | None
    is_field: bool = False


def condition(text: str, fields: Mapping[str, CaseField]) -> Condition:
    """Read `text`, a FEEL expression over `fields` (dotted path → field).

    Raises InvalidInput for what FEEL or a database cannot do, naming the place or the field.
    """
    if len(text) > LONGEST:
        raise InvalidInput("A condition has at most {most} characters.", most=LONGEST)
    reader = _Reader(fields)
    return Condition(reader.truth(feel.parse(text).root), frozenset(reader.read))


@dataclass
class _Reader:
    fields: Mapping[str, CaseField]
    read: set[str] = field(default_factory=set)

    # --- what is true

    def truth(self, node: Node) -> ColumnElement[bool]:
        """`node` as something that is true, false or unknown."""
        return self._truth(node) if _names(node) else _constant(feel.Expression("", node).evaluate({}))

    @singledispatchmethod
    def _truth(self, node: Node) -> ColumnElement[bool]:
        found = self._operand(node)
        if found.kind is not FieldKind.YES_NO:
            raise InvalidInput("“{name}” alone is no condition: compare it with something.", name=_path(node))
        answer: ColumnElement[bool] = found.value
        return answer

    @_truth.register
    def _(self, node: nodes.Junction) -> ColumnElement[bool]:
        join = and_ if node.operator == "and" else or_
        return join(*(self.truth(each) for each in node.operands))

    @_truth.register
    def _(self, node: nodes.Comparison) -> ColumnElement[bool]:
        return self._compared(node.operator, node.left, node.right)

    @_truth.register
    def _(self, node: nodes.Between) -> ColumnElement[bool]:
        return and_(self._compared(">=", node.value, node.low), self._compared("<=", node.value, node.high))

    @_truth.register
    def _(self, node: nodes.In) -> ColumnElement[bool]:
        found = or_(false(), *(self._passes(node.value, test) for test in node.tests.tests))
        return not_(found) if node.tests.negated else found

    @_truth.register
    def _(self, node: nodes.Call) -> ColumnElement[bool]:
        match node.name, node.arguments:
            case "not", (inner,):
                return not_(self.truth(inner))
            case "list contains", (inside, wanted):
                return self._contains(inside, wanted)
        raise InvalidInput("“{name}” cannot be used with the fields of a case.", name=f"{node.name}()")

    # --- comparisons

    def _passes(self, value: Node, test: Node) -> ColumnElement[bool]:
        """Whether the value passes one of the tests behind `in`."""
        if isinstance(test, nodes.OperatorTest | nodes.HalfRange):
            return self._compared(test.operator, value, test.operand)
        if isinstance(test, nodes.ListOf):
            return or_(false(), *(self._passes(value, each) for each in test.items))
        if isinstance(test, nodes.RangeOf):
            if not _names(test) and feel.Expression("", test).evaluate({}) is None:
                raise InvalidInput(
                    "The range that “{name}” is compared with is none: it runs backwards.", name=_path(value)
                )
            low = self._compared(">=" if test.low_included else ">", value, test.low)
            return and_(low, self._compared("<=" if test.high_included else "<", value, test.high))
        if isinstance(test, nodes.Junction):
            why = "Put brackets around “{name} in …”: otherwise the test goes on behind it."
            raise InvalidInput(why, name=_path(value))
        return self._compared("=", value, test)

    def _compared(self, sign: str, left: Node, right: Node) -> ColumnElement[bool]:
        if not (_names(left) or _names(right)):
            return self.truth(nodes.Comparison(sign, left, right))
        one, other = self._operand(left), self._operand(right)
        _require_same_kind(one, other, left if one.is_field else right)
        if sign in _ORDERS:
            if FieldKind.CODES in (one.kind, other.kind):
                raise InvalidInput(_LISTS, name=_path(left if one.is_field else right))
            return _UNKNOWN if None in (one.kind, other.kind) else _ORDERS[sign](one.value, other.value)
        same = _equal(one, other)
        return same if sign == "=" else not_(same)

    def _contains(self, inside: Node, wanted: Node) -> ColumnElement[bool]:
        found, code = self._operand(inside), self._operand(wanted)
        if found.kind is not FieldKind.CODES or code.kind is not FieldKind.TEXT or code.is_field:
            raise InvalidInput("list contains() takes a field with several codes, and a text.")
        return cast(found.value, String).contains(json.dumps(code.value), autoescape=True)

    def _operand(self, node: Node) -> _Operand:
        if not _names(node):
            value = feel.Expression("", node).evaluate({})
            if value is not None and type(value) not in _KINDS:
                raise InvalidInput("Fields can be compared with numbers, texts, dates, date and times, true and false.")
            if isinstance(value, datetime) and value.tzinfo is None:
                value = value.replace(tzinfo=clock.zone())
            return _Operand(value, _KINDS.get(type(value)))
        path = _path(node)
        found = self.fields.get(path)
        if found is None:
            raise InvalidInput("There is no field “{name}” to filter by.", name=path)
        self.read.add(path)
        return _Operand(found.column, found.kind, is_field=True)


_LISTS = "“{name}” holds several codes: ask with list contains(…)."


def _equal(one: _Operand, other: _Operand) -> ColumnElement[bool]:
    """True or false, never unknown, as in FEEL. What holds no null is told apart so that an index can be used."""
    if one.kind is None or other.kind is None:
        side = other if one.kind is None else one
        return true() if side.kind is None else side.value.is_(None)
    fields = [side.value for side in (one, other) if side.is_field]
    same = and_(one.value == other.value, *(each.is_not(None) for each in fields))
    return or_(same, and_(*(each.is_(None) for each in fields))) if len(fields) == 2 else same


def _require_same_kind(one: _Operand, other: _Operand, named: Node) -> None:
    if None in (one.kind, other.kind) or one.kind == other.kind:
        return
    if FieldKind.CODES in (one.kind, other.kind):
        raise InvalidInput(_LISTS, name=_path(named))
    if {one.kind, other.kind} == {FieldKind.DAY, FieldKind.MOMENT}:
        raise InvalidInput(
            '“{name}”: a moment is compared with date and time("…"), a day with date("…").', name=_path(named)
        )
    raise InvalidInput("“{name}” is compared with something of another kind.", name=_path(named))


def _constant(value: object) -> ColumnElement[Any]:
    return true() if value is True else false() if value is False else _UNKNOWN


def _path(node: Node) -> str:
    """The dotted path that a node names; raises InvalidInput for anything else, as a sum."""
    if not (steps := dotted(node)):
        raise InvalidInput("A condition compares fields with values; it does not calculate with fields.")
    return ".".join(steps)


def _names(node: Node) -> bool:
    """Whether `node` names a field anywhere."""
    return any(isinstance(each, nodes.Name) for each, _ in nodes.walk(node))
