"""The words of JUEL and its like."""

import re
from typing import NamedTuple

from engine.feel.reasons import syntax_error

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number> [0-9]+ (?: \.[0-9]+ )? ) [LlDdFf]? (?! \w )
  | (?P<string> '(?: [^'\\] | \\. )*' | "(?: [^"\\] | \\. )*" )
  | (?P<name> [^\W\d]\w* )
  | (?P<sign> && | \|\| | === | !== | == | != | <= | >= | \?\. | \?: | [-+*/%<>!?:().\[\],] )
    )\s*""",
    re.VERBOSE | re.DOTALL,
)
_WORDS = {
    "and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=",
    "div": "/", "mod": "%",
}  # fmt: skip
_SIGNS = {"===": "==", "!==": "!=", "?.": "."}
_PYTHON = {"True": "true", "False": "false", "None": "null", "is": "=="}


class Token(NamedTuple):
    """`kind` is number, string, name, sign or end; `place` counts from 0."""

    kind: str
    text: str
    place: int


def tokens(text: str, language: str) -> list[Token]:
    """The tokens of `text`, the last of kind `end`. Raises FeelSyntaxError."""
    found: list[Token] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise syntax_error(place, "juel", found=text[place : place + 10])
        kind = match.lastgroup or ""
        found.append(_token(kind, match[kind], place, language))
        place = match.end()
    return [*found, Token("end", "", len(text))]


def unquoted(literal: str) -> str:
    """The text of a literal."""
    return re.sub(r"\\(.)", r"\1", literal[1:-1], flags=re.DOTALL)


def _token(kind: str, text: str, place: int, language: str) -> Token:
    if language == "python" and text in _PYTHON:
        return Token("sign" if text == "is" else "name", _PYTHON[text], place)
    if kind == "name" and text in _WORDS:
        return Token("sign", _WORDS[text], place)
    return Token(kind, _SIGNS.get(text, text) if kind == "sign" else text, place)
