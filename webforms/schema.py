"""Bringing the database to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

FOLDER = Path(__file__).parent.parent / "migrations"


def config_for(url: str) -> Config:
    """Alembic's configuration for one database."""
    config = Config(FOLDER / "alembic.ini")
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Run the migrations that are missing, in one transaction."""
    command.upgrade(config_for(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Take migrations back."""
    command.downgrade(config_for(url), revision)


def newest_revision() -> str:
    """The revision that the program expects."""
    return ScriptDirectory.from_config(config_for("")).get_current_head() or ""
