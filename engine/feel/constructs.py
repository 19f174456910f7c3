"""Reads what begins with a keyword or a bracket of its own: conditions, loops, functions, lists and contexts."""

from abc import ABC, abstractmethod
from collections.abc import Iterable

from engine.feel.budget import MAX_NESTING
from engine.feel.nodes import (
    Binding,
    ContextOf,
    Entry,
    For,
    FunctionOf,
    If,
    ListOf,
    Literal,
    Node,
    Quantified,
    RangeOf,
    Steps,
)
from engine.feel.typenames import TypeNames
from engine.feel.types import ANY, Type


class Constructs(TypeNames, ABC):
    """The part of the parser that reads constructs; the whole is `engine.feel.parser.Parser`."""

    def __init__(self, text: str, names: Iterable[str]) -> None:
        super().__init__(text, names)
        self._nested = 0

    @abstractmethod
    def expression(self, binding: int = 0) -> Node:
        """An expression whose operators bind more tightly than `binding`."""

    @abstractmethod
    def range_after(self, low: Node, *, low_included: bool) -> RangeOf:
        """The rest of a range after its `..`."""

    def enter(self) -> None:
        """Count one level of nesting; raises FeelSyntaxError at too many."""
        self._nested += 1
        if self._nested > MAX_NESTING:
            raise self.error("too_deep")

    def leave(self) -> None:
        """The level that was entered ends."""
        self._nested -= 1

    def condition(self) -> If:
        """`if a then b else c`"""
        self.expect("if")
        condition = self.expression()
        self.expect("then")
        yes = self.expression()
        self.expect("else")
        return If(condition, yes, self.expression())

    def loop(self) -> For:
        """`for a in b return c`"""
        self.expect("for")
        with self.scope():
            bindings = self._bindings()
            self.expect("return")
            return For(bindings, self.expression())

    def quantified(self) -> Quantified:
        """`some a in b satisfies c`, `every a in b satisfies c`"""
        every = self.advance().text == "every"
        with self.scope():
            bindings = self._bindings()
            self.expect("satisfies")
            return Quantified(every, bindings, self.expression())

    def _bindings(self) -> tuple[Binding, ...]:
        bindings: list[Binding] = []
        while not bindings or self.take(","):
            name = self.new_name("in")
            self.expect("in")
            source = self.expression()
            if self.take(".."):
                source = Steps(source, self.expression())
            self.know(name)
            bindings.append(Binding(name, source))
        return tuple(bindings)

    def function(self) -> FunctionOf:
        """`function(a: number, b) c`; of an external one the description is read past."""
        self.expect("function")
        self.expect("(")
        parameters: dict[str, Type] = {}
        while not self.take(")"):
            if parameters:
                self.expect(",")
            start = self.peek()
            name = self.new_name(":", ",", ")")
            if name in parameters:
                raise self.error("parameter", start=start, found=name)
            parameters[name] = self.type_name() if self.take(":") else ANY
        names, types = tuple(parameters), tuple(parameters.values())
        if self.take("external"):
            self.expression()
            return FunctionOf(names, types, None)
        with self.scope():
            for name in names:
                self.know(name)
            return FunctionOf(names, types, self.expression())

    def list_or_range(self) -> Node:
        """`[a, b]` or `[a..b]`"""
        self.expect("[")
        if self.take("]"):
            return ListOf(())
        items = [self.expression()]
        if self.take(".."):
            return self.range_after(items[0], low_included=True)
        while self.take(","):
            items.append(self.expression())
        self.expect("]")
        return ListOf(tuple(items))

    def context(self) -> Node:
        """`{a: b, "c d": e}`; with a key that stands twice it is null."""
        self.expect("{")
        entries: dict[str, Entry] = {}
        is_clear = True
        with self.scope():
            while not self.take("}"):
                if entries:
                    self.expect(",")
                start = self.peek()
                key = self.advance().text if start.kind == "string" else self.new_name(":")
                self.expect(":")
                if key in entries:
                    is_clear = False
                    self.mistakes.append(self.error("duplicate", start=start, found=key))
                entries[key] = Entry(key, self.expression())
                self.know_key(key)
        return ContextOf(tuple(entries.values())) if is_clear else Literal(None)
