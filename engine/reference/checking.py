"""Whether rows make a table: every cell by its column, no key twice, no two rows of one thing at the same time."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from engine.reference.sheet import MOST_FLAWS, flaw
from engine.reference.table import SEPARATOR, Column, Flaw, Kind, Row, Table, Validity

_INTEGER = re.compile(r"-?\d{1,18}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,18}(\.\d{1,6})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CODES = frozenset({Kind.CODE, Kind.UNIT, Kind.GROUP})
#: Of the codes that are possible, a message names so many.
_MOST_NAMED = 12
_DAY = timedelta(days=1)


def check(table: Table, rows: Sequence[Row]) -> list[Flaw]:
    """All flaws of `rows`, by row; whole-table checks run once every cell is sound."""
    found = list(_cell_flaws(table, rows))
    if not found:
        found = list(_key_flaws(table, rows))
        for whole in table.checks:
            found.extend(whole(rows))
    return sorted(found, key=lambda each: each.row or 0)[:MOST_FLAWS]


def as_date(text: str) -> date | None:
    """The date that `text` writes, or None."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def _cell_flaws(table: Table, rows: Sequence[Row]) -> Iterator[Flaw]:
    known = {column.name: frozenset(column.choices()) for column in table.columns if column.choices}
    for number, row in enumerate(rows, 2):
        for column in table.columns:
            yield from _cell(column, row[column.name], known, number)


def _cell(column: Column, text: str, known: Mapping[str, Collection[str]], number: int) -> Iterator[Flaw]:
    if not text:
        if column.required:
            yield flaw(number, column.name, "required")
    elif len(text) > column.longest:
        yield flaw(number, column.name, "too_long", most=column.longest)
    elif column.kind in _CODES:
        choices = known.get(column.name, frozenset())
        for code in text.split(SEPARATOR) if column.many else [text]:
            if code not in choices:
                yield flaw(number, column.name, column.kind, value=code, known=_some(choices))
    elif not _fits(column.kind, text):
        yield flaw(number, column.name, column.kind, value=text[:40])


def _fits(kind: Kind, text: str) -> bool:
    match kind:
        case Kind.DATE:
            return as_date(text) is not None
        case Kind.INTEGER:
            return bool(_INTEGER.fullmatch(text))
        case Kind.DECIMAL:
            return bool(_DECIMAL.fullmatch(text))
        case Kind.YES_NO:
            return text in {"yes", "no"}
    return True


def _key_flaws(table: Table, rows: Sequence[Row]) -> Iterator[Flaw]:
    things: defaultdict[tuple[str, ...], list[tuple[int, Row]]] = defaultdict(list)
    for number, row in enumerate(rows, 2):
        things[table.key_of(row)].append((number, row))
    for key, numbered in things.items():
        name = ", ".join(filter(None, key))
        if table.validity:
            yield from _time_flaws(table.validity, name, numbered, gapless=table.gapless)
        else:
            for number, _ in numbered[1:]:
                yield flaw(number, table.key[0], "twice", other=numbered[0][0], key=name)


def _time_flaws(validity: Validity, name: str, numbered: Iterable[tuple[int, Row]], *, gapless: bool) -> Iterator[Flaw]:
    spans = []
    for number, row in numbered:
        begins, ends = validity.begins(row), validity.ends(row)
        if ends < begins:
            yield flaw(number, validity.until, "reversed", since=row[validity.since], until=row[validity.until])
        else:
            spans.append((begins, number, ends))
    spans.sort()
    last, other = date.min, 0
    for begins, number, ends in spans:
        if other and begins <= last:
            yield flaw(number, validity.since, "overlap", other=other, key=name)
        elif other and gapless and begins > last + _DAY:
            first = last + _DAY
            yield flaw(number, validity.since, "gap", other=other, key=name, first=first, last=begins - _DAY)
        if not other or ends >= last:
            last, other = ends, number


def _some(choices: Collection[str]) -> str:
    names = sorted(choices)
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
