"""What every command needs: the site, the applications, and errors as one line."""

import contextlib
from collections.abc import Iterator
from typing import Any, cast

import click
from flask import Flask, current_app
from sqlalchemy.exc import OperationalError, ProgrammingError

import processes
from engine import reference, travel
from engine.applications import Applications
from engine.errors import RedressError
from engine.site import Site
from webforms.serving import SITE


class _NoInstallation(dict[str, Any]):
    """Extensions of an application without an installation: asking for one tells why there is none."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self._why = why

    def __missing__(self, name: str) -> Any:
        raise click.ClickException(self._why)


def without_installation(app: Flask, why: str) -> None:
    """Let every command that needs an installation end with the message `why`."""
    app.extensions = _NoInstallation(why)


def site() -> Site:
    """The installation; this command goes by the clock and the tables of the database.

    Ends the command when there is no installation, or its database belongs to another key.
    """
    found = cast(Site, current_app.extensions[SITE])
    # A database that is not set up has neither key nor clock; the command's first question to it tells.
    with plainly(), contextlib.suppress(OperationalError, ProgrammingError):
        with found.database.reading() as session:
            found.vault.check_key(session)
        travel.follow(found)
        reference.follow(found.database)
    return found


def applications() -> Applications:
    """The applications of the installation; where there is none, those of the program."""
    found: Site | None = current_app.extensions.get(SITE)
    return found.applications if found else processes.load()


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """Show an error raised on purpose, or a database that does not answer or fit, as one line, with exit code 1."""
    try:
        yield
    except RedressError as error:
        raise click.ClickException(error.message) from error
    except (OperationalError, ProgrammingError) as error:
        why = str(error.orig).strip().partition("\n")[0]
        raise click.ClickException(
            f"The database refused this: {why}. When it is new, or older than the program, run: flask db upgrade"
        ) from error
