"""Reads what stands between operators: literals, names, calls and brackets."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from decimal import Decimal

from engine.feel.builtins import BUILTINS
from engine.feel.builtins.strings import pattern_or_none
from engine.feel.constructs import Constructs
from engine.feel.lexer import Token
from engine.feel.nodes import Call, Literal, Name, Node
from engine.feel.numbers import CONTEXT, read_number
from engine.feel.temporal import parse_temporal
from engine.feel.vocabulary import Vocabulary

_KEYWORDS = frozenset(
    {
        "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "between", "instance",
        "of", "true", "false", "null", "function", "external",
    }
)  # fmt: skip
_CONSTANTS = {"true": True, "false": False, "null": None}
#: Properties of values that are two words.
_PROPERTIES = Vocabulary(("time offset", "start included", "end included"))
#: Functions whose second value is a regular expression, and the name of that parameter.
_WITH_PATTERN = {"matches": "pattern", "replace": "pattern", "split": "delimiter"}
_CALLED = Vocabulary(name for name in BUILTINS if " " in name)
#: `date and time` without a bracket behind it are two names.
_VALUES = Vocabulary(name for name in BUILTINS if " " in name and " and " not in name)


class Operands(Constructs):
    """The part of the parser that reads operands; the whole is `engine.feel.parser.Parser`."""

    @abstractmethod
    def bracketed(self) -> Node:
        """`(a)`, `(a..b)`, `]a..b[` or `(> a)`, at its opening bracket."""

    def operand(self) -> Node:
        """One operand, without paths, filters and calls behind it."""
        token = self.peek()
        if token.kind == "name":
            return self._word()
        if token.kind == "string":
            return Literal(self.advance().text)
        phrase = self.phrase()
        if phrase is not None:
            return self._called_or_named(phrase)
        if token.kind == "number":
            return Literal(self._number())
        if self.take("?"):
            return Name("?")
        return self._signed()

    def _signed(self) -> Node:
        match self.operator():
            case "(" | "]":
                return self.bracketed()
            case "[":
                return self.list_or_range()
            case "{":
                return self.context()
            case "@":
                return self._at_literal()
        raise self.unexpected()

    def member(self) -> str:
        """The name after a dot."""
        return self.phrase(self._keys, _PROPERTIES) or self.word()

    def negative_number(self) -> Literal:
        """`-1`, which is one literal (rule 37), at its sign."""
        self.advance()
        return Literal(CONTEXT.minus(self._number()))

    def _number(self) -> Decimal:
        token = self.advance()
        value = read_number(token.text)
        if value is None:
            raise self.error("number", start=token, found=token.text[:40])
        return value

    def _word(self) -> Node:
        phrase = self.phrase(_CALLED, before="(") or self.phrase(_VALUES)
        if phrase is not None:
            return self._called_or_named(phrase)
        construct = self._constructs().get(self.peek().text)
        if construct is not None:
            return construct()
        if self.peek().text in _CONSTANTS:
            return Literal(_CONSTANTS[self.advance().text])
        return self._plain_name()

    def _constructs(self) -> Mapping[str, Callable[[], Node]]:
        return {
            "if": self.condition,
            "for": self.loop,
            "some": self.quantified,
            "every": self.quantified,
            "function": self.function,
        }

    def _plain_name(self) -> Node:
        length = self._words_before_bracket()
        if length:
            return self.call(self.skip(length))
        name = self.word(_KEYWORDS)
        if name == "not":
            self.expect("(")
        return Name(name)

    def _called_or_named(self, name: str) -> Node:
        return self.call(name) if self.at("(") else Name(name)

    def _words_before_bracket(self) -> int:
        """How many words lead to an opening bracket: names side by side can only be the name of a function."""
        for length, token in enumerate(self.rest()):
            if token.kind != "name" or token.text in _KEYWORDS:
                return length if token.text == "(" else 0
        return 0

    def call(self, name: str) -> Node:
        """The call of the function `name`, at its opening bracket."""
        start = self.peek(-1)
        names, arguments = self.arguments()
        builtin = BUILTINS.get(name)
        if builtin is not None and not builtin.accepts(len(arguments), names):
            reason, given = ("parameters", ", ".join(names)) if names else ("arity", str(len(arguments)))
            self.mistakes.append(self.error(reason, start=start, function=name, expected=builtin.arity, given=given))
        if name in _WITH_PATTERN:
            places = names or ("input", _WITH_PATTERN[name])
            self._check_pattern(dict(zip(places, arguments, strict=False)).get(_WITH_PATTERN[name]), start)
        return Call(name, arguments, names)

    def arguments(self) -> tuple[tuple[str, ...], tuple[Node, ...]]:
        """`(a, b)` or `(x: a, y: b)`: the names, none if they are given by position, and the values."""
        self.expect("(")
        names: list[str] = []
        arguments: list[Node] = []
        while not self.take(")"):
            if arguments:
                self.expect(",")
            length = self.length_of_name((":",)) if len(names) == len(arguments) else 0
            if length:
                start = self.peek()
                names.append(self.skip(length))
                if names[-1] in names[:-1]:
                    raise self.error("parameter", start=start, found=names[-1])
                self.expect(":")
            elif names:
                raise self.error("expected", expected=":", found=self.peek().text)
            arguments.append(self.expression())
        return tuple(names), tuple(arguments)

    def _check_pattern(self, pattern: Node | None, start: Token) -> None:
        text = pattern.value if isinstance(pattern, Literal) else None
        if isinstance(text, str) and pattern_or_none(text) is None:
            self.mistakes.append(self.error("pattern", start=start, found=text[:40]))

    def _at_literal(self) -> Literal:
        self.expect("@")
        token = self.advance()
        if token.kind != "string":
            raise self.error("temporal", start=token, found=token.text)
        value = parse_temporal(token.text)
        if value is None:
            self.mistakes.append(self.error("temporal", start=token, found=token.text))
        return Literal(value)
