"""The command line: `flask …`. Every command says what it does, ends non-zero with a message, and shows long work."""

from flask import Flask

from engine.site import Site
from webforms.console import complaints, history, operation, people, processes
from webforms.settings import Settings


def register(app: Flask, site: Site, settings: Settings) -> None:
    """Add every command group to the application."""
    app.extensions["redress.site"] = site
    app.extensions["redress.settings"] = settings
    for group in (processes.group, complaints.group, people.users, people.groups, history.group, operation.worker):
        app.cli.add_command(group)


__all__ = ["register"]
