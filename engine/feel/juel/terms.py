"""FEEL text under construction."""

from typing import NamedTuple

from engine.feel.text import quoted

UNARY, ATOM = 7, 9


class Term(NamedTuple):
    """FEEL text and how tightly its outermost operator binds."""

    text: str
    binding: int = ATOM
    #: whether its value is certainly a text
    is_text: bool = False
    #: the plain name that it is, if it is one
    name: str = ""
    #: the text of a literal, None for other terms
    literal: str | None = None

    def within(self, binding: int) -> str:
        """The text, in brackets where something that binds by `binding` would tear it apart."""
        return self.text if self.binding >= binding else f"({self.text})"

    @property
    def as_text(self) -> str:
        """FEEL that gives its value as text."""
        return self.text if self.is_text else f"string({self.text})"


def text_of(literal: str) -> Term:
    """A literal text."""
    return Term(quoted(literal), is_text=True, literal=literal)


def is_empty(term: Term) -> Term:
    """Whether a value is missing, an empty text or an empty list."""
    tested = term.within(ATOM)
    return Term(f'if {tested} = null or {tested} = "" or {tested} = [] then true else false', 0)
