"""The composition root: settings from the environment, one site, pages, command line, scheduler. Nobody imports it.

`python app.py` migrates the database and serves; `flask …` runs one command.
"""

import os
import sys
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate

import processes
import webforms
from engine.db import Database
from engine.errors import RedressError
from engine.mail import FolderMail, NoMail, SmtpMail
from engine.site import Site
from engine.vault import Vault
from webforms import console, schema, serving, store
from webforms.settings import Settings

VERSION = "0.1"


def site_of(settings: Settings) -> Site:
    """The installation that the settings describe. Raises BadSetting, WrongKey."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    vault = Vault.from_file(settings.key_file, create=settings.demo)
    return Site(
        database=Database(settings.database_url),
        applications=processes.load(),
        vault=vault,
        files=settings.data_dir / "files",
        ports={
            "mail": mail_of(settings),
            "seals": settings.data_dir / "seals",
            "public_url": settings.public_url,
        },
    )


def mail_of(settings: Settings) -> FolderMail | NoMail | SmtpMail:
    """How this installation sends mail."""
    if settings.smtp_host:
        return SmtpMail(
            settings.smtp_host,
            settings.smtp_port,
            settings.mail_from,
            settings.smtp_user,
            settings.smtp_password,
            settings.smtp_security,
        )
    return FolderMail(settings.data_dir / "mailbox") if settings.demo else NoMail()


def create_app() -> Flask:
    """The Flask application of the settings in the environment; ends the program with a message when they are wrong."""
    try:
        settings = Settings.of(os.environ, Path(__file__).parent)
        site = site_of(settings)
    except RedressError as error:
        sys.exit(f"redress: {error.message}")
    app = webforms.make_app(
        site,
        secret_key=site.vault.blind("cookies", "session"),
        folder=settings.data_dir,
        secure=settings.secure_cookies,
        version=VERSION,
    )
    Migrate(app, store.db, directory=str(schema.FOLDER))
    console.register(app, site, settings)
    return app


if __name__ == "__main__":
    serving.main(create_app())
