"""The command line: `flask …`. Every command says what it does, ends non-zero with a message, and shows long work."""

from flask import Flask

from engine.site import Site
from webforms.console import complaints, history, operation, people, processes, searching, tables
from webforms.console.shared import without_installation
from webforms.serving import SETTINGS, SITE
from webforms.settings import Settings

complaints.group.add_command(tables.table_command)

COMMANDS = (
    processes.group,
    complaints.group,
    people.users,
    people.groups,
    history.group,
    searching.group,
    operation.worker,
)


def register(app: Flask, site: Site, settings: Settings) -> None:
    """Add every command to the application of an installation."""
    app.extensions[SITE] = site
    app.extensions[SETTINGS] = settings
    _add_commands(app)


def register_alone(app: Flask, why: str) -> None:
    """Add every command to an application without an installation: those that need one end with the message `why`."""
    without_installation(app, why)
    _add_commands(app)


def _add_commands(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)


__all__ = ["register", "register_alone"]
