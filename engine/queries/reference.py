"""What pages and the command line show of reference tables: their versions and their rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from engine import reference
from engine.errors import NotFound
from engine.identity import Actor
from engine.models import Person, ProcessInstance, ReferenceVersion
from engine.queries.instances import visible_instance
from engine.reference import Changes, Rows, Table
from engine.site import Site


@dataclass(frozen=True)
class TableVersion:
    """One content of a table, without its rows. `proposed_by` and `decided_by` are names."""

    table: str
    number: int
    base: int
    state: str
    comment: str
    reason: str
    proposed_by: str
    proposed_by_id: int
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for a second person."""
        return self.state == reference.PROPOSED


@dataclass(frozen=True)
class Effect:
    """One line of what a change of a table means for a case."""

    label: str
    before: str
    after: str


def table_versions(session: Session, name: str) -> tuple[TableVersion, ...]:
    """All versions of a table that people made, the newest first."""
    query = _versions().where(ReferenceVersion.table_name == name).order_by(ReferenceVersion.number.desc())
    return tuple(TableVersion(**row._asdict()) for row in session.execute(query))


def open_proposals(session: Session) -> dict[str, TableVersion]:
    """Table → the version that waits for a second person."""
    query = _versions().where(ReferenceVersion.state == reference.PROPOSED)
    return {row.table: TableVersion(**row._asdict()) for row in session.execute(query)}


def table_version(session: Session, name: str, number: int) -> TableVersion:
    """One version; raises NotFound."""
    of_version = (ReferenceVersion.table_name == name, ReferenceVersion.number == number)
    row = session.execute(_versions().where(*of_version)).one_or_none()
    if row is None:
        raise NotFound
    return TableVersion(**row._asdict())


def rows_of(session: Session, table: Table, number: int) -> Rows:
    """The rows of one version, 0 being the one that the program ships; raises NotFound."""
    if number == reference.SHIPPED:
        return reference.shipped(table)
    stored = reference.read_stored(table, reference.content_of(session, table.name, number))
    return reference.effective(table, stored)


def changes_of(session: Session, table: Table, version: TableVersion) -> Changes:
    """What a version changes in the one it was made from."""
    return reference.changes(table, rows_of(session, table, version.base), rows_of(session, table, version.number))


def effects_of(
    session: Session, site: Site, table: Table, base: int, number: int, case: str, *, actor: Actor, language: str
) -> tuple[Effect, ...]:
    """What differs for the case with the business key `case` between two versions of `table`.

    Raises NotFound for a case that is not there or that `actor` may not see, and what the table's `effects` raises.
    """
    key, functions = next((key, each.functions) for key, each in site.applications.items() if table.name in each.tables)
    of_case = (ProcessInstance.business_key == case, ProcessInstance.application == key)
    instance_id = session.scalar(select(ProcessInstance.id).where(*of_case))
    if instance_id is None or table.effects is None:
        raise NotFound
    visible_instance(session, site, instance_id, actor)
    told = []
    for version in (base, number):
        with reference.instead(table.name, rows_of(session, table, version)):
            told.append(table.effects(session, instance_id, functions, language))
    before, after = told
    both = ((label, before.get(label, "–"), after.get(label, "–")) for label in {**before, **after})
    return tuple(Effect(*each) for each in both if each[1] != each[2])


def _versions() -> Select[*tuple[Any, ...]]:
    by, decider = aliased(Person), aliased(Person)
    return (
        select(
            ReferenceVersion.table_name.label("table"),
            ReferenceVersion.number,
            ReferenceVersion.base,
            ReferenceVersion.state,
            ReferenceVersion.comment,
            ReferenceVersion.reason,
            by.name.label("proposed_by"),
            ReferenceVersion.proposed_by.label("proposed_by_id"),
            ReferenceVersion.proposed_at,
            decider.name.label("decided_by"),
            ReferenceVersion.decided_at,
        )
        .join(by, by.id == ReferenceVersion.proposed_by)
        .outerjoin(decider, decider.id == ReferenceVersion.decided_by)
    )
