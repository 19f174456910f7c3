"""The rows in force in this process: what the program ships until `refresh` has seen what its database says.

Requests, ticks and console commands refresh when they begin, with one question to the database; nothing inside a
command asks again, so that all of it is done by the same rows.
"""

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from sqlalchemy.orm import Session

from engine.db import Database
from engine.reference.sheet import read_stored
from engine.reference.stored import content_of, newest
from engine.reference.table import Rows, Table

Given = ParamSpec("Given")
Made = TypeVar("Made")

#: A function of tables keeps its results for so many different arguments.
MOST_KEPT = 64

_tables: dict[str, Table] = {}
#: table → digest of the version in force, and its rows; a table that is not here has its shipped rows. Replaced as a
#: whole, never changed: threads see the old or the new one.
_in_force: dict[str, Mapping[str, tuple[str, Rows]]] = {"now": {}}
_tried: ContextVar[Mapping[str, Rows]] = ContextVar("tried", default={})  # noqa: B039 - never changed


def declare(*tables: Table) -> Mapping[str, Table]:
    """Make `tables` known to this process, by names that no other application may use; gives them by name."""
    for table in tables:
        _tables[table.name] = table
        _shipped.cache_clear()
    return {table.name: table for table in tables}


def rows(name: str) -> Rows:
    """The rows of the table `name` that are in force for this process. Raises KeyError for a name nobody declared."""
    tried = _tried.get()
    if name in tried:
        return tried[name]
    held = _in_force["now"].get(name)
    return held[1] if held else _shipped(name)


def refresh(session: Session) -> None:
    """See which versions are in force; one question, and one more for each table that changed."""
    held, seen = _in_force["now"], newest(session)
    found = {}
    for name, version in seen.items():
        if name in _tables and _tables[name].live is None:
            kept = held.get(name)
            is_known = kept is not None and kept[0] == version.sha256
            found[name] = kept if kept and is_known else (version.sha256, _read(session, name, version.number))
    _in_force["now"] = found


def follow(database: Database) -> None:
    """`refresh` with a session of its own: at the start of a tick or a console command, and after a confirmation."""
    with database.reading() as session:
        refresh(session)


def forget() -> None:
    """Go back to what the program ships: for tests that use several databases in one process."""
    _in_force["now"] = {}


@contextlib.contextmanager
def instead(name: str, proposed: Rows) -> Iterator[None]:
    """Inside the block, and for this thread only, `proposed` are the rows of the table `name`."""
    token = _tried.set({**_tried.get(), name: proposed})
    try:
        yield
    finally:
        _tried.reset(token)


def derived(*names: str) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Keep what a function makes of the tables `names`, for each of its arguments, until their rows are others."""

    def decorate(make: Callable[Given, Made]) -> Callable[Given, Made]:
        kept: dict[object, tuple[tuple[Rows, ...], Made]] = {}

        @functools.wraps(make)
        def current(*args: Given.args, **kwargs: Given.kwargs) -> Made:
            sources = tuple(rows(name) for name in names)
            arguments = (args, tuple(sorted(kwargs.items())))
            found = kept.get(arguments)
            if len(kept) > MOST_KEPT:
                kept.clear()
            if found is None or any(old is not new for old, new in zip(found[0], sources, strict=True)):
                found = kept[arguments] = (sources, make(*args, **kwargs))
            return found[1]

        return current

    return decorate


def effective(table: Table, stored: Rows) -> Rows:
    """What is in force with the version `stored`: where the table overlays, shipped rows of other keys beside it."""
    if not table.overlays:
        return stored
    keys = {table.key_of(row) for row in stored}
    return (*(row for row in shipped(table) if table.key_of(row) not in keys), *stored)


def shipped(table: Table) -> Rows:
    """The rows that come with the program. Raises InvalidTable when they cannot be read."""
    return _shipped(table.name) if _tables.get(table.name) is table else read_stored(table, table.shipped())


@functools.cache
def _shipped(name: str) -> Rows:
    table = _tables[name]
    return read_stored(table, table.shipped())


def _read(session: Session, name: str, number: int) -> Rows:
    table = _tables[name]
    return effective(table, read_stored(table, content_of(session, name, number)))
