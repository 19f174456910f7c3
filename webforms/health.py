"""For whoever watches the process: is it up, and can it work?"""

from datetime import datetime, timedelta

from flask import Blueprint, Response, current_app, jsonify, make_response
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from engine import clock
from engine.models import Mark
from webforms.guards import public, who
from webforms.store import db

#: The scheduler's last tick, written by it as ISO text.
TICK = "tick_at"
#: Without a tick for this long, timers and jobs stand still.
OLDEST_TICK = timedelta(minutes=5)

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@who(public)
def alive() -> Response:
    """The process answers."""
    return jsonify(status="up")


@pages.get("/readyz")
@who(public)
def ready() -> Response:
    """The database answers, its tables are those of this program, and the scheduler ticks; 503 with reasons if not."""
    try:
        reasons = [*_tables(current_app.config.get("MIGRATION_HEAD", "")), *_tick(clock.now())]
    except SQLAlchemyError as error:
        reasons = [f"the database does not answer: {type(error).__name__}"]
    return make_response(jsonify(status="not ready" if reasons else "ready", reasons=reasons), 503 if reasons else 200)


def _tables(head: str) -> list[str]:
    if not head:
        db.session.execute(select(1))
        return []
    version = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return [] if version == head else [f"the database is at migration {version}, the program at {head}"]


def _tick(now: datetime) -> list[str]:
    mark = db.session.scalar(select(Mark.value).where(Mark.name == TICK))
    if mark is None or now - datetime.fromisoformat(mark) <= OLDEST_TICK:
        return []
    return [f"the scheduler has not ticked since {mark}"]
