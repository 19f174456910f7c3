"""Who else has a case or a task open: told on its page, and every 20 seconds by a script of that page."""

from flask import Blueprint, render_template

from engine import access, clock, commands, queries
from engine.errors import NotFound
from engine.models import ProcessInstance
from webforms.guards import current_actor, staff, who
from webforms.language import current_language
from webforms.store import db, site

pages = Blueprint("presence", __name__)


@pages.post("/tasks/<task_id>/here")
@who(staff)
def on_task(task_id: str) -> str:
    """Note that somebody has the task open still, and say who else has."""
    session, actor = db.session(), current_actor()
    rows = queries.rows_of(session, [task_id], actor, current_language(), clock.now())
    if not rows:
        raise NotFound
    return render_template("_presence.html", others=others(rows[0].instance_id, task_id))


@pages.post("/instances/<instance_id>/here")
@who(staff)
def on_case(instance_id: str) -> str:
    """The same for the page of a case."""
    if not _sees_whole(instance_id):
        raise NotFound
    return render_template("_presence.html", others=others(instance_id))


def others(instance_id: str, task_id: str | None = None) -> tuple[str, ...]:
    """Names of the others who have the case open, for somebody whose right to the page was checked before.

    Who may see a task only learns of those on that task. One's own presence is noted, if that was some time ago; this
    ends the request's reading transaction, so it comes last.
    """
    actor, now = current_actor(), clock.now()
    only = task_id if task_id is not None and not _sees_whole(instance_id) else None
    found = queries.present(db.session(), instance_id, only, actor=actor, now=now)
    if found.is_due:
        commands.note_presence(site(), instance_id, task_id, actor=actor, now=now)
    return found.others


def _sees_whole(instance_id: str) -> bool:
    session = db.session()
    instance = session.get(ProcessInstance, instance_id)
    if instance is None:
        return False
    application = site().applications[instance.application]
    return access.may_see_instance(session, current_actor(), application, instance_id)
