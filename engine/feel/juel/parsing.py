"""Reads JUEL from left to right and writes FEEL."""

from engine.errors import FeelSyntaxError
from engine.feel.budget import MAX_NESTING, MAX_TEXT
from engine.feel.juel.methods import CONSTANTS, CONVERTERS, ENGINES, function, method
from engine.feel.juel.terms import ATOM, UNARY, Term, is_empty, text_of
from engine.feel.juel.tokens import tokens, unquoted
from engine.feel.reasons import syntax_error

#: sign of JUEL → sign of FEEL and how tightly it binds.
_OPERATORS = {
    "||": ("or", 1), "&&": ("and", 2), "==": ("=", 3), "!=": ("!=", 3), "<": ("<", 3), ">": (">", 3),
    "<=": ("<=", 3), ">=": (">=", 3), "+": ("+", 4), "-": ("-", 4), "*": ("*", 5), "/": ("/", 5), "%": ("%", 5),
}  # fmt: skip
_RESERVED = frozenset({"instanceof", "empty", "if", "then", "else", "for", "in", "return", "some", "every", "between"})


class Translator:
    """Translates one expression."""

    def __init__(self, text: str, language: str) -> None:
        if len(text) > MAX_TEXT:
            raise syntax_error(MAX_TEXT, "too_long", limit=MAX_TEXT)
        self._tokens = tokens(text, language)
        self._language = language
        self._place = 0
        self._nested = 0

    def whole(self) -> str:
        """The FEEL text. Raises FeelSyntaxError."""
        term = self._ternary()
        if self._kind != "end":
            raise self._error()
        return term.text

    @property
    def _kind(self) -> str:
        return self._tokens[self._place].kind

    @property
    def _text(self) -> str:
        return self._tokens[self._place].text

    def _error(self, back: int = 0) -> FeelSyntaxError:
        _, found, start = self._tokens[max(self._place - back, 0)]
        return syntax_error(start, "juel", found=found) if found else syntax_error(start, "ends")

    def _take(self, sign: str) -> bool:
        taken = self._kind == "sign" and self._text == sign
        self._place += taken
        return taken

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self._error()

    def _ternary(self) -> Term:
        if self._nested >= MAX_NESTING:
            raise syntax_error(self._tokens[self._place].place, "too_deep")
        self._nested += 1
        term = self._binary(0)
        if self._take("?"):
            yes = self._ternary()
            self._expect(":")
            no = self._ternary()
            term = Term(f"if {term.text} then {yes.text} else {no.text}", 0, yes.is_text and no.is_text)
        elif self._take("?:"):
            tested = term.within(4)
            term = Term(f"if {tested} != null then {term.text} else {self._ternary().text}", 0)
        self._nested -= 1
        return term

    def _binary(self, least: int) -> Term:
        left = self._unary()
        while self._kind == "sign" and _OPERATORS.get(self._text, ("", 0))[1] > least:
            sign, binding = _OPERATORS[self._text]
            if sign == "/" and self._language == "java":
                raise self._error()  # whole numbers are divided to whole numbers there
            self._place += 1
            left = _combined(left, sign, self._binary(binding), binding)
        return left

    def _unary(self) -> Term:
        signs: list[str] = []
        while (self._kind == "sign" and self._text in "!-") or (self._kind, self._text) == ("name", "empty"):
            signs.append(self._text)
            self._place += 1
        if len(signs) > MAX_NESTING:
            raise syntax_error(self._tokens[self._place].place, "too_deep")
        loose = self._language == "python" and signs[-1:] == ["!"]
        term = self._binary(2) if loose else self._path()
        for sign in reversed(signs):
            term = _applied(sign, term)
        return term

    def _path(self) -> Term:
        term = self._atom()
        while True:
            if self._take("."):
                term = self._member(term)
            elif self._take("["):
                term = Term(term.within(ATOM) + self._index())
                self._expect("]")
            elif self._kind == "sign" and self._text == "(":
                raise self._error()
            else:
                if term.name in ENGINES:
                    raise self._error(back=1)
                return term

    def _member(self, term: Term) -> Term:
        if self._kind != "name":
            raise self._error()
        name = self._text
        self._place += 1
        if self._take("("):
            called = method(term, name, self._arguments())
            if called is None:
                raise syntax_error(self._tokens[self._place - 1].place, "juel", found=f"{name}(…)")
            return called
        if (term.name, name) in CONSTANTS:
            return Term(CONSTANTS[term.name, name])
        if name in _RESERVED or term.name in ENGINES | CONVERTERS:
            raise self._error(back=1)
        return Term(f"{term.within(ATOM)}.{name}")

    def _arguments(self) -> list[Term]:
        """What a method is called with; another engine's own objects, which beans ask for, do not exist here."""
        found: list[Term] = []
        is_first = True
        while not self._take(")"):
            if not is_first:
                self._expect(",")
            is_first = False
            following = self._tokens[self._place + 1].text if self._kind == "name" else ""
            if self._text in ENGINES and following in {",", ")"}:
                self._place += 1
            else:
                found.append(self._ternary())
        return found

    def _index(self) -> str:
        """`['name']` is a property; `[0]` is the first item, which FEEL counts as 1."""
        kind, text, _ = self._tokens[self._place]
        if kind == "string" and unquoted(text).isidentifier():
            self._place += 1
            return f".{unquoted(text)}"
        if kind == "number" and text.isdecimal():
            self._place += 1
            return f"[{int(text) + 1}]"
        raise self._error()

    def _atom(self) -> Term:
        kind, text, _ = self._tokens[self._place]
        if self._take("("):
            inner = self._ternary()
            self._expect(")")
            return inner._replace(name="")
        if self._take("["):
            return self._list()
        if kind == "name":
            return self._name()
        if kind not in ("number", "string"):
            raise self._error()
        self._place += 1
        return text_of(unquoted(text)) if kind == "string" else Term(text)

    def _list(self) -> Term:
        found: list[str] = []
        while not self._take("]"):
            if found:
                self._expect(",")
            found.append(self._ternary().text)
        return Term(f"[{', '.join(found)}]")

    def _name(self) -> Term:
        name = self._text
        if name in _RESERVED:
            raise self._error()
        self._place += 1
        if self._take("("):
            return function(name, self._arguments())
        return Term(name, name=name)


def _combined(left: Term, sign: str, right: Term, binding: int) -> Term:
    if sign == "%":
        return Term(f"modulo({left.text}, {right.text})")
    if sign == "+" and (left.is_text or right.is_text):
        if left.is_text and right.is_text:
            return Term(f"{left.within(binding)} + {right.within(binding + 1)}", binding, is_text=True)
        return Term(f"string join([{left.as_text}, {right.as_text}])", is_text=True)
    return Term(f"{left.within(binding)} {sign} {right.within(binding + 1)}", binding)


def _applied(sign: str, term: Term) -> Term:
    match sign:
        case "!":
            return Term(f"not({term.text})")
        case "-":
            return Term(f"-{term.within(UNARY)}", UNARY)
    return is_empty(term)
