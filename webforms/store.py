"""The web's way to the installation: its site, and a session that only reads.

Every change is one call of a function of `engine.commands`, which opens a transaction of its own.
"""

from typing import Any, cast

from flask import Flask, current_app, has_app_context
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Engine, event

from engine.db import HELD, Base
from engine.site import Site

_SITE = "redress"


class ReadingSession(Session):
    """A session on the reading engine; records find the vault in its `info`.

    It holds what it has read, as a session alone would not: a row that parts of a page ask for by its id one after
    the other is asked for once.
    """

    def __init__(self, db: SQLAlchemy, **options: Any) -> None:
        super().__init__(db, info={"vault": site().vault, HELD: []}, **options)


@event.listens_for(ReadingSession, "loaded_as_persistent")
def _hold(session: ReadingSession, row: object) -> None:
    session.info[HELD].append(row)


class ReadingDatabase(SQLAlchemy):
    """Flask-SQLAlchemy over the engine's tables, bound to the engine that cannot write."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:  # noqa: ARG002
        return cast(Site, app.extensions[_SITE]).database.read


db = ReadingDatabase(metadata=Base.metadata, session_options={"class_": ReadingSession, "autoflush": False})


def site() -> Site:
    """The installation that the current request is about."""
    return cast(Site, current_app.extensions[_SITE])


def init_app(app: Flask, to: Site) -> None:
    """Bind `app` to the installation `to`."""
    app.extensions[_SITE] = to
    app.config["SQLALCHEMY_DATABASE_URI"] = to.database.url
    db.init_app(app)
    to.database.end_reading = _end_reading


def _end_reading() -> None:
    """A command begins: the request's own reading transaction must not outlast it, or what follows is old."""
    if has_app_context():
        db.session.rollback()
        db.session.info[HELD].clear()
