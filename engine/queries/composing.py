"""Conditions as people put them together: lines of field, sign and value, of which all or any must hold.

What is put together is FEEL, as somebody could have written it; what somebody wrote is taken apart again where it is as
plain as that.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from engine import clock, feel
from engine.applications import CaseField, FieldKind
from engine.errors import FeelSyntaxError, InvalidInput
from engine.feel import nodes
from engine.feel.names import dotted
from engine.feel.nodes import Node

EMPTY, FILLED, HAS, HAS_NOT = "empty", "filled", "has", "has not"
_ANY_ORDER = ("=", "!=", "<", "<=", ">", ">=", EMPTY, FILLED)

#: Kind of field → the signs that may stand behind it. A moment lies before the beginning of a day, or not.
SIGNS: Mapping[FieldKind, tuple[str, ...]] = MappingProxyType(
    {
        FieldKind.TEXT: ("=", "!=", EMPTY, FILLED),
        FieldKind.NUMBER: _ANY_ORDER,
        FieldKind.YES_NO: ("=",),
        FieldKind.DAY: _ANY_ORDER,
        FieldKind.MOMENT: ("<", ">=", EMPTY, FILLED),
        FieldKind.CODES: (HAS, HAS_NOT),
    }
)
#: Lines that one condition may have.
MOST = 12

_DAYS = re.compile(r"([+-])(\d{1,4})")
_DURATION = re.compile(r"P(\d{1,4})D")


@dataclass(frozen=True)
class Line:
    """A field, a sign of SIGNS, and a value as it is typed.

    A value is a code, a number, `true` or `false`, a day, or days from now as `+3`.
    """

    path: str
    sign: str
    value: str = ""


@dataclass(frozen=True)
class Lines:
    """All of some lines must hold, or any."""

    lines: tuple[Line, ...] = ()
    any: bool = False


def composed(wanted: Lines, fields: Mapping[str, CaseField]) -> str:
    """The condition; raises InvalidInput for a field, sign or value that does not fit, naming the field."""
    if len(wanted.lines) > MOST:
        raise InvalidInput("A condition has at most {most} lines.", most=MOST)
    return (" or " if wanted.any else " and ").join(_written(line, fields) for line in wanted.lines)


def taken_apart(text: str, fields: Mapping[str, CaseField]) -> Lines | None:
    """The lines of a condition; None where it says more than lines can."""
    if not text.strip():
        return Lines()
    try:
        root = feel.parse(text).root
    except FeelSyntaxError:
        return None
    parts: Sequence[Node] = root.operands if isinstance(root, nodes.Junction) else (root,)
    lines = [_line(part, fields) for part in parts]
    found = Lines(
        tuple(line for line in lines if line is not None), isinstance(root, nodes.Junction) and root.operator == "or"
    )
    return found if len(found.lines) == len(parts) <= MOST else None


# --- writing ----------------------------------------------------------------------------------------------------------


def _written(line: Line, fields: Mapping[str, CaseField]) -> str:
    field = fields.get(line.path)
    if field is None:
        raise InvalidInput("There is no field “{name}” to filter by.", name=line.path)
    if line.sign not in SIGNS[field.kind]:
        raise InvalidInput("“{name}” cannot be asked in this way.", name=line.path)
    match line.sign:
        case "empty" | "filled":
            return f"{line.path} {'=' if line.sign == EMPTY else '!='} null"
        case "has":
            return f"list contains({line.path}, {_quoted(line.value)})"
        case "has not":
            return f"not(list contains({line.path}, {_quoted(line.value)}))"
    return f"{line.path} {line.sign} {_value(line, field.kind)}"


def _value(line: Line, kind: FieldKind) -> str:
    text = line.value.strip()
    if kind is FieldKind.TEXT:
        return _quoted(text)
    if kind is FieldKind.YES_NO:
        return "true" if text == "true" else "false"
    if kind is FieldKind.NUMBER:
        return _number(line.path, text)
    if days := _DAYS.fullmatch(text):
        begin = "now()" if kind is FieldKind.MOMENT else "today()"
        return f'{begin} {days[1]} duration("P{int(days[2])}D")'
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        why = "“{name}” is compared with a day, as 2026-03-10, or with days from now, as +3 or -2."
        raise InvalidInput(why, name=line.path) from error
    return f'date and time("{day}T00:00:00@{clock.zone().key}")' if kind is FieldKind.MOMENT else f'date("{day}")'


def _number(path: str, text: str) -> str:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**15:
        raise InvalidInput("“{name}” is compared with a number, as 1234.50.", name=path)
    return f"{number:f}"


def _quoted(text: str) -> str:
    escaped = text.strip().replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# --- reading ----------------------------------------------------------------------------------------------------------


def _line(node: Node, fields: Mapping[str, CaseField]) -> Line | None:
    match node:
        case nodes.Comparison(sign, left, right):
            line = _compared(sign, _path(left), right)
        case nodes.Call("list contains", (inside, nodes.Literal(str() as code))):
            line = Line(_path(inside), HAS, code)
        case nodes.Call("not", (nodes.Call("list contains", (inside, nodes.Literal(str() as code))),)):
            line = Line(_path(inside), HAS_NOT, code)
        case _:
            return None
    known = fields.get(line.path) if line is not None else None
    return line if known is not None and line is not None and line.sign in SIGNS[known.kind] else None


def _compared(sign: str, path: str, value: Node) -> Line | None:
    if isinstance(value, nodes.Literal) and value.value is None:
        return Line(path, EMPTY if sign == "=" else FILLED) if sign in {"=", "!="} else None
    text = _day(value) or _plain(value)
    return Line(path, sign, text) if text is not None else None


def _plain(value: Node) -> str | None:
    match value:
        case nodes.Literal(bool() as answer):
            return "true" if answer else "false"
        case nodes.Literal(Decimal() as number):
            return f"{number:f}"
        case nodes.Negation(nodes.Literal(Decimal() as number)):
            return f"{-number:f}"
        case nodes.Literal(str() as text):
            return text
    return None


def _day(value: Node) -> str | None:
    match value:
        case nodes.Call("date", (nodes.Literal(str() as day),)):
            return day
        case nodes.Call("date and time", (nodes.Literal(str() as moment),)):
            day, _, rest = moment.partition("T")
            return day if rest == f"00:00:00@{clock.zone().key}" else None
        case nodes.Arithmetic("+" | "-" as way, nodes.Call("now" | "today"), nodes.Call("duration", (length,))):
            days = _DURATION.fullmatch(str(length.value)) if isinstance(length, nodes.Literal) else None
            return f"{way}{days[1]}" if days else None
    return None


def _path(node: Node) -> str:
    return ".".join(dotted(node))
