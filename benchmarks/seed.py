"""Many cases of the complaint process, for measuring: 50 that a simulated office worked on, and copies of their rows.

The rows are copied inside the database, with new keys and moved in time. Ciphertext is copied byte for byte: `Copyable`
is a vault that does all the work of the real one but binds nothing to its row. Copies are to be read; nobody can go on
with one, for its state knows the ids of the tasks that it was copied from.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    MetaData,
    String,
    Table,
    cast,
    func,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy.orm import Session

import processes
from engine import clock, commands, identity, organisation, travel
from engine.db import Base, Database
from engine.models import Membership, Person, PersonSkill, ProcessInstance
from engine.models.columns import Id, Moment
from engine.site import Site
from engine.vault import Vault
from processes.complaint import office
from processes.complaint.office import Arrivals, Manner, Office, Staff
from processes.complaint.tables import PROCESS

BEGIN = datetime(2026, 3, 2, 0, tzinfo=UTC)
#: Days on which the cases that are copied come in, and how many on each; then the office works on for some days.
DAYS, PER_DAY, WORKED, THEN = 5, 10, 0.9, timedelta(days=45)
#: Cases that a house of that size has open at the same time: 1,000 new ones on a day, and weeks of work on each.
MOST_OPEN = 30_000
#: Copies that have all that a case page reads: its history, its notices, its jobs.
MOST_WHOLE = 2_000
#: How many people there are in place of each one of the simulated office.
TWINS, FIRST_TWIN = 100, 1_000
#: Minutes between a copy and the next one of the same case.
APART = {"open": 11, "closed": 25}
#: Tables that only a whole case needs.
DEPTH = frozenset(
    {"history_event", "job", "subscription", "complaint_notice", "complaint_notice_attempt", "attachment"}
)
#: Rows about cases that belong to no single one, and what people do with them.
ELSEWHERE = frozenset({"complaint_link", "message", "incident", "notification", "wish", "wish_lead"})

_COPIES = Table(
    "benchmark_copy",
    MetaData(),
    Column("instance_id", Id, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer),
    Column("minutes", Integer),
    Column("whole", Boolean),
)


class Copyable(Vault):
    """A vault whose ciphertext may be copied from row to row: one key for all, bound to no place."""

    _all = AESGCM(bytes(32))

    def _unwrap(self, subject_id: str, wrapped: bytes) -> AESGCM:  # noqa: ARG002 - one key for all
        return self._all

    def create_subject(self, session: Session, now: datetime) -> str:
        """A data subject like any other."""
        subject_id = super().create_subject(session, now)
        self.take(session, subject_id, b"any")
        return subject_id

    def seal(self, session: Session, subject_id: str, value: bytes, place: str) -> bytes:  # noqa: ARG002
        """`value` under the one key."""
        self.unlock(session, [subject_id])
        nonce = random.randbytes(12)
        return nonce + self._all.encrypt(nonce, value, None)

    def open(self, session: Session, subject_id: str, sealed: bytes, place: str) -> bytes:  # noqa: ARG002
        """What `seal` was given, or a copy of it."""
        self.unlock(session, [subject_id])
        return self._all.decrypt(sealed[:12], sealed[12:], None)


@dataclass(frozen=True)
class Copies:
    """How often each source is copied: so many cases in all, of which so many are open."""

    cases: int
    sources: Sequence[tuple[str, bool]]  # id, and whether it is open

    def rows(self) -> Iterator[dict[str, Any]]:
        """Rows of the table of copies."""
        still_open = [case for case, is_open in self.sources if is_open]
        closed = [case for case, is_open in self.sources if not is_open]
        opened = min(MOST_OPEN, self.cases // 2)
        wanted = {"open": (still_open, opened), "closed": (closed, self.cases - opened)}
        number, step = 0, max(1, self.cases // MOST_WHOLE)
        for state, (ids, count) in wanted.items():
            for copy in range(max(0, count - len(ids))):
                n, number = copy // len(ids) + 1, number + 1
                yield {
                    "instance_id": ids[copy % len(ids)],
                    "n": n,
                    "number": number,
                    "minutes": n * APART[state],
                    "whole": number % step == 0,
                }


def seed(folder: Path, cases: int, url: str = "") -> Site:
    """An installation with so many cases in an empty database; SQLite in `folder` where no `url` is given."""
    database = Database(url or f"sqlite:///{folder / 'redress.db'}")
    Base.metadata.create_all(database.write)
    site = Site(database, processes.load(), Copyable(bytes(32)), folder / "files")
    with clock.at(BEGIN):
        _found(site)
    _play(site)
    with site.database.reading() as session:
        query = select(ProcessInstance.id, ProcessInstance.status == "active").where(ProcessInstance.key == PROCESS)
        sources = [(row[0], bool(row[1])) for row in session.execute(query)]
    with database.write.begin() as connection:
        _add_twins(connection)
        _copy(connection, Copies(cases, sources))
        connection.execute(text("ANALYZE"))
    return site


def _found(site: Site) -> None:
    """What the first start does, and people for all groups."""
    complaint = site.applications[PROCESS]
    with site.database.transaction() as session:
        site.vault.mark_key(session)
        identity.add_missing_groups(session, (*identity.OWN_GROUPS, *complaint.groups))
        organisation.materialise(session, complaint.organisation())
    commands.ship(site, PROCESS, now=BEGIN)
    office.hire(site, BEGIN)
    travel.mark(site, travel.SCRATCH)


def _play(site: Site) -> None:
    """Let the cases come in that will be copied, and the office work on them."""
    played = Office(site, Staff(site), Manner(office.habits()), 1, BEGIN)
    Arrivals(office.first_day(BEGIN), DAYS, PER_DAY, WORKED).plan(site, played)
    played.play(BEGIN + timedelta(days=DAYS) + THEN)


# --- people -----------------------------------------------------------------------------------------------------------


def twin(person_id: int, n: int) -> int:
    """The id of a twin of the person, to whom the n-th copies belong."""
    return FIRST_TWIN + person_id * TWINS + n % TWINS


def _add_twins(connection: Connection) -> None:
    """For everybody people with the same groups and skills."""
    for table in (Person, Membership, PersonSkill):
        rows = [dict(row) for row in connection.execute(select(table.__table__)).mappings()]
        connection.execute(insert(table), [row | _twin_of(row, n) for row in rows for n in range(TWINS)])


def _twin_of(row: Any, n: int) -> dict[str, Any]:
    if "person_id" in row:
        return {"person_id": twin(row["person_id"], n)}
    return {"id": twin(row["id"], n), "username": f"{row['username']}-{n}", "name": f"{row['name']} ({n})"}


# --- copies -----------------------------------------------------------------------------------------------------------


def _copy(connection: Connection, copies: Copies) -> None:
    _COPIES.create(connection)
    rows = list(copies.rows())
    connection.execute(insert(_COPIES), rows)
    for table in Base.metadata.sorted_tables:
        found = None if table.name in ELSEWHERE else _rows_of_cases(table)
        if found is None:
            continue
        columns = [column for column in table.columns if column is not table.autoincrement_column]
        values = [_value(connection, column) for column in columns]
        query = select(*values).select_from(found)
        if table.name in DEPTH:
            query = query.where(_COPIES.c.whole)
        connection.execute(insert(table).from_select(columns, query))
    _COPIES.drop(connection)


def _rows_of_cases(table: Table) -> FromClause | None:
    """The rows of the table beside the copies of their cases; None where it holds none of a case."""
    case = ProcessInstance.__table__
    if table is case:
        return table.join(_COPIES, _COPIES.c.instance_id == table.c.id)
    if table.name == "data_subject":
        return table.join(case, case.c.subject_id == table.c.id).join(_COPIES, _COPIES.c.instance_id == case.c.id)
    if "stream" in table.c and table.name == "history_event":
        return table.join(_COPIES, table.c.stream == literal("instance:") + _COPIES.c.instance_id)
    if "instance_id" in table.c and table.c.instance_id.foreign_keys:
        return table.join(_COPIES, _COPIES.c.instance_id == table.c.instance_id)
    for name in ("task_id", "notice_id"):
        if name in table.c:
            [key] = table.c[name].foreign_keys
            above = key.column.table
            joined = table.join(above, above.c.id == table.c[name])
            return joined.join(_COPIES, _COPIES.c.instance_id == above.c.instance_id)
    return None


def _value(connection: Connection, column: Column[Any]) -> ColumnElement[Any]:
    """What the column says in a copy."""
    if column.name in {"business_key", "number"} and isinstance(column.type, String):
        return func.substr(column, 1, func.length(column) - 5) + cast(10_000_000 + _COPIES.c.number, String)
    if column.name == "stream":
        return literal("instance:") + _id(_COPIES.c.instance_id)
    if isinstance(column.type, Moment):
        return _earlier(connection, column)
    if isinstance(column.type, String) and column.type.length == Id.length:
        return _id(column)
    if any(key.column.table is Person.__table__ for key in column.foreign_keys):
        return FIRST_TWIN + column * TWINS + _COPIES.c.n % TWINS
    return column


def _id(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The id of the copy: the last twelve signs are its number."""
    return func.substr(column, 1, 24) + cast(literal(100_000_000_000) + _COPIES.c.n, String)


def _earlier(connection: Connection, column: Column[Any]) -> ColumnElement[Any]:
    if connection.dialect.name == "postgresql":
        return column - func.make_interval(0, 0, 0, 0, 0, _COPIES.c.minutes)
    moved = func.strftime("%Y-%m-%d %H:%M:%f", column, literal("-") + cast(_COPIES.c.minutes, String) + " minutes")
    return moved + "000"
