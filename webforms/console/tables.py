"""`flask complaints table`: list, export, check and import the tables that people keep."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import access, clock, commands, identity, reference
from engine.commands.reference import in_force_of
from engine.errors import InvalidTable, NotAllowed, NotFound
from engine.identity import Actor
from engine.models import Person
from engine.queries.reference import open_proposals
from engine.reference import Changes, Flaw, Row, Rows, Table
from engine.site import Site
from webforms.console.shared import plainly, site

#: How the lines of a change begin.
_SIGNS = {"added": "+", "changed": "~", "ended": "|", "removed": "-"}

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("table")
@click.argument("name", required=False)
@click.option("--export", "target", type=FILE, help="Write the rows in force to this CSV file.")
@click.option("--import", "source", type=FILE, help="Check this CSV file and tell what it would change.")
@click.option("--propose-by", metavar="USER", help="With --import: propose the change in the name of this person.")
@click.option("--confirm-by", metavar="USER", help="With --propose-by: confirm it in the name of another person.")
@click.option("--comment", default="", help="What changes, and why.")
@with_appcontext
def table_command(
    name: str | None, target: Path | None, source: Path | None, propose_by: str, confirm_by: str, comment: str
) -> None:
    """List the tables that people keep, or export or import one.

    An import alone is a dry run. With --propose-by it waits for a second person on the pages, and with --confirm-by
    it is in force at once; the two must be different people.

    Example: flask complaints table deadlines --import deadlines.csv
    """
    here = site()
    with plainly():
        if name is None:
            _list(here)
            return
        table = here.applications.table(name)
        if target is None and source is None:
            raise click.UsageError("say what to do with it: --export FILE or --import FILE")
        if target is not None:
            _export(here, table, target)
        if source is not None:
            _import(here, table, source, propose_by, confirm_by, comment)


def _list(here: Site) -> None:
    with here.database.reading() as session:
        waiting = open_proposals(session)
        for application in here.applications.values():
            for table in application.tables.values():
                number, rows = in_force_of(session, table)
                note = "  a change waits for a second person" if table.name in waiting else ""
                version = f"version {number}" if number else "as shipped"
                click.echo(f"{table.name:18}{len(rows):6} rows  {version:12}  {table.en} / {table.zh}{note}")


def _export(here: Site, table: Table, target: Path) -> None:
    with here.database.reading() as session:
        number, rows = in_force_of(session, table)
    try:
        target.write_bytes(reference.write(table, rows))
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written: {error.strerror}") from error
    click.echo(f"{len(rows)} rows of {table.name}, version {number}, written to {target}.")


def _import(here: Site, table: Table, source: Path, propose_by: str, confirm_by: str, comment: str) -> None:
    if confirm_by and not propose_by:
        raise click.UsageError("--confirm-by needs --propose-by: one person proposes, another one confirms")
    if confirm_by and confirm_by == propose_by:
        raise click.UsageError("a change of a table needs two people: --propose-by and --confirm-by are the same")
    rows = _checked(table, source)
    with here.database.reading() as session:
        base, in_force = in_force_of(session, table)
        found = reference.changes(table, in_force, reference.effective(table, rows))
        people = {username: _actor(session, username) for username in (propose_by, confirm_by) if username}
    _tell(table, found)
    if not propose_by or not found:
        click.echo("Nothing was changed: this was a dry run." if found else "The rows in force are the same.")
        return
    number = _proposed(
        here, table, rows, base=base, comment=comment or f"import of {source.name}", by=people[propose_by]
    )
    if not confirm_by:
        click.echo(f"Version {number} is proposed; another person must confirm it.")
        return
    commands.confirm_version(here, table.name, number, actor=people[confirm_by], now=clock.now())
    click.echo(f"Version {number} is in force.")


def _checked(table: Table, source: Path) -> Rows:
    """The rows of a file; ends the command when they are no table, listing every flaw."""
    try:
        content = source.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{source} cannot be read: {error.strerror}") from error
    sheet = reference.read(table, content)
    flaws = sheet.flaws
    if not flaws:
        with reference.instead(table.name, sheet.rows):
            flaws = tuple(reference.check(table, reference.effective(table, sheet.rows)))
    if flaws:
        _refuse(table, flaws)
    return sheet.rows


def _proposed(here: Site, table: Table, rows: Rows, *, base: int, comment: str, by: Actor) -> int:
    try:
        return commands.propose_rows(here, table.name, rows, base=base, comment=comment, actor=by, now=clock.now())
    except InvalidTable as refusal:
        _refuse(table, tuple(flaw for flaw in refusal.flaws if isinstance(flaw, Flaw)))
        raise


def _refuse(table: Table, flaws: tuple[Flaw, ...]) -> None:
    for flaw in flaws:
        column = table.by_name.get(flaw.column)
        places = (f"row {flaw.row}" if flaw.row else "", column.name if column else "")
        place = ", ".join(part for part in places if part)
        click.echo(f"{place}: {flaw.en} / {flaw.zh}" if place else f"{flaw.en} / {flaw.zh}", err=True)
    raise click.ClickException(f"{len(flaws)} problems in {table.name}; nothing was changed")


def _tell(table: Table, found: Changes) -> None:
    for row in found.added:
        click.echo(f"{_SIGNS['added']} {_cells(table, row)}")
    for kind, rows in (("changed", found.changed), ("ended", found.ended)):
        for each in rows:
            parts = (f"{name}: {_short(each.old[name])} → {_short(each.new[name])}" for name in each.columns)
            click.echo(f"{_SIGNS[kind]} {' '.join(filter(None, table.identity(each.new)))}  {'; '.join(parts)}")
    for row in found.removed:
        click.echo(f"{_SIGNS['removed']} {_cells(table, row)}")
    click.echo(", ".join(f"{count} {kind}" for kind, count in found.counts.items()))


def _cells(table: Table, row: Row) -> str:
    return ", ".join(_short(row[column.name]) for column in table.columns if row[column.name])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _actor(session: Session, username: str) -> Actor:
    """Somebody who may change tables; raises NotFound, NotAllowed."""
    person_id = session.scalar(select(Person.id).where(Person.username == username))
    if person_id is None:
        raise NotFound("There is nobody with the user name “{username}”.", username=username)
    actor = identity.actor(session, person_id)
    if not access.may_keep_tables(actor):
        raise NotAllowed("{username} may not change tables: only process owners and admins do.", username=username)
    return actor
