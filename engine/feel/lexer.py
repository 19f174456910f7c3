"""Cuts the text of an expression into tokens (DMN 1.4, section 10.3.1.2)."""

import re
from typing import Literal, NamedTuple, TypeAlias

from engine.feel.budget import MAX_TEXT
from engine.feel.reasons import syntax_error

Kind: TypeAlias = Literal["number", "string", "name", "op", "end"]


class Token(NamedTuple):
    """One token: its kind, its text as written (of strings: the meaning), and where it starts."""

    kind: Kind
    text: str
    start: int


_TOKEN = re.compile(
    r"""
    (?P<space> [\s\ufeff]+ | //[^\n]* | /\*.*?\*/ )
  | (?P<number> (?: [0-9]+ (?: \.[0-9]+ )? | \.[0-9]+ ) (?: [eE][+-]?[0-9]+ )? )
  | (?P<string> "(?: [^"\\] | \\. )*" )
  | (?P<name> (?: [^\W\d] | [\U00010000-\U000effff] ) (?: \w | [\U00010000-\U000effff] )* )
  | (?P<op> \.\. | \*\* | <= | >= | != | -> | [-+*/=<>()\[\]{},.:?@] )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}


def tokenize(text: str) -> list[Token]:
    """The tokens of `text`, the last of kind `end`; raises FeelSyntaxError."""
    if len(text) > MAX_TEXT:
        raise syntax_error(MAX_TEXT, "too_long", limit=MAX_TEXT)
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            reason = "string_open" if text[position] == '"' else "character"
            raise syntax_error(position, reason, found=text[position])
        token = _token(match)
        if token is not None:
            tokens.append(token)
        position = match.end()
    return [*tokens, Token("end", "", len(text))]


def _token(match: re.Match[str]) -> Token | None:
    start, text = match.start(), match.group()
    match match.lastgroup:
        case "space":
            return None
        case "string":
            return Token("string", _unescape(text[1:-1], start), start)
        case "number":
            return Token("number", text, start)
        case "name":
            return Token("name", text, start)
        case _:
            return Token("op", text, start)


def _unescape(inner: str, start: int) -> str:
    if "\\" not in inner:
        return inner

    def meaning(match: re.Match[str]) -> str:
        code = match.group(1)
        if len(code) > 1 and int(code[1:], 16) <= 0x10FFFF:
            return chr(int(code[1:], 16))
        if code not in _ESCAPES:
            raise syntax_error(start + match.start(), "escape", found=match.group())
        return _ESCAPES[code]

    # Two \u escapes may stand for one character (a surrogate pair); a lone half becomes U+FFFD.
    return _ESCAPE.sub(meaning, inner).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
