"""Cuts the text of an expression into tokens (DMN 1.5, section 10.3.1.2)."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias, cast

from engine.feel.budget import MAX_TEXT
from engine.feel.reasons import syntax_error

Kind: TypeAlias = Literal["number", "string", "name", "op", "other", "end"]


class Token(NamedTuple):
    """One token: its kind, its text as written (of strings: the meaning), where it starts and where it ends."""

    kind: Kind
    text: str
    start: int
    end: int


#: Rules 28 and 29: characters that may begin a name, and those that may also stand inside.
_START = (
    r"A-Z_a-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u167f\u1681-\u180d\u180f-"
    r"\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\ufffd"
    r"\U00010000-\U000effff"
)
_PART = rf"{_START}0-9\u00b7\u0300-\u036f\u203f-\u2040"
#: Rules 61 and 62: white space, beyond what Python counts as such.
_SPACE = r"\s\u180e\u200b\ufeff"
_TOKEN = re.compile(
    rf"""
    (?P<space> [{_SPACE}]+ | //[^\n]* | /\*.*?\*/ )
  | (?P<number> (?: [0-9]+ (?: \.[0-9]+ )? | \.[0-9]+ ) (?: [eE][+-]?[0-9]+ )? )
  | (?P<string> "(?: [^"\\] | \\. )*" )
  | (?P<name> (?: [{_START}] | \?(?=[{_START}]) ) [{_PART}]* )
  | (?P<op> \.\. | \*\* | <= | >= | != | -> | [-+*/=<>()\[\]{{}},.:?@] )
  | (?P<other> [^"] )
    """,
    re.VERBOSE | re.DOTALL,
)
_NAME = re.compile(rf"[{_START}][{_PART}]*")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}


def tokenize(text: str) -> list[Token]:
    """The tokens of `text`, the last of kind `end`; raises FeelSyntaxError."""
    if len(text) > MAX_TEXT:
        raise syntax_error(MAX_TEXT, "too_long", limit=MAX_TEXT)
    tokens: list[Token] = []
    position = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start != position:
            break
        position = end
        kind = match.lastgroup
        if kind == "string":
            tokens.append(Token("string", _unescape(match.group()[1:-1]), start, end))
        elif kind != "space":
            tokens.append(Token(cast("Kind", kind), match.group(), start, end))
    if position < len(text):
        raise syntax_error(position, "string_open")
    return [*tokens, Token("end", "", len(text), len(text))]


@lru_cache(maxsize=4096)
def is_plain(name: str) -> bool:
    """Whether `name` is one token, so that it needs no one to know it."""
    return _NAME.fullmatch(name) is not None


def _unescape(inner: str) -> str:
    if "\\" not in inner:
        return inner
    # Two \u escapes may stand for one character (a surrogate pair); a lone half becomes U+FFFD.
    return _ESCAPE.sub(_meaning, inner).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _meaning(match: re.Match[str]) -> str:
    """What an escape stands for; a backslash before any other character is a character itself (rule 35)."""
    code = match.group(1)
    if len(code) > 1 and int(code[1:], 16) <= 0x10FFFF:
        return chr(int(code[1:], 16))
    return _ESCAPES.get(code, match.group())
