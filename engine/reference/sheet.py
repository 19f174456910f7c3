"""Reference tables as CSV: reading what a spreadsheet program wrote, and writing what one may open without harm.

Written is UTF-8 with a byte order mark and CRLF, so that spreadsheet programs show Chinese. A cell that such a program
would take for a formula gets an apostrophe before it; reading takes that one away again.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.errors import InvalidTable
from engine.reference.table import Column, Flaw, Kind, Row, Rows, Table
from engine.reference.texts import TEXTS

MOST_BYTES = 4 * 1024 * 1024
MOST_ROWS = 20_000
#: So many flaws are told at once.
MOST_FLAWS = 200

_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_LOOSE_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


@dataclass(frozen=True)
class Sheet:
    """What was read: its rows, and what kept others from being read."""

    rows: Rows
    flaws: tuple[Flaw, ...] = ()


def flaw(row: int | None, column: str, code: str, **values: object) -> Flaw:
    """The flaw `code` of `engine.reference.texts` at its place."""
    zh, en = TEXTS[code]
    return Flaw(row, column, zh.format(**values), en.format(**values))


def read(table: Table, content: bytes) -> Sheet:
    """The rows of a CSV file that somebody brings; its columns may come in any order."""
    if len(content) > MOST_BYTES:
        return Sheet((), (flaw(None, "", "too_large", megabytes=MOST_BYTES // 1024**2),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Sheet((), (flaw(None, "", "not_utf8"),))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines, broken = _lines(reader)
    if not lines:
        return Sheet((), (*broken, flaw(1, "", "no_header", columns=_names(table))))
    header = [cell.strip() for cell in lines[0]]
    wrong = tuple(_header_flaws(table, header))
    if wrong:
        return Sheet((), wrong)
    return _body(table, header, lines[1:], broken)


def read_stored(table: Table, content: bytes) -> Rows:
    """The rows of a version that was checked when it was confirmed; columns that came or went since then are no fault.

    Raises InvalidTable where it is no table at all.
    """
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
        header = lines[0]
    except (UnicodeDecodeError, csv.Error, IndexError) as error:
        raise InvalidTable([flaw(None, "", "unreadable", why=type(error).__name__)]) from error
    return tuple(_row(table, dict(zip(header, cells, strict=False))) for cells in lines[1:])


def write(table: Table, rows: Iterable[Row]) -> bytes:
    """`rows` as CSV; reading it again gives the same rows."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    names = [column.name for column in table.columns]
    writer.writerow(names)
    writer.writerows([harmless(row[name]) for name in names] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def row_of(table: Table, cells: Row) -> Row:
    """One row of `table` from cells that somebody typed: dates and codes without blanks around them."""
    return {column.name: _tidied(column, cells.get(column.name) or "") for column in table.columns}


def _lines(reader: Iterator[list[str]]) -> tuple[list[list[str]], tuple[Flaw, ...]]:
    """All lines up to the first that is no CSV; empty ones at the end do not count."""
    lines: list[list[str]] = []
    broken: tuple[Flaw, ...] = ()
    try:
        for cells in reader:
            if len(lines) > MOST_ROWS:
                broken = (flaw(len(lines) + 1, "", "too_many_rows", most=MOST_ROWS),)
                break
            lines.append(cells)
    except csv.Error as error:
        broken = (flaw(len(lines) + 1, "", "unreadable", why=error),)
    while lines and not any(lines[-1]):
        lines.pop()
    return lines, broken


def _header_flaws(table: Table, header: Sequence[str]) -> Iterator[Flaw]:
    names = _names(table)
    for name in dict.fromkeys(header):
        if name not in table.by_name:
            yield flaw(1, "", "unknown_column", name=name, columns=names)
        elif header.count(name) > 1:
            yield flaw(1, "", "twice_column", name=name)
    for column in table.columns:
        if column.name not in header and not column.optional:
            yield flaw(1, "", "missing_column", name=column.name, columns=names)


def _body(table: Table, header: Sequence[str], lines: Sequence[Sequence[str]], broken: tuple[Flaw, ...]) -> Sheet:
    rows, flaws = [], list(broken)
    for number, cells in enumerate(lines, 2):
        if not any(cells):
            flaws.append(flaw(number, "", "empty_row"))
        elif len(cells) != len(header):
            flaws.append(flaw(number, "", "cells", found=len(cells), wanted=len(header)))
        rows.append(_row(table, dict(zip(header, cells, strict=False))))
    return Sheet(tuple(rows), tuple(flaws[:MOST_FLAWS]))


def _row(table: Table, cells: Row) -> Row:
    return row_of(table, {name: _unguarded(text) for name, text in cells.items()})


def _tidied(column: Column, text: str) -> str:
    if column.kind is Kind.TEXT:
        return text
    text = text.strip()
    loose = _LOOSE_DATE.fullmatch(text) if column.kind is Kind.DATE else None
    # Spreadsheet programs rewrite dates in the manner of the computer they run on.
    return f"{loose[1]}-{int(loose[2]):02}-{int(loose[3]):02}" if loose else text


def harmless(text: str) -> str:
    """The text of a cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _names(table: Table) -> str:
    return ", ".join(column.name for column in table.columns)
