"""Translates simple JUEL, the expression language of older models, to FEEL: `${amount > 500 && !empty name}`."""

import re
from typing import NamedTuple

from engine.errors import FeelSyntaxError
from engine.feel.budget import MAX_NESTING, MAX_TEXT
from engine.feel.expression import parse, unwrap
from engine.feel.reasons import syntax_error
from engine.feel.text import quoted

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number> [0-9]+ (?: \.[0-9]+ )? )
  | (?P<string> '(?: [^'\\] | \\. )*' | "(?: [^"\\] | \\. )*" )
  | (?P<name> [^\W\d]\w* )
  | (?P<sign> && | \|\| | == | != | <= | >= | [-+*/%<>!?:().\[\],] )
    )\s*""",
    re.VERBOSE | re.DOTALL,
)
_WORDS = {
    "and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=",
    "div": "/", "mod": "%",
}  # fmt: skip
#: sign of JUEL → sign of FEEL and how tightly it binds.
_OPERATORS = {
    "||": ("or", 1), "&&": ("and", 2), "==": ("=", 3), "!=": ("!=", 3), "<": ("<", 3), ">": (">", 3),
    "<=": ("<=", 3), ">=": (">=", 3), "+": ("+", 4), "-": ("-", 4), "*": ("*", 5), "/": ("/", 5), "%": ("%", 5),
}  # fmt: skip
_UNARY, _ATOM = 7, 9
_RESERVED = frozenset({"instanceof", "empty", "if", "then", "else", "for", "in", "return", "some", "every", "between"})


class _Term(NamedTuple):
    """FEEL text and how tightly its outermost operator binds."""

    text: str
    binding: int

    def within(self, binding: int) -> str:
        """The text, in brackets where something that binds by `binding` would tear it apart."""
        return self.text if self.binding >= binding else f"({self.text})"


def from_juel(text: str) -> str:
    """The FEEL text that means what the JUEL `text` means, with or without `${...}` around it.

    Knows comparisons, arithmetic, `&&`, `||`, `!`, `empty`, `a ? b : c`, properties and indexes. Raises
    FeelSyntaxError for anything else, as calls of methods and beans.
    """
    translation = _Juel(unwrap(text)).translate()
    parse(translation)
    return translation


class _Juel:
    def __init__(self, text: str) -> None:
        if len(text) > MAX_TEXT:
            raise syntax_error(MAX_TEXT, "too_long", limit=MAX_TEXT)
        self._tokens = _tokens(text)
        self._place = 0
        self._nested = 0

    def translate(self) -> str:
        term = self._ternary()
        if self._kind != "end":
            raise self._error()
        return term.text

    @property
    def _kind(self) -> str:
        return self._tokens[self._place][0]

    @property
    def _text(self) -> str:
        return self._tokens[self._place][1]

    def _error(self) -> FeelSyntaxError:
        _, found, start = self._tokens[self._place]
        return syntax_error(start, "juel", found=found) if found else syntax_error(start, "ends")

    def _take(self, sign: str) -> bool:
        taken = self._kind == "sign" and self._text == sign
        self._place += taken
        return taken

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self._error()

    def _ternary(self) -> _Term:
        if self._nested >= MAX_NESTING:
            raise syntax_error(self._tokens[self._place][2], "too_deep")
        self._nested += 1
        term = self._binary(0)
        if self._take("?"):
            yes = self._ternary()
            self._expect(":")
            term = _Term(f"if {term.text} then {yes.text} else {self._ternary().text}", 0)
        self._nested -= 1
        return term

    def _binary(self, least: int) -> _Term:
        left = self._unary()
        while self._kind == "sign" and _OPERATORS.get(self._text, ("", 0))[1] > least:
            sign, binding = _OPERATORS[self._text]
            self._place += 1
            right = self._binary(binding)
            if sign == "%":
                left = _Term(f"modulo({left.text}, {right.text})", _ATOM)
            else:
                left = _Term(f"{left.within(binding)} {sign} {right.within(binding + 1)}", binding)
        return left

    def _unary(self) -> _Term:
        signs: list[str] = []
        while (self._kind == "sign" and self._text in "!-") or (self._kind, self._text) == ("name", "empty"):
            signs.append(self._text)
            self._place += 1
        if len(signs) > MAX_NESTING:
            raise syntax_error(self._tokens[self._place][2], "too_deep")
        term = self._path()
        for sign in reversed(signs):
            term = _applied(sign, term)
        return term

    def _path(self) -> _Term:
        term = self._atom()
        while True:
            if self._take("."):
                if self._kind != "name":
                    raise self._error()
                term = _Term(f"{term.within(_ATOM)}.{self._word()}", _ATOM)
            elif self._take("["):
                term = _Term(term.within(_ATOM) + self._index(), _ATOM)
                self._expect("]")
            elif self._kind == "sign" and self._text == "(":
                raise self._error()
            else:
                return term

    def _index(self) -> str:
        """`['name']` is a property; `[0]` is the first item, which FEEL counts as 1."""
        kind, text, _ = self._tokens[self._place]
        if kind == "string" and _unquoted(text).isidentifier():
            self._place += 1
            return f".{_unquoted(text)}"
        if kind == "number" and text.isdecimal():
            self._place += 1
            return f"[{int(text) + 1}]"
        raise self._error()

    def _atom(self) -> _Term:
        kind, text, _ = self._tokens[self._place]
        if self._take("("):
            inner = self._ternary()
            self._expect(")")
            return _Term(inner.text, inner.binding)
        if kind == "name":
            return _Term(self._word(), _ATOM)
        if kind not in ("number", "string"):
            raise self._error()
        self._place += 1
        return _Term(quoted(_unquoted(text)) if kind == "string" else text, _ATOM)

    def _word(self) -> str:
        if self._text in _RESERVED:
            raise self._error()
        self._place += 1
        return self._tokens[self._place - 1][1]


def _applied(sign: str, term: _Term) -> _Term:
    match sign:
        case "!":
            return _Term(f"not({term.text})", _ATOM)
        case "-":
            return _Term(f"-{term.within(_UNARY)}", _UNARY)
    tested = term.within(_ATOM)
    return _Term(f'if {tested} = null or {tested} = "" or {tested} = [] then true else false', 0)


def _unquoted(literal: str) -> str:
    return re.sub(r"\\(.)", r"\1", literal[1:-1], flags=re.DOTALL)


def _tokens(text: str) -> list[tuple[str, str, int]]:
    """Kind, text and place of each token, the last of kind `end`; raises FeelSyntaxError."""
    tokens: list[tuple[str, str, int]] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise syntax_error(place, "juel", found=text[place : place + 10])
        kind, found = match.lastgroup or "", match[match.lastgroup or 0]
        tokens.append(("sign", _WORDS[found], place) if found in _WORDS else (kind, found, place))
        place = match.end()
    return [*tokens, ("end", "", len(text))]
