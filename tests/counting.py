"""Counting what a piece of code asks of the database."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from engine.db import Database


@dataclass
class Count:
    """SQL statements (without BEGIN, COMMIT and ROLLBACK) and commits of changes."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0


@contextlib.contextmanager
def counting(database: Database) -> Iterator[Count]:
    """Count inside the block."""
    count = Count()

    def executed(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")):
            count.statements.append(statement)

    def committed(_connection: Any) -> None:
        count.commits += 1

    with listening(database, before_cursor_execute=executed, commit=committed):
        yield count


@contextlib.contextmanager
def listening(database: Database, **heard: Callable[..., None]) -> Iterator[None]:
    """Tell the listeners (event of SQLAlchemy → who hears it) what both engines do inside the block."""
    engines = {id(engine): engine for engine in (database.read, database.write)}.values()
    for engine in engines:
        for name, listener in heard.items():
            event.listen(engine, name, listener)
    try:
        yield
    finally:
        for engine in engines:
            for name, listener in heard.items():
                event.remove(engine, name, listener)
