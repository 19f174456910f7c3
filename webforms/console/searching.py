"""`flask search`: the index by which cases are found."""

import click
from flask.cli import AppGroup
from sqlalchemy import func, select
from tqdm import tqdm

from engine import search
from engine.models import ProcessInstance
from webforms.console.shared import plainly, site

group = AppGroup("search", help="The index by which cases are found.")


@group.command("rebuild")
def rebuild() -> None:
    """Write the whole index anew, oldest case first, as when the master key has changed; cases are found as it grows.

    The server and the worker keep it by themselves: after an upgrade, too, they add what is not there yet. May be
    called while they run, and again when it was stopped.

    Example: flask search rebuild
    """
    here = site()
    with plainly():
        with here.database.reading() as session:
            total = session.scalar(select(func.count()).select_from(ProcessInstance)) or 0
        with tqdm(total=total, unit="case") as bar:
            for done in search.rebuild(here):
                bar.update(done)
    click.echo(f"{total} cases can be found.")
