"""What every command needs: the site, and errors as one line."""

import contextlib
from collections.abc import Iterator
from typing import cast

import click
from flask import current_app

from engine import travel
from engine.errors import RedressError
from engine.site import Site


def site() -> Site:
    """The installation; the clock of this command stands where the database's clock stands."""
    found = cast(Site, current_app.extensions["redress.site"])
    travel.follow(found)
    return found


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """Show an error raised on purpose as one line, with exit code 1."""
    try:
        yield
    except RedressError as error:
        raise click.ClickException(error.message) from error
