"""What people do with reference tables: propose other rows, and confirm, reject or withdraw what was proposed."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine import access, history, reference
from engine.errors import Conflict, FourEyes, InvalidInput, InvalidTable, NotAllowed, NotFound
from engine.history import Line
from engine.identity import Actor
from engine.models import ReferenceVersion
from engine.reference import Row, Rows, Table
from engine.site import Site

#: Longest comment and reason.
LONGEST = 500


def propose_rows(
    site: Site, name: str, rows: Sequence[Row], *, base: int, comment: str, actor: Actor, now: datetime
) -> int:
    """Propose `rows` as the whole next content of the table `name`; gives the number of the version.

    `base` is the version in force that the rows were made from. Raises NotFound, NotAllowed, InvalidInput when nothing
    changes or the comment is missing, InvalidTable with all flaws, Conflict when the base is no longer in force or
    another proposal is open.
    """
    person_id = _keeper(actor)
    table = site.applications.table(name)
    if not comment.strip():
        raise InvalidInput(why="say in a few words what changes, and why")
    with site.database.transaction() as session:
        number, in_force = in_force_of(session, table)
        if number != base:
            raise Conflict("This table was changed in the meantime. Look at it again and repeat what is still needed.")
        proposed = reference.effective(table, tuple(rows))
        changed = reference.changes(table, in_force, proposed)
        if not changed:
            raise InvalidInput(why="these are the rows that are in force already")
        _check(site, session, table, in_force, proposed)
        if table.live is not None and in_force != _stored(session, table, base):
            base = _write_down(session, table, in_force, base, person_id, now)
        version = _version(session, table, proposed, base, person_id, now)
        version.comment = comment.strip()[:LONGEST]
        _add(session, version)
        _audit(site, session, "table_proposed", version, actor, now, **changed.counts)
        return version.number


def confirm_version(site: Site, name: str, number: int, *, actor: Actor, now: datetime) -> None:
    """Put a proposed version in force, here at once and elsewhere with the next request or tick.

    Raises NotFound, NotAllowed, FourEyes for the one who proposed it, InvalidTable when it no longer fits, Conflict
    when it was decided already or is no longer based on what is in force, and what the rows of a live table speak
    against.
    """
    person_id = _keeper(actor)
    table = site.applications.table(name)
    with site.database.transaction() as session:
        version = _open_version(session, name, number)
        if version.proposed_by == person_id:
            raise FourEyes
        base, in_force = in_force_of(session, table)
        if base != version.base:
            raise Conflict("This table was changed in the meantime. Look at it again and repeat what is still needed.")
        rows = reference.effective(table, reference.read_stored(table, version.content))
        if table.live is not None and in_force != _stored(session, table, base):
            raise Conflict("This table was changed in the meantime. Look at it again and repeat what is still needed.")
        _check(site, session, table, in_force, rows)
        _decide(version, reference.CONFIRMED, person_id, now)
        if table.confirmed is not None:
            table.confirmed(session, rows)
        if table.live is not None:
            table.live.replace(site, session, rows, actor.username, now)
        _audit(site, session, "table_confirmed", version, actor, now)
    reference.follow(site.database)


def reject_version(site: Site, name: str, number: int, reason: str, *, actor: Actor, now: datetime) -> None:
    """Decline a proposed version; whoever proposed it withdraws it so.

    Raises NotFound, NotAllowed, InvalidInput without a reason, Conflict when it was decided already.
    """
    person_id = _keeper(actor)
    site.applications.table(name)
    with site.database.transaction() as session:
        version = _open_version(session, name, number)
        is_own = version.proposed_by == person_id
        if not is_own and not reason.strip():
            raise InvalidInput(why="say why, so that whoever proposed it can do better")
        _decide(version, reference.WITHDRAWN if is_own else reference.REJECTED, person_id, now)
        version.reason = reason.strip()[:LONGEST]
        _audit(site, session, "table_withdrawn" if is_own else "table_rejected", version, actor, now)


def in_force_of(session: Session, table: Table) -> tuple[int, Rows]:
    """Number and rows of the version that the database has in force; of a live table its rows, and the last version."""
    found = reference.newest(session).get(table.name)
    number = reference.SHIPPED if found is None else found.number
    return number, _stored(session, table, number) if table.live is None else table.live.read(session)


def _stored(session: Session, table: Table, number: int) -> Rows:
    if number == reference.SHIPPED:
        return reference.shipped(table)
    stored = reference.read_stored(table, reference.content_of(session, table.name, number))
    return reference.effective(table, stored)


def _version(session: Session, table: Table, rows: Rows, base: int, person_id: int, now: datetime) -> ReferenceVersion:
    """The next version of `table`, proposed and not stored yet."""
    of_table = select(func.max(ReferenceVersion.number)).where(ReferenceVersion.table_name == table.name)
    content = reference.write(table, rows)
    return ReferenceVersion(
        table_name=table.name,
        number=(session.scalar(of_table) or reference.SHIPPED) + 1,
        base=base,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        state=reference.PROPOSED,
        comment="",
        proposed_by=person_id,
        proposed_at=now,
    )


def _write_down(session: Session, table: Table, rows: Rows, base: int, person_id: int, now: datetime) -> int:
    """Keep the rows of a live table as they stand, so that a change can be told from them; gives their number."""
    version = _version(session, table, rows, base, person_id, now)
    _decide(version, reference.RECORDED, person_id, now)
    session.add(version)
    session.flush()
    return version.number


def _keeper(actor: Actor) -> int:
    if not access.may_keep_tables(actor) or actor.id is None:
        raise NotAllowed
    return actor.id


def _check(site: Site, session: Session, table: Table, in_force: Rows, rows: Rows) -> None:
    with reference.instead(table.name, rows):  # codes that the table itself brings are known to its checks
        flaws = reference.check(table, rows)
    if not flaws and table.objections is not None:
        flaws = list(table.objections(session, in_force, rows))
    if flaws:
        raise InvalidTable(flaws)
    if table.live is not None:
        table.live.check(site, session, rows)


def _add(session: Session, version: ReferenceVersion) -> None:
    """Raises Conflict when another proposal is open, also one of the same moment."""
    try:
        with session.begin_nested():
            session.add(version)
    except IntegrityError as error:
        raise Conflict("Another change of this table waits to be confirmed; confirm or reject it first.") from error


def _open_version(session: Session, name: str, number: int) -> ReferenceVersion:
    of_version = (ReferenceVersion.table_name == name, ReferenceVersion.number == number)
    version = session.scalar(select(ReferenceVersion).where(*of_version).with_for_update())
    if version is None:
        raise NotFound
    if version.state != reference.PROPOSED:
        raise Conflict("This change was decided in the meantime.")
    return version


def _decide(version: ReferenceVersion, state: str, person_id: int, now: datetime) -> None:
    version.state, version.decided_by, version.decided_at = state, person_id, now


def _audit(
    site: Site, session: Session, kind: str, version: ReferenceVersion, actor: Actor, now: datetime, **more: int
) -> None:
    detail = {"table": version.table_name, "number": version.number, "base": version.base, "sha256": version.sha256}
    history.audit(session, site.vault, site.node, Line(kind, "", detail | more), actor=actor.username, now=now)
