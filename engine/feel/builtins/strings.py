"""Functions on text (DMN 1.4, section 10.3.4.3)."""

import re
from decimal import Decimal

from engine.errors import FeelError
from engine.feel.budget import spend_text
from engine.feel.builtins.table import LIST, NUMBER, STRING, Table
from engine.feel.numbers import whole
from engine.feel.regex import Match, Pattern, compile_pattern

TABLE = Table()

_REFERENCE = re.compile(r"\\(.)|\$([0-9])")


@TABLE.add("string length", STRING)
def _string_length(text: str) -> object:
    return Decimal(len(text))


@TABLE.add("substring", STRING, NUMBER, NUMBER, least=2)
def _substring(text: str, start: Decimal, length: Decimal | None = None) -> object:
    first, count = whole(start), len(text) if length is None else whole(length)
    if not first or count is None or count < 0 or abs(first) > len(text):
        return None
    begin = first - 1 if first > 0 else len(text) + first
    return text[begin : begin + count]


@TABLE.add("substring before", STRING, STRING)
def _substring_before(text: str, mark: str) -> object:
    before, found, _ = text.partition(mark) if mark else ("", "", "")
    return before if found else ""


@TABLE.add("substring after", STRING, STRING)
def _substring_after(text: str, mark: str) -> object:
    return text.partition(mark)[2] if mark else text


@TABLE.add("upper case", STRING)
def _upper_case(text: str) -> object:
    return text.upper()


@TABLE.add("lower case", STRING)
def _lower_case(text: str) -> object:
    return text.lower()


@TABLE.add("trim", STRING)
def _trim(text: str) -> object:
    return text.strip()


@TABLE.add("contains", STRING, STRING)
def _contains(text: str, part: str) -> object:
    return part in text


@TABLE.add("starts with", STRING, STRING)
def _starts_with(text: str, start: str) -> object:
    return text.startswith(start)


@TABLE.add("ends with", STRING, STRING)
def _ends_with(text: str, end: str) -> object:
    return text.endswith(end)


@TABLE.add("matches", STRING, STRING, STRING, least=2)
def _matches(text: str, pattern: str, flags: str = "") -> object:
    compiled = pattern_or_none(pattern, flags)
    return compiled and compiled.search(text) is not None


@TABLE.add("replace", STRING, STRING, STRING, STRING, least=3)
def _replace(text: str, pattern: str, replacement: str, flags: str = "") -> object:
    compiled = pattern_or_none(pattern, flags)
    if compiled is None:
        return None
    parts: list[str] = []
    place = 0
    for match in compiled.finditer(text):
        begin, end = match.spans[0] or (0, 0)
        parts += [text[place:begin], _filled(replacement, match)]
        spend_text(len(parts[-1]) + len(parts[-2]))
        place = end
    return "".join([*parts, text[place:]])


@TABLE.add("split", STRING, STRING)
def _split(text: str, delimiter: str) -> object:
    compiled = pattern_or_none(delimiter)
    if compiled is None:
        return None
    parts: list[object] = []
    place = 0
    for match in compiled.finditer(text):
        begin, end = match.spans[0] or (0, 0)
        if end > begin:
            parts.append(text[place:begin])
            place = end
    return [*parts, text[place:]]


@TABLE.add("string join", LIST, STRING, least=1)
def _string_join(values: list[object], delimiter: str = "") -> object:
    texts = [value for value in values if value is not None]
    if not all(isinstance(text, str) for text in texts):
        return None
    spend_text(sum(len(str(text)) + len(delimiter) for text in texts))
    return delimiter.join(map(str, texts))


def pattern_or_none(text: str, flags: str = "") -> Pattern | None:
    """The regular expression `text`; None if it cannot be used."""
    try:
        return compile_pattern(text, flags)
    except FeelError:
        return None


def _filled(replacement: str, match: Match) -> str:
    """`replacement` with `$1` as group 1 and `$0` as all that was found."""
    return _REFERENCE.sub(lambda found: found[1] or match.group(int(found[2])), replacement)
