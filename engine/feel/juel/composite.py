"""Texts with expressions in them, as `Order ${number} of ${customer.name}`."""

import re

from engine.errors import FeelSyntaxError
from engine.feel.expression import parse
from engine.feel.juel.parsing import Translator
from engine.feel.reasons import syntax_error
from engine.feel.text import quoted

_PART = re.compile(r"""[$#]\{((?:[^{}"']|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\{[^{}]*\})*)\}""", re.DOTALL)
_ALONE = re.compile(rf"\s*(?:{_PART.pattern})\s*", re.DOTALL)


def is_composite(text: str) -> bool:
    """Whether `text` holds an expression in `${…}` and something else beside it."""
    return "{" in text and _PART.search(text) is not None and _ALONE.fullmatch(text) is None


def joined(text: str, language: str) -> str:
    """FEEL that gives the whole text. Raises FeelSyntaxError."""
    # `string join` takes what is missing for nothing, as JUEL does.
    parts: list[str] = []
    place = 0
    for match in _PART.finditer(text):
        parts += [quoted(text[place : match.start()])] if match.start() > place else []
        parts.append(f"string({_inner(match[1], language)})")
        place = match.end()
    rest = text[place:]
    if "${" in rest or "#{" in rest:
        raise syntax_error(place, "juel", found=rest[:10])
    return f"string join([{', '.join([*parts, *([quoted(rest)] if rest else [])])}])"


def _inner(text: str, language: str) -> str:
    try:
        return parse(text).text
    except FeelSyntaxError:
        return Translator(text, language).whole()
