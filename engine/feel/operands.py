"""Reads what stands between operators: literals, names, calls, brackets, conditions and loops."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from engine.feel.budget import MAX_NESTING
from engine.feel.builtins import BUILTINS
from engine.feel.builtins.strings import pattern_or_none
from engine.feel.lexer import Token
from engine.feel.nodes import (
    Binding,
    Call,
    ContextOf,
    Entry,
    For,
    If,
    ListOf,
    Literal,
    Name,
    Node,
    Quantified,
    RangeOf,
)
from engine.feel.numbers import read_number
from engine.feel.temporal import parse_temporal
from engine.feel.tokens import Tokens
from engine.feel.types import TYPES

_KEYWORDS = frozenset(
    [
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "and",
        "or",
        "between",
        "instance",
        "of",
        "true",
        "false",
        "null",
        "function",
        "external",
    ]
)
_CONSTANTS = {"true": True, "false": False, "null": None}
#: Properties of values that are two words.
_PROPERTIES = ("time offset", "start included", "end included")
#: Functions whose second value is a regular expression.
_WITH_PATTERN = frozenset({"matches", "replace", "split"})
_BUILTIN_PHRASES = tuple(name for name in BUILTINS if " " in name)


class Operands(Tokens, ABC):
    """The part of the parser that reads operands; the whole is `engine.feel.parser.Parser`."""

    def __init__(self, text: str, names: Iterable[str]) -> None:
        super().__init__(text, names)
        self._nested = 0

    @abstractmethod
    def expression(self, binding: int = 0) -> Node:
        """An expression whose operators bind more tightly than `binding`."""

    @abstractmethod
    def bracketed_range(self) -> Node:
        """`(a..b)` or `]a..b[`, at its opening bracket; `(a)` gives `a` itself."""

    @abstractmethod
    def range_after(self, low: Node, *, low_included: bool) -> RangeOf:
        """The rest of a range after its `..`."""

    @contextmanager
    def nesting(self) -> Iterator[None]:
        """Count one level; raises FeelSyntaxError at too many."""
        if self._nested >= MAX_NESTING:
            raise self.error("too_deep")
        self._nested += 1
        yield
        self._nested -= 1

    def operand(self) -> Node:
        """One operand, without paths and filters behind it."""
        token = self.peek()
        if token.kind == "name":
            return self._word()
        if token.kind == "number":
            return self._number()
        if token.kind == "string":
            return Literal(self.advance().text)
        if self.take("?"):
            return Name("?")
        return self._bracketed()

    def _bracketed(self) -> Node:
        match self.operator():
            case "(" | "]":
                return self.bracketed_range()
            case "[":
                return self._list_or_range()
            case "{":
                return self._context()
            case "@":
                return self._at_literal()
        raise self.unexpected()

    def member(self) -> str:
        """The name after a dot."""
        return self.phrase() or self.phrase(_PROPERTIES) or self.word()

    def type_name(self) -> str:
        """The name of a type, as `date and time` or `list<number>`."""
        start = self.peek()
        name = self.phrase(TYPES) or self.word()
        if name not in TYPES:
            raise self.error("type", start=start, found=name)
        if name in ("list", "range") and self.take("<"):
            with self.nesting():
                name = f"{name}<{self.type_name()}>"
            self.expect(">")
        return name

    def _number(self) -> Literal:
        token = self.advance()
        value = read_number(token.text)
        if value is None:
            raise self.error("number", start=token, found=token.text[:40])
        return Literal(value)

    def _word(self) -> Node:
        phrase = self.phrase()
        if phrase is not None:
            return self._call(phrase) if self.at("(") else Name(phrase)
        phrase = self.phrase(_BUILTIN_PHRASES, before="(")
        if phrase is not None:
            return self._call(phrase)
        return self._keyword() or self._plain_name()

    def _plain_name(self) -> Node:
        phrase = self._called_phrase()
        if phrase is not None:
            return self._call(phrase)
        name = self.word(_KEYWORDS)
        if name == "not":
            self.expect("(")
        return Name(name)

    def _keyword(self) -> Node | None:
        """What starts with the keyword here; None if none is here."""
        match self.peek().text:
            case "if":
                return self._if()
            case "for":
                return self._for()
            case "some" | "every":
                return self._quantified()
            case "function":
                raise self.error("definition")
            case "true" | "false" | "null" as constant:
                self.advance()
                return Literal(_CONSTANTS[constant])
        return None

    def _called_phrase(self) -> str | None:
        """Words up to an opening bracket: two names side by side can only be the name of a function."""
        words: list[str] = []
        for token in self.rest():
            if token.kind != "name" or token.text in _KEYWORDS:
                return self.skip(words) if words and token.text == "(" else None
            words.append(token.text)
        return None

    def _call(self, name: str) -> Call:
        start = self.peek(-1)
        self.expect("(")
        arguments: list[Node] = []
        while not self.take(")"):
            if arguments:
                self.expect(",")
            arguments.append(self.expression())
            if self.at(":"):
                raise self.error("named_parameter")
        builtin = BUILTINS.get(name)
        if builtin is not None and not builtin.accepts(len(arguments)):
            raise self.error("arity", start=start, function=name, expected=builtin.arity, given=len(arguments))
        if name in _WITH_PATTERN and isinstance(arguments[1], Literal):
            self._check_pattern(arguments[1].value, start)
        return Call(name, tuple(arguments))

    def _check_pattern(self, pattern: object, start: Token) -> None:
        if isinstance(pattern, str) and pattern_or_none(pattern) is None:
            raise self.error("pattern", start=start, found=pattern[:40])

    def _if(self) -> If:
        self.expect("if")
        condition = self.expression()
        self.expect("then")
        yes = self.expression()
        self.expect("else")
        return If(condition, yes, self.expression())

    def _for(self) -> For:
        self.expect("for")
        with self.scope():
            bindings = self._bindings()
            self.expect("return")
            return For(bindings, self.expression())

    def _quantified(self) -> Quantified:
        every = self.advance().text == "every"
        with self.scope():
            bindings = self._bindings()
            self.expect("satisfies")
            return Quantified(every, bindings, self.expression())

    def _bindings(self) -> tuple[Binding, ...]:
        bindings: list[Binding] = []
        while not bindings or self.take(","):
            name = self.words_until("in")
            self.expect("in")
            source = self.expression()
            if self.take(".."):
                source = RangeOf(source, self.expression(), low_included=True, high_included=True)
            self.know(name)
            bindings.append(Binding(name, source))
        return tuple(bindings)

    def _list_or_range(self) -> Node:
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

    def _context(self) -> ContextOf:
        self.expect("{")
        entries: dict[str, Entry] = {}
        with self.scope():
            while not self.take("}"):
                if entries:
                    self.expect(",")
                start = self.peek()
                key = self.advance().text if start.kind == "string" else self.words_until(":")
                if key in entries:
                    raise self.error("duplicate", start=start, found=key)
                self.expect(":")
                entries[key] = Entry(key, self.expression())
                self.know(key)
        return ContextOf(tuple(entries.values()))

    def _at_literal(self) -> Literal:
        self.expect("@")
        token = self.advance()
        value = parse_temporal(token.text) if token.kind == "string" else None
        if value is None:
            raise self.error("temporal", start=token, found=token.text)
        return Literal(value)
