"""What the engine does by itself: incidents to repair, jobs, messages that wait."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine import clock, commands, queries
from webforms.guards import admin, current_actor, who
from webforms.language import current_language
from webforms.store import db, site

pages = Blueprint("operations", __name__, url_prefix="/operations")


@pages.get("")
@who(admin)
def index() -> str:
    """Everything that stands still or waits, of all cases."""
    session, language = db.session(), current_language()
    state = request.args.get("state", "")
    return render_template(
        "operations.html",
        incidents=queries.incidents(session, language),
        job_counts=queries.job_counts(session),
        jobs=queries.jobs(session, language, state=state),
        state=state,
        messages=queries.waiting_messages(session),
        stuck=queries.stuck(session),
    )


@pages.post("/incidents/<int:incident_id>/retry")
@who(admin)
def retry(incident_id: int) -> Response:
    """Let what stands still try again."""
    commands.retry_job(site(), incident_id, actor=current_actor(), now=clock.now())
    flash(gettext("It will be tried again in a moment."), "success")
    return redirect(url_for("operations.index"))
