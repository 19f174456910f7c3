"""Somebody would rather be called than fill in a form: a few questions, and a task for intake."""

import uuid

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine import clock, commands
from engine.commands import Submitted
from engine.definitions import Library
from engine.errors import InvalidForm, NotFound
from engine.forms import Form
from engine.forms.submission import Errors
from engine.identity import CONSUMER
from processes.complaint import wording
from processes.complaint.matters.kinds import CALL_BACK
from webforms import fields
from webforms.errors import keep_typed
from webforms.guards import public, who
from webforms.intake import TRAP
from webforms.language import current_language
from webforms.login import limiter
from webforms.store import db, site

pages = Blueprint("call_me", __name__, url_prefix="/call-me")

Page = str | Response | tuple[str, int]

#: The number of the request, for the page that thanks.
_NUMBER = "call_back"


@pages.get("")
@who(public)
def ask() -> str:
    """The questions."""
    return _page(_form(), {})


@pages.post("")
@who(public)
@limiter.limit("5 per minute; 20 per hour")
def send() -> Page:
    """Makes the task; sending twice makes one."""
    form, sent = _form(), fields.fields_of(request.form)
    if request.form.get(TRAP):
        text = "Leave the field “Website” empty: it is there to keep programs out."
        return _page(form, sent, {"": (text, {})}), 422
    submitted, key = Submitted(sent, language=current_language()), f"consumer:{CALL_BACK.key}:{_key()}"
    try:
        started = commands.start_instance(site(), CALL_BACK.key, submitted, actor=CONSUMER, now=clock.now(), key=key)
    except InvalidForm as refusal:
        return _page(form, sent, refusal.errors), 422
    session[_NUMBER] = started["business_key"]
    return redirect(url_for(".thanks"), 303)


@pages.get("/thanks")
@who(public)
def thanks() -> str:
    """By when we call."""
    institution = wording.institution(current_language())
    return render_template("call_me/thanks.html", number=session.get(_NUMBER, ""), institution=institution)


def again() -> Page:
    """What was typed, once more: the page rested longer than the browser's session."""
    return _page(_form(), fields.fields_of(request.form)), 422


keep_typed(send, again)


def _page(form: Form, values: dict[str, list[str]], errors: Errors | None = None) -> str:
    functions = site().applications["complaint"].functions
    view = form.view({}, form.draft(values), current_language(), functions, errors)
    return render_template(
        "call_me/ask.html", view=view, key=_key(), trap=TRAP, institution=wording.institution(current_language())
    )


def _form() -> Form:
    _, model, process = Library(db.session()).by_key(CALL_BACK.key)
    form = model.form(process.start_form)
    if form is None:
        raise NotFound(gettext("Nobody can be called at the moment. Please call us."))
    return form


def _key() -> str:
    try:
        return str(uuid.UUID(request.form.get("_key", "")))
    except ValueError:
        return str(uuid.uuid4())
