"""`flask history`: prove that nothing was changed or cut off."""

from pathlib import Path

import click
from flask.cli import AppGroup

from engine import clock, history
from webforms.console.shared import plainly, site

group = AppGroup("history", help="The audit history.")


@group.command("verify")
def verify() -> None:
    """Check every stream against its hashes, its end and the daily seals; exit 1 at the first that is broken.

    Example: flask history verify
    """
    here = site()
    with plainly(), here.database.reading() as session:
        report = history.verify(session, here.vault, Path(here.ports["seals"]))
    if report.broken is not None:
        place = f"{report.broken.stream}, line {report.broken.sequence}".removesuffix(", line 0")
        raise click.ClickException(f"broken at {place}: {report.broken.why}")
    click.echo(f"{report.events} lines in {report.streams} streams are intact.")


@group.command("seal")
def seal() -> None:
    """Write today's signed list of the streams that grew, and their ends, into the seals folder.

    The server and the worker do so by themselves once a day.

    Example: flask history seal
    """
    here = site()
    with plainly(), here.database.reading() as session:
        path = history.seal(session, here.vault, Path(here.ports["seals"]), clock.today(), clock.now())
    click.echo(f"sealed in {path}")
