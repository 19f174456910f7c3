"""Relations of points and ranges, and ranges written as text (DMN 1.5, section 10.3.4.7, after Allen).

A point is the range from itself to itself; an end that is null lies infinitely far away.
"""

from collections.abc import Callable
from typing import NamedTuple

from engine.errors import FeelSyntaxError
from engine.feel.builtins.table import Table
from engine.feel.lexer import Token, tokenize
from engine.feel.numbers import CONTEXT, read_number
from engine.feel.temporal import parse_date, parse_date_time, parse_duration, parse_temporal, parse_time
from engine.feel.types import ORDERED, Range, kind
from engine.feel.values import compare, range_between

TABLE = Table()

_POINT = "|".join(sorted(ORDERED))
_Relation = Callable[[Range, Range], bool]
_FORMS = {
    "points": (f"point1: {_POINT}, point2: {_POINT}",),
    "mixed": (f"point: {_POINT}, range: range", f"range: range, point: {_POINT}"),
    "point first": (f"point: {_POINT}, range: range",),
    "range first": (f"range: range, point: {_POINT}",),
    "ranges": ("range1: range, range2: range",),
}


def _declare(name: str, *forms: str) -> Callable[[_Relation], _Relation]:
    """Declare the decorated relation of two ranges as `name`, in each of `forms`."""

    def declare(relation: _Relation) -> _Relation:
        def related(first: object, second: object) -> object:
            one, other = (value if isinstance(value, Range) else Range(value, value) for value in (first, second))
            return relation(one, other) if _comparable(one, other) else None

        for form in (*forms, "ranges"):
            for parameters in _FORMS[form]:
                TABLE.add(f"{name}({parameters})")(related)
        return relation

    return declare


class _End(NamedTuple):
    value: object
    included: bool
    infinity: int


def _low(of: Range) -> _End:
    return _End(of.low, of.low_included, -1)


def _high(of: Range) -> _End:
    return _End(of.high, of.high_included, 1)


def _comparable(one: Range, other: Range) -> bool:
    ends = [end for end in (one.low, one.high, other.low, other.high) if end is not None]
    return all(compare("<=", ends[0], end) is not None for end in ends)


def _order(one: _End, other: _End) -> int:
    """Below 0 where `one` lies before `other`, above 0 where it lies behind, else 0."""
    if one.value is None or other.value is None:
        return (one.infinity if one.value is None else 0) - (other.infinity if other.value is None else 0)
    return bool(compare(">", one.value, other.value)) - bool(compare("<", one.value, other.value))


def _starts_no_later(one: Range, other: Range) -> bool:
    order = _order(_low(one), _low(other))
    return order < 0 or (order == 0 and (one.low_included or not other.low_included))


def _ends_no_sooner(one: Range, other: Range) -> bool:
    order = _order(_high(one), _high(other))
    return order > 0 or (order == 0 and (one.high_included or not other.high_included))


def _reaches(one: Range, other: Range) -> bool:
    """Whether `one` ends in `other` or behind it."""
    order = _order(_high(one), _low(other))
    return order > 0 or (order == 0 and one.high_included and other.low_included)


@_declare("before", "points", "mixed")
def _before(one: Range, other: Range) -> bool:
    return not _reaches(one, other)


@_declare("after", "points", "mixed")
def _after(one: Range, other: Range) -> bool:
    return not _reaches(other, one)


@_declare("meets")
def _meets(one: Range, other: Range) -> bool:
    return _order(_high(one), _low(other)) == 0 and one.high_included and other.low_included


@_declare("met by")
def _met_by(one: Range, other: Range) -> bool:
    return _meets(other, one)


@_declare("overlaps")
def _overlaps(one: Range, other: Range) -> bool:
    return _reaches(one, other) and _reaches(other, one)


@_declare("overlaps before")
def _overlaps_before(one: Range, other: Range) -> bool:
    return not _starts_no_later(other, one) and _reaches(one, other) and _ends_no_sooner(other, one)


@_declare("overlaps after")
def _overlaps_after(one: Range, other: Range) -> bool:
    return _overlaps_before(other, one)


@_declare("finishes", "point first")
def _finishes(one: Range, other: Range) -> bool:
    same_end = _order(_high(one), _high(other)) == 0 and one.high_included == other.high_included
    return same_end and _starts_no_later(other, one)


@_declare("finished by", "range first")
def _finished_by(one: Range, other: Range) -> bool:
    return _finishes(other, one)


@_declare("includes", "range first")
def _includes(one: Range, other: Range) -> bool:
    return _starts_no_later(one, other) and _ends_no_sooner(one, other)


@_declare("during", "point first")
def _during(one: Range, other: Range) -> bool:
    return _includes(other, one)


@_declare("starts", "point first")
def _starts(one: Range, other: Range) -> bool:
    same_start = _order(_low(one), _low(other)) == 0 and one.low_included == other.low_included
    return same_start and _ends_no_sooner(other, one)


@_declare("started by", "range first")
def _started_by(one: Range, other: Range) -> bool:
    return _starts(other, one)


@_declare("coincides", "points")
def _coincides(one: Range, other: Range) -> bool:
    return _starts(one, other) and _finishes(one, other)


# --- ranges as text ---------------------------------------------------------------------------------------------------

_MAKERS: dict[str, Callable[[str], object]] = {
    "@": parse_temporal,
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_time,
    "duration": parse_duration,
}


@TABLE.add("range(from: string)")
def _range(text: str) -> object:
    """The range that `text` writes out, as `[1..5)` or `(..date("2026-03-31")]`; its ends are literals."""
    try:
        tokens = tokenize(text)[:-1]
    except FeelSyntaxError:
        return None
    dots = next((place for place, token in enumerate(tokens) if (token.kind, token.text) == ("op", "..")), 0)
    if not dots or tokens[0].text not in ("[", "(", "]") or tokens[-1].text not in ("]", ")", "["):
        return None
    low, high = tokens[1:dots], tokens[dots + 1 : -1]
    return _written(_literal(low), _literal(high), tokens[0].text, tokens[-1].text, (bool(low), bool(high)))


def _written(low: object, high: object, opening: str, closing: str, given: tuple[bool, bool]) -> Range | None:
    """The range with the ends that are `given`; of the other there is none."""
    low_included, high_included = opening == "[", closing == "]"
    if given == (True, True):
        return range_between(low, high, low_included=low_included, high_included=high_included)
    end, only_included = (low, not high_included) if given[0] else (high, not low_included)
    return Range(low, high, low_included, high_included) if kind(end) in ORDERED and only_included else None


def _literal(tokens: list[Token]) -> object:
    """The value of a literal: number, text, `@"..."` or `date("...")`; None for anything else."""
    match [token.kind for token in tokens]:
        case ["string"]:
            return tokens[0].text
        case ["number"]:
            return read_number(tokens[0].text)
        case ["op", "number"] if tokens[0].text == "-":
            number = read_number(tokens[1].text)
            return None if number is None else CONTEXT.minus(number)
        case ["op", "string"] if tokens[0].text == "@":
            return parse_temporal(tokens[1].text)
        case [*_, "op", "string", "op"] if (tokens[-3].text, tokens[-1].text) == ("(", ")"):
            maker = _MAKERS.get(" ".join(token.text for token in tokens[:-3]))
            return maker(tokens[-2].text) if maker else None
    return None
