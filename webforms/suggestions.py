"""Suggestions for the improvement of steps: given on the page of a task, dealt with by process owners."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine import clock, commands
from engine.errors import InvalidInput
from engine.queries.suggestions import suggestions
from webforms.fields import explained
from webforms.guards import current_actor, process_owner, staff, who
from webforms.language import current_language
from webforms.store import db, site
from webforms.studio.parts import name_of

pages = Blueprint("suggestions", __name__)


@pages.post("/tasks/<task_id>/suggestion")
@who(staff)
def add(task_id: str) -> Response:
    """Suggest an improvement of the step."""
    anonymous = request.form.get("anonymous") == "yes"
    text = request.form.get("text", "")
    try:
        commands.suggest(site(), task_id, text, anonymous=anonymous, actor=current_actor(), now=clock.now())
        flash(gettext("Thank you: the process owners read your suggestion."), "success")
    except InvalidInput as error:
        flash(explained(error), "error")
    return redirect(url_for("tasks.show", task_id=task_id))


@pages.get("/studio/<key>/suggestions")
@who(process_owner)
def index(key: str) -> str:
    """What people suggest for the processes of an application."""
    chosen = site().applications[key]
    rows = suggestions(db.session(), site(), key, current_language())
    return render_template("studio/suggestions.html", application=chosen, rows=rows, name_of=name_of)


@pages.post("/studio/<key>/suggestions/<suggestion_id>")
@who(process_owner)
def settle(key: str, suggestion_id: str) -> Response:
    """Mark a suggestion as dealt with, with an answer or without."""
    try:
        commands.settle_suggestion(
            site(), suggestion_id, request.form.get("answer", ""), actor=current_actor(), now=clock.now()
        )
        flash(gettext("Marked as dealt with."), "success")
    except InvalidInput as error:
        flash(explained(error), "error")
    return redirect(url_for("suggestions.index", key=key))
