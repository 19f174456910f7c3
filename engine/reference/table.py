"""What a reference table is: its columns, what makes a row one row, and since when and until when a row holds."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

#: column → text; a cell that is empty is an empty text.
Row = Mapping[str, str]
Rows = tuple[Row, ...]

#: Stands between the codes of one cell.
SEPARATOR = "|"


class Kind(StrEnum):
    """What a cell holds. `UNIT` and `GROUP` are codes too, named otherwise in messages."""

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    UNIT = "unit"
    GROUP = "group"


@dataclass(frozen=True)
class Column:
    """One column. Dates are written 2026-03-10, yes/no as `yes` and `no`, decimals with a point."""

    name: str
    zh: str
    en: str
    kind: Kind = Kind.TEXT
    required: bool = False
    #: the codes that a cell of the kinds CODE, UNIT and GROUP may hold, asked for at each check
    choices: Callable[[], Collection[str]] | None = None
    #: several codes in one cell, with SEPARATOR between them
    many: bool = False
    #: a file may come without it; its cells are empty then
    optional: bool = False
    #: longest text of a cell
    longest: int = 500
    #: (code, language) → what people call it, the code itself where nothing is known
    words: Callable[[str, str], str] | None = None

    def label(self, language: str) -> str:
        """The words for people, in `language` (`zh…`, else English)."""
        return self.zh if language.startswith("zh") else self.en

    def shown(self, cell: str, language: str) -> str:
        """A cell for people: what its codes are called in `language` (`zh…`, else English)."""
        if self.words is None or not cell:
            return cell
        language = "zh" if language.startswith("zh") else "en"
        named = [self.words(code, language) for code in (cell.split(SEPARATOR) if self.many else [cell])]
        return {"zh": "、", "en": ", "}[language].join(named)


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a table: in which row as a spreadsheet counts (the header is row 1), in which column."""

    #: None where the whole file is meant
    row: int | None
    #: name of the column; empty where the whole row is meant
    column: str
    zh: str
    en: str

    def text(self, language: str) -> str:
        """The message, in `language` (`zh…`, else English), without its place."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class Validity:
    """The names of the two columns that say since when and until when (both inclusive) a row holds."""

    since: str = "effective_from"
    until: str = "effective_to"

    def begins(self, row: Row) -> date:
        """The first day of `row`; the earliest there is when it holds since ever. Raises ValueError."""
        return date.fromisoformat(row[self.since]) if row[self.since] else date.min

    def ends(self, row: Row) -> date:
        """The last day of `row`; the latest there is when it holds for good. Raises ValueError."""
        return date.fromisoformat(row[self.until]) if row[self.until] else date.max

    def holds_on(self, row: Row, day: date) -> bool:
        """Whether `row` is in force on `day`."""
        return self.begins(row) <= day <= self.ends(row)


#: Looks at all rows; the first one is row 2.
Check = Callable[[Sequence[Row]], Iterable[Flaw]]


#: (session, instance id, FEEL functions of the application, `zh` or `en`) → label → text.
Effects = Callable[[Session, str, Mapping[str, Callable[..., Any]], str], Mapping[str, str]]


@dataclass(frozen=True)
class Live:
    """Where the rows of a table stand in database tables of their own, which people change in other ways too."""

    #: the rows as they are now
    read: Callable[[Session], Rows]
    #: (site, session, rows proposed): raises what speaks against them
    check: Callable[[Any, Session, Rows], None]
    #: (site, session, rows, user name, moment): lets these be the rows
    replace: Callable[[Any, Session, Rows, str, datetime], None]


@dataclass(frozen=True)
class Table:
    """A table that people keep. Its shipped content is version 0; every later one stands in the database."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    #: names of the columns that make a row one thing; of a dated table rows of one thing follow one another in time
    key: tuple[str, ...]
    #: the CSV that comes with the program
    shipped: Callable[[], bytes]
    validity: Validity | None = None
    #: the rows of one thing may not leave days between them
    gapless: bool = False
    #: shipped rows stay in force as long as no row of the version in force has their key
    overlays: bool = False
    checks: tuple[Check, ...] = ()
    #: what the database speaks against: (session, rows in force, rows proposed) → flaws
    objections: Callable[[Session, Sequence[Row], Sequence[Row]], Iterable[Flaw]] | None = None
    #: what the table means for one case, by the rows in force, line by line
    effects: Effects | None = None
    #: called with the new rows in the transaction that confirms them
    confirmed: Callable[[Session, Sequence[Row]], None] | None = None
    #: the rows in force are not those of a version: versions only tell who changed what
    live: Live | None = None
    by_name: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    def label(self, language: str) -> str:
        """The name for people, in `language` (`zh…`, else English)."""
        return self.zh if language.startswith("zh") else self.en

    def key_of(self, row: Row) -> tuple[str, ...]:
        """What `row` is about."""
        return tuple(row[name] for name in self.key)

    def identity(self, row: Row) -> tuple[str, ...]:
        """What tells `row` from all others: its key, and in a dated table its first day."""
        return self.key_of(row) + ((row[self.validity.since],) if self.validity else ())


def dated() -> tuple[Column, Column]:
    """The two columns of validity."""
    return (
        Column("effective_from", "生效日期", "In force from", Kind.DATE, optional=True),
        Column("effective_to", "失效日期", "In force to", Kind.DATE, optional=True),
    )
