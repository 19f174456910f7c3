"""Functions on text (DMN 1.5, section 10.3.4.3)."""

import re
from decimal import Decimal

from engine.errors import FeelError
from engine.feel.budget import spend_text
from engine.feel.builtins.table import Table
from engine.feel.numbers import whole
from engine.feel.regex import Pattern, compile_pattern

TABLE = Table()

_REFERENCE = re.compile(r"\\([\\$])|\$([0-9]+)|([\\$])", re.ASCII)


@TABLE.add("string length(string: string)")
def _string_length(text: str) -> object:
    return Decimal(len(text))


@TABLE.add("substring(string: string, start position: number, length?: number)")
def _substring(text: str, start: Decimal, length: Decimal | None = None) -> object:
    first, count = whole(start), len(text) if length is None else whole(length)
    if not first or count is None or count < 0 or abs(first) > len(text):
        return None
    begin = first - 1 if first > 0 else len(text) + first
    return text[begin : begin + count]


@TABLE.add("substring before(string: string, match: string)")
def _substring_before(text: str, mark: str) -> object:
    before, found, _ = text.partition(mark) if mark else ("", "", "")
    return before if found else ""


@TABLE.add("substring after(string: string, match: string)")
def _substring_after(text: str, mark: str) -> object:
    return text.partition(mark)[2] if mark else text


@TABLE.add("upper case(string: string)")
def _upper_case(text: str) -> object:
    return text.upper()


@TABLE.add("lower case(string: string)")
def _lower_case(text: str) -> object:
    return text.lower()


@TABLE.add("trim(string: string)")
def _trim(text: str) -> object:
    return text.strip()


@TABLE.add("contains(string: string, match: string)")
def _contains(text: str, part: str) -> object:
    return part in text


@TABLE.add("starts with(string: string, match: string)")
def _starts_with(text: str, start: str) -> object:
    return text.startswith(start)


@TABLE.add("ends with(string: string, match: string)")
def _ends_with(text: str, end: str) -> object:
    return text.endswith(end)


@TABLE.add("matches(input: string, pattern: string, flags?: string)")
def _matches(text: str, pattern: str, flags: str = "") -> object:
    compiled = pattern_or_none(pattern, flags)
    return compiled and compiled.search(text) is not None


@TABLE.add("replace(input: string, pattern: string, replacement: string, flags?: string)")
def _replace(text: str, pattern: str, replacement: str, flags: str = "") -> object:
    """As `fn:replace` of XPath: null for a pattern that fits nothing at all, or a wrong replacement."""
    compiled = pattern_or_none(pattern, flags)
    pieces = [replacement] if "q" in flags else _pieces(replacement, compiled.groups if compiled else 0)
    if compiled is None or pieces is None or compiled.search("") is not None:
        return None
    parts: list[str] = []
    place = 0
    for match in compiled.finditer(text):
        begin, end = match.spans[0] or (0, 0)
        parts += [text[place:begin], "".join(match.group(part) if isinstance(part, int) else part for part in pieces)]
        spend_text(len(parts[-1]) + len(parts[-2]))
        place = end
    return "".join([*parts, text[place:]])


@TABLE.add("split(string: string, delimiter: string)")
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


@TABLE.add("string join(list: list, delimiter?: string|null)")
def _string_join(values: list[object], delimiter: str | None = None) -> object:
    texts = [value for value in values if value is not None]
    if not all(isinstance(text, str) for text in texts):
        return None
    between = delimiter or ""
    spend_text(sum(len(str(text)) + len(between) for text in texts))
    return between.join(map(str, texts))


def pattern_or_none(text: str, flags: str = "") -> Pattern | None:
    """The regular expression `text`; None if it cannot be used."""
    try:
        return compile_pattern(text, flags)
    except FeelError:
        return None


def _pieces(replacement: str, groups: int) -> list[str | int] | None:
    r"""The texts of `replacement` and, as numbers, the groups it names by `$1`; None if it is wrong.

    Of `$12` only as many digits count as there are groups; `\$` and `\\` are the characters themselves.
    """
    pieces: list[str | int] = []
    place = 0
    for found in _REFERENCE.finditer(replacement):
        if found[3]:
            return None
        pieces.append(replacement[place : found.start()])
        place = found.end()
        if found[1]:
            pieces.append(found[1])
            continue
        digits = found[2][:4]
        while len(digits) > 1 and int(digits) > groups:
            digits = digits[:-1]
        pieces += [int(digits), found[2][len(digits) :]]
    return [*pieces, replacement[place:]]
