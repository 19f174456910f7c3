"""Bringing the database to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import text

from engine.db import Database
from engine.errors import BadSetting, RedressError

FOLDER = Path(__file__).parent.parent / "migrations"


class OtherSchema(RedressError):
    """The database is at migration {found}, the program at {wanted}; bring it up to date with: flask db upgrade"""

    status = 500


def config_for(url: str) -> Config:
    """Alembic's configuration for one database."""
    config = Config(FOLDER / "alembic.ini")
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Run the migrations that are missing, in one transaction. Raises BadSetting for a newer database."""
    try:
        command.upgrade(config_for(url), revision)
    except CommandError as error:
        why = f"its database was made by another version of the program ({error}); start that version, or a newer one"
        raise BadSetting(name="REDRESS_DATABASE_URL", why=why) from error


def downgrade(url: str, revision: str) -> None:
    """Take migrations back."""
    command.downgrade(config_for(url), revision)


def newest_revision() -> str:
    """The revision that the program expects."""
    return ScriptDirectory.from_config(config_for("")).get_current_head() or ""


def require_newest(database: Database) -> None:
    """Raise OtherSchema unless the database has the program's schema; OperationalError when it has none."""
    with database.reading() as session:
        found = session.scalar(text("SELECT version_num FROM alembic_version"))
    if found != newest_revision():
        raise OtherSchema(found=found or "none", wanted=newest_revision())
