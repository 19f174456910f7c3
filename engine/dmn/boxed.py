"""Boxed expressions: literal, context, list, relation, invocation and function (DMN 1.5, section 10.2)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

from engine.dmn.frames import Frame
from engine.dmn.types import ANY, MISFIT, Type, coerce
from engine.errors import FeelError
from engine.feel import BUILTINS, DefinedFunction, Expression, Function

Arguments = dict[str, object]


class Boxed(Protocol):
    """Logic of any kind, read from a file."""

    def evaluate(self, frame: Frame) -> object:
        """Its value; null, with the reason told to `frame`, where there is none."""

    def names(self) -> Iterable[str]:
        """The dotted paths that it reads from outside."""


#: Texts, numbers and signs only, as most cells of tables: nothing in it has a name.
_NAMELESS = re.compile(r'(?:"[^"\\]*"|[-0-9.,<>=()\[\]\s]+)*+')


def is_nameless(text: str) -> bool:
    """Whether the expression `text` holds texts, numbers and signs only: then it reads and calls nothing."""
    return _NAMELESS.fullmatch(text) is not None


def paths(expression: Expression) -> frozenset[str]:
    """The dotted paths that `expression` reads from outside."""
    return frozenset() if is_nameless(expression.text) else expression.names


def outside(names: Iterable[str], bound: Iterable[str]) -> Iterator[str]:
    """Those of `names` that do not start at one of `bound`."""
    known = frozenset(bound)
    return (name for name in names if known.isdisjoint(_beginnings(name)))


def _beginnings(name: str) -> Iterator[str]:
    """`a`, `a.b` and `a.b.c` for `a.b.c`."""
    return accumulate(name.split("."), "{}.{}".format)


def fitted(value: object, target: Type, frame: Frame, name: str) -> object:
    """`value` of the element `name` as one of `target`; null, with the reason told, if it cannot be."""
    if value is None or target is ANY:
        return value
    converted = coerce(value, target)
    if converted is MISFIT:
        where, where_zh = (f"the value of “{name}”", f"“{name}”的值") if name else ("its result", "结果")
        frame.tell(f"{where} is not of type {target}", f"{where_zh}不是 {target} 类型")
        return None
    return converted


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal expression in FEEL."""

    expression: Expression

    def evaluate(self, frame: Frame) -> object:
        """Its value."""
        try:
            return frame.value(self.expression)
        except FeelError as error:
            frame.explain(error)
            return None

    def names(self) -> Iterable[str]:
        """What it reads."""
        return paths(self.expression)


@dataclass(frozen=True, slots=True)
class Nothing:
    """Logic that is missing, or cannot be read, or is not supported: null."""

    why: str
    why_zh: str

    def evaluate(self, frame: Frame) -> object:
        """Null, with the reason told."""
        frame.tell(self.why, self.why_zh)
        return None

    def names(self) -> Iterable[str]:
        """None."""
        return ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a context; the one without a name is the result of the whole."""

    name: str
    type: Type
    value: Boxed


@dataclass(frozen=True, slots=True)
class ContextBox:
    """A context whose entries see those before them; with a result entry, its value."""

    entries: tuple[Entry, ...]

    def evaluate(self, frame: Frame) -> object:
        """The context, or the value of its result entry."""
        made: dict[str, object] = {}
        inner = frame.within(made)
        for entry in self.entries:
            value = fitted(entry.value.evaluate(inner), entry.type, frame, entry.name)
            if not entry.name:
                return value
            made[entry.name] = value
        return made

    def names(self) -> Iterable[str]:
        """What its entries read beside one another."""
        bound: list[str] = []
        for entry in self.entries:
            yield from outside(entry.value.names(), bound)
            bound.append(entry.name)


@dataclass(frozen=True, slots=True)
class ListBox:
    """A list of boxed expressions."""

    items: tuple[Boxed, ...]

    def evaluate(self, frame: Frame) -> object:
        """The list of their values."""
        return [item.evaluate(frame) for item in self.items]

    def names(self) -> Iterable[str]:
        """What its items read."""
        return (name for item in self.items for name in item.names())


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows with named columns: a list of contexts."""

    columns: tuple[tuple[str, Type], ...]
    rows: tuple[tuple[Boxed, ...], ...]

    def evaluate(self, frame: Frame) -> object:
        """One context for each row."""
        return [
            {
                name: fitted(cell.evaluate(frame), column, frame, name)
                for (name, column), cell in zip(self.columns, row, strict=True)
            }
            for row in self.rows
        ]

    def names(self) -> Iterable[str]:
        """What its cells read."""
        return (name for row in self.rows for cell in row for name in cell.names())


@dataclass(frozen=True, slots=True)
class Invocation:
    """A call of a function whose parameters are bound by name."""

    called: Literal
    bindings: tuple[tuple[str, Boxed], ...]

    def evaluate(self, frame: Frame) -> object:
        """What the function gives."""
        name = self.called.expression.text
        target = self.called.evaluate(frame)
        if target is None:
            target = BUILTINS.get(name)
        if not isinstance(target, Function):
            frame.tell(f"there is no function “{name}”", f"没有函数“{name}”")
            return None
        missing: Arguments = dict.fromkeys(target.names) if isinstance(target, DefinedFunction) else {}
        given = {parameter: value.evaluate(frame) for parameter, value in self.bindings}
        try:
            return target.named(missing | given)
        except FeelError as error:
            frame.explain(error)
            return None

    def names(self) -> Iterable[str]:
        """What it reads, the name of the function included."""
        yield from self.called.names()
        for _, value in self.bindings:
            yield from value.names()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class FunctionBox:
    """The definition of a function; its body sees the names around the definition."""

    parameters: tuple[Parameter, ...]
    body: Boxed
    result: Type = ANY

    def evaluate(self, frame: Frame) -> object:
        """The function."""

        def run(*arguments: object) -> object:
            bound = zip(self.parameters, arguments, strict=True)
            local = {one.name: fitted(argument, one.type, frame, one.name) for one, argument in bound}
            return fitted(self.body.evaluate(frame.within(local)), self.result, frame, "")

        return DefinedFunction([parameter.name for parameter in self.parameters], run)

    def names(self) -> Iterable[str]:
        """What its body reads beside the parameters."""
        return outside(self.body.names(), [parameter.name for parameter in self.parameters])
