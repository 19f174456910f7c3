"""What the engine does by itself: incidents to repair, jobs, messages that wait; and what people did, for auditors."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine import clock, commands, queries
from engine.queries.audit import audit_lines, audited_people
from webforms import auditing, fields
from webforms.guards import admin, auditor, current_actor, who
from webforms.language import current_language
from webforms.store import db, site

#: Before it there is nothing to look for.
FIRST_DAY = date(2000, 1, 1)

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
        explained=fields.explained,
        job_counts=queries.job_counts(session),
        jobs=queries.jobs(session, language, state=state),
        state=state,
        messages=queries.waiting_messages(session, language),
        starts=queries.start_timers(session, language),
        stuck=queries.stuck(session),
    )


@pages.post("/incidents/<int:incident_id>/retry")
@who(admin)
def retry(incident_id: int) -> Response:
    """Let what stands still try again."""
    commands.retry_job(site(), incident_id, actor=current_actor(), now=clock.now())
    flash(gettext("It will be tried again in a moment."), "success")
    return redirect(url_for("operations.index"))


@pages.post("/starts/<int:start_timer_id>/retry")
@who(admin)
def retry_start(start_timer_id: int) -> Response:
    """Let a timer that could not begin a case try again."""
    commands.retry_start(site(), start_timer_id, actor=current_actor(), now=clock.now())
    flash(gettext("It will be tried again in a moment."), "success")
    return redirect(url_for("operations.index"))


@pages.get("/audit")
@who(auditor)
def audit() -> str:
    """Log-ins, views of personal data, deployments and administration of one day, of everybody or of one person."""
    session, today = db.session(), clock.now().astimezone(clock.zone()).date()
    day, person = _day(request.args.get("day", ""), today), request.args.get("person", "")[:100]
    page = request.args.get("page", 1, type=int)
    return render_template(
        "audit.html",
        found=audit_lines(session, day=day, username=person, page=page),
        day=day,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        today=today,
        person=person,
        people=audited_people(session),
        title=auditing.title,
        facts=auditing.facts,
    )


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return min(max(day, FIRST_DAY), today)
