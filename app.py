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
from engine.errors import BadSetting, RedressError
from engine.mail import FolderMail, NoMail, SmtpMail
from engine.site import Site
from engine.sms import FolderSms, Sms
from engine.vault import Vault
from webforms import console, demo, schema, serving, store
from webforms.settings import Settings

VERSION = "0.1"


def site_of(settings: Settings) -> Site:
    """The installation that the settings describe. Raises BadSetting, WrongKey."""
    _require_folder(settings.data_dir)
    vault = Vault.from_file(settings.key_file, create=settings.demo)
    return Site(
        database=Database(settings.database_url),
        applications=processes.load(),
        vault=vault,
        files=settings.data_dir / "files",
        ports={
            "mail": mail_of(settings),
            **sms_of(settings),
            "seals": settings.data_dir / "seals",
            "public_url": settings.public_url,
        },
    )


def _require_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(name="REDRESS_DATA_DIR", why=f"{folder} cannot be made ({type(error).__name__})") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadSetting(name="REDRESS_DATA_DIR", why=f"{folder} cannot be written to by this user")


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


def sms_of(settings: Settings) -> dict[str, Sms]:
    """How this installation sends text messages, as a port; none where they are off."""
    return {"sms": FolderSms(settings.sms_dir)} if settings.sms_dir else {}


def create_app() -> Flask:
    """The Flask application of the settings in the environment; ends the program with a message when they are wrong.

    Where the installation has no key yet, `flask …` still runs the commands that need none, as those that try models.
    """
    try:
        settings = Settings.of(os.environ, Path(__file__).parent)
    except RedressError as error:
        sys.exit(f"redress: {error.message}")
    try:
        return app_of(site_of(settings), settings)
    except RedressError as error:
        if "FLASK_RUN_FROM_CLI" not in os.environ:
            sys.exit(f"redress: {error.message}")
        alone = Flask(__name__)
        console.register_alone(alone, error.message)
        return alone


def app_of(site: Site, settings: Settings) -> Flask:
    """The pages and the command line of one installation."""
    app = webforms.make_app(
        site,
        secret_key=site.vault.blind("cookies", "session"),
        folder=settings.data_dir,
        secure=settings.secure_cookies,
        version=VERSION,
    )
    app.config["MIGRATION_HEAD"] = schema.newest_revision()
    if settings.demo:
        demo.init_app(app, site)
    Migrate(app, store.db, directory=str(schema.FOLDER))
    console.register(app, site, settings)
    return app


if __name__ == "__main__":
    serving.main(create_app())
