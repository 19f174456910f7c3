"""The two ways to the database: `reading()` and `transaction()`. Here, and only here, is anything committed.

SQLite: two SQLAlchemy engines on one file. `read` opens plain transactions with `query_only`, so that readers never
queue for the write lock; `write` begins with BEGIN IMMEDIATE, so that read-modify-write loses nothing. PostgreSQL: one
server, row locks (`FOR UPDATE`) taken by those who write. Errors name statements, never the values in them.
"""

import contextlib
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar

from sqlalchemy import Engine, MetaData, create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.orm.exc import StaleDataError

from engine.errors import ConcurrentUpdate

BUSY_MILLISECONDS = 10_000

#: Rows of an index that SQLite looks at.
MOST_ANALYSED = 1_000

#: In the `info` of a session that only reads: the rows that it has read, held as long as it lasts.
HELD = "held"

#: Option of a connection that begins at once or not at all.
AT_ONCE = "at_once"

Result = TypeVar("Result")

_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Base(DeclarativeBase):
    """All tables of the engine and of every process application."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Database:
    """One database, SQLite or PostgreSQL, with its reading and its writing engine."""

    def __init__(self, url: str) -> None:
        """`url`: a SQLAlchemy URL, `sqlite:///path` or `postgresql+psycopg://…`."""
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        if self.is_sqlite:
            self.read = _sqlite(url, begin="BEGIN", query_only=True)
            self.write = _sqlite(url, begin="BEGIN IMMEDIATE", query_only=False)
        else:
            self.read = self.write = create_engine(
                url, pool_pre_ping=True, isolation_level="READ COMMITTED", hide_parameters=True
            )
        #: Called before a transaction begins: ends the reading transaction of the calling thread.
        self.end_reading: Callable[[], None] = _nothing

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for questions only; whatever it changed is rolled back."""
        with Session(self.read, expire_on_commit=False) as session:
            yield session
            session.rollback()

    @contextlib.contextmanager
    def transaction(self, *, at_once: bool = False) -> Iterator[Session]:
        """A session whose changes are committed together when the block ends, or not at all when it raises.

        Raises ConcurrentUpdate when another transaction changed the same row first; OperationalError when SQLite's
        write lock does not come free in time, with `at_once` when it is not free now. Does not nest.
        """
        if _writing.get():
            raise RuntimeError("a transaction is open already; a command is one transaction")
        self.end_reading()
        token = _writing.set(True)
        try:
            with Session(self.write.execution_options(**{AT_ONCE: at_once}), expire_on_commit=False) as session:
                try:
                    yield session
                    session.commit()
                except StaleDataError as error:
                    raise ConcurrentUpdate from error
        finally:
            _writing.reset(token)

    def size(self) -> int:
        """How large the database is, in bytes."""
        question = {
            "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
            "postgresql": "SELECT pg_database_size(current_database())",
        }[self.read.dialect.name]
        with self.reading() as session:
            return int(session.execute(text(question)).scalar_one())

    def analyse(self) -> None:
        """Let SQLite look at what its tables hold, so that it goes by the right index; takes milliseconds.

        PostgreSQL does so by itself.
        """
        if not self.is_sqlite:
            return
        connection = self.write.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA analysis_limit={MOST_ANALYSED}")
            cursor.execute("ANALYZE")
        finally:
            connection.close()

    def dispose(self) -> None:
        """Close all connections."""
        self.read.dispose()
        self.write.dispose()


def patiently(act: Callable[[], Result], tries: int = 8, jitter: random.Random | None = None) -> Result:
    """Call `act`, again after a random pause when the database was busy: for long command-line work, item by item."""
    jitter = jitter or random.Random()  # noqa: S311 - spreads retries, guards nothing
    for left in range(tries - 1, -1, -1):
        try:
            return act()
        except (OperationalError, ConcurrentUpdate):
            if not left:
                raise
            time.sleep(jitter.uniform(0.02, 0.3))
    raise AssertionError("unreachable")


def _nothing() -> None:
    """No reading transaction to end: the default outside web requests."""


def _sqlite(url: str, *, begin: str, query_only: bool) -> Engine:
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False},
        pool_size=20,
        max_overflow=20,
        hide_parameters=True,  # no value reaches a log or an error message
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions by itself
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # what was acknowledged survives a power cut
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")  # a destroyed key must not linger in a free page
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Any) -> None:
        driver = connection.connection.driver_connection  # past SQLAlchemy, which would take longer than SQLite
        at_once = connection.get_execution_options().get(AT_ONCE)
        if at_once:
            driver.execute("PRAGMA busy_timeout=0")
        try:
            driver.execute(begin)
        except sqlite3.OperationalError as error:
            raise OperationalError(begin, None, error) from error
        finally:
            if at_once:
                driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")

    return engine
