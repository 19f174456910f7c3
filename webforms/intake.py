"""The consumer's way in: what a complaint is and how it goes on, the form in steps, and the receipt."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext, refresh
from werkzeug.wrappers import Response

from engine import attachments, clock, commands
from engine.commands import Submitted
from engine.definitions import Library
from engine.errors import FileRefused, InvalidForm, InvalidInput, NotAllowed, NotFound
from engine.feel import Functions
from engine.forms import Form, UploadedFile, View
from engine.forms.submission import Errors
from engine.identity import CONSUMER
from processes.complaint import access_code, codes, views, wording
from processes.complaint.deadlines import law
from processes.complaint.intake import kept_forms
from processes.complaint.intake.kept_forms import Kept
from processes.complaint.tables import PROCESS
from webforms import fields
from webforms.errors import keep_typed
from webforms.guards import public, who
from webforms.language import LANGUAGES, current_language
from webforms.login import limiter
from webforms.reading import switch
from webforms.steps import LAST, Step, Steps, carried, steps_of
from webforms.store import db, site

pages = Blueprint("intake", __name__, url_prefix="/complain")

#: What the server says of a complaint that comes in on these pages; the consumer has no say in it.
CHANNEL = "CH.PORTAL"
#: The language of the pages is the first guess for that of the notices.
LANGUAGE_FIELD = "complaint.language"

#: What the first page tells of time: name there → row of the table of deadlines.
_PERIODS = {"answer": "CN-NFRA-DEC-1", "review": "CN-NFRA-REV-APPLY"}

#: A field that people do not see and programs fill in.
TRAP = "_website"

#: How long the receipt can be printed or read in the other language before its code is gone for good.
RECEIPT_LIFE = timedelta(minutes=30)
_RECEIPT = "receipt"
#: The id of the form that this browser has put aside, so that sending it erases what was kept.
_KEPT = "kept_form"

Page = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Sent:
    """What came with a request: the answers of all pages so far, files, the page it came from, the idempotency key."""

    answers: dict[str, list[str]]
    files: Mapping[str, list[UploadedFile]]
    step: str
    key: str


@pages.get("")
@who(public)
def index() -> str:
    """What happens with a complaint, and the ways to make one that are open today."""
    days = {name: law().find(row, clock.today()).period.limit for name, row in _PERIODS.items()}
    return render_template("intake/index.html", institution=_institution(), days=days, channels=_channels())


@pages.get("/form")
@who(public)
def begin() -> str:
    """The first page of the form, empty."""
    form = _form()
    answers = form.draft({LANGUAGE_FIELD: [current_language()]})
    return _page(form, Sent(answers, {}, "", str(uuid.uuid4())), "")


@pages.post("/form")
@who(public)
@limiter.limit("60 per minute; 600 per hour")
def go_on() -> Page:
    """From page to page, back and forth; the last one sends."""
    form, sent = _form(), _sent()
    pressed = fields.fields_of(request.form)
    if form.is_rearrangement(pressed):
        answers = form.rearrange(pressed, {}, _functions())
        return _page(form, replace(sent, answers=answers), sent.step)
    if request.form.get("_language") in LANGUAGES:
        session["language"] = request.form["_language"]
        refresh()
        return _page(form, sent, sent.step)
    if way := request.form.get("_reading"):
        switch(way)
        return _page(form, sent, sent.step)
    if "_update" in pressed or "_to" in pressed:
        return _page(form, sent, request.form.get("_to", sent.step))
    return _send(form, sent) if sent.step == LAST else _next(form, sent)


@pages.post("/keep")
@who(public)
@limiter.limit("10 per minute; 60 per hour")
def keep() -> Page:
    """Puts the form aside, and shows its code once."""
    form, sent = _form(), _sent()
    now = clock.now()
    left = Kept(session.get(_KEPT) or str(uuid.uuid4()), sent.answers, sent.step, sent.key)
    try:
        code = kept_forms.keep(site(), left, now=now)
    except InvalidInput as refusal:
        return _page(form, sent, sent.step, {"": (fields.explained(refusal), {})}), 422
    session[_KEPT] = left.id
    return render_template("intake/kept.html", code=code, until=now + kept_forms.LIFE, institution=_institution())


@pages.get("/continue")
@who(public)
def ask_for_code() -> str:
    """Asks for the code of a form that was put aside."""
    return render_template("intake/continue.html", error="")


@pages.post("/continue")
@who(public)
@limiter.limit("10 per minute; 60 per hour")
def take_up() -> Page:
    """The form where it was left; a code that never was and one whose time is over look the same."""
    try:
        kept = kept_forms.take_up(site(), request.form.get("code", ""), request.remote_addr or "", now=clock.now())
    except NotAllowed as refusal:
        return render_template("intake/continue.html", error=fields.explained(refusal)), refusal.status
    session[_KEPT] = kept.id
    form = _form()
    answers = form.draft({name: list(texts) for name, texts in kept.answers.items()})
    return _page(form, Sent(answers, {}, kept.step, kept.key), kept.step)


def show_again() -> Page:
    """What was typed, once more: the page rested longer than the session of the browser lasts."""
    flash(gettext("This page was open for a long time. Nothing is lost: look it over, then continue."), "warning")
    sent = _sent()
    return _page(_form(), sent, sent.step), 422


keep_typed(go_on, show_again)
keep_typed(keep, show_again)


@pages.get("/receipt")
@who(public)
def receipt() -> str:
    """Number and access code, for a while after sending; then the code is not shown again."""
    kept = session.get(_RECEIPT)
    if not kept or datetime.fromisoformat(kept["at"]) + RECEIPT_LIFE < clock.now():
        session.pop(_RECEIPT, None)
        return render_template("intake/receipt.html", tracking=None, code="")
    language, instance_id = current_language(), kept["instance"]
    return render_template(
        "intake/receipt.html",
        tracking=views.tracking(db.session(), instance_id, language),
        code=access_code.current(db.session(), instance_id),
        institution=wording.institution(language),
    )


@pages.post("/receipt")
@who(public)
def put_away() -> Response:
    """Forgets the receipt in this browser."""
    session.pop(_RECEIPT, None)
    return redirect(url_for(".index"))


def _next(form: Form, sent: Sent) -> Page:
    """The page after the one that was filled in; the same again if it needs another look."""
    steps = steps_of(_view(form, sent))
    step = steps.at(sent.step)
    if step is None:
        return _page(form, sent, LAST)
    wrong = {name: message for name, message in _errors(form, sent).items() if step.owns(name)}
    if wrong:
        return _page(form, sent, step.id, wrong), 422
    if any(name not in request.form for name in step.asked):
        return _page(form, sent, step.id, more=True)
    return _page(form, sent, steps.after(step))


def _send(form: Form, sent: Sent) -> Page:
    """Starts the case; whatever is wrong leads back to the page where it can be put right."""
    if request.form.get(TRAP):
        text = "Leave the field “Website” empty: it is there to keep programs out."
        return _page(form, sent, LAST, {"": (text, {})}), 422
    errors = _errors(form, sent)
    if not errors:
        try:
            return _start(form, sent)
        except FileRefused as refusal:
            errors = {_field_of(refusal, sent.files): (refusal.template, refusal.params)}
        except InvalidInput as refusal:
            errors = {"": (fields.explained(refusal), {})}
    wrong = steps_of(_view(form, sent)).first_wrong(errors)
    return _page(form, sent, wrong.id if wrong else LAST, errors), 422


def _start(form: Form, sent: Sent) -> Response:
    now = clock.now()
    application = site().applications[PROCESS]
    values = Submitted(sent.answers, sent.files, current_language()).answers(form, {}, application.functions)
    values |= {"complaint.channel": CHANNEL, "complaint.received_at": now}
    started = commands.start_instance(
        site(), PROCESS, Submitted(files=sent.files, values=values), actor=CONSUMER, now=now, key=f"consumer:{sent.key}"
    )
    if kept := session.pop(_KEPT, None):
        kept_forms.forget(site(), kept, now)
    session[_RECEIPT] = {"instance": started["instance_id"], "at": now.isoformat()}
    return redirect(url_for(".receipt"), 303)


def _page(form: Form, sent: Sent, step_id: str, errors: Errors | None = None, *, more: bool = False) -> str:
    """The page `step_id`. `more`: the answers brought up questions that were not there before."""
    errors = errors or {}
    steps = steps_of(_view(form, sent, errors))
    step = steps.at(step_id)
    return render_template(
        "intake/check.html" if step is None else "intake/step.html",
        steps=steps,
        step=step,
        step_id=LAST if step is None else step.id,
        back=steps.before(step),
        view=_shown(steps, step, errors),
        hidden=carried(sent.answers, step),
        key=sent.key,
        more=more,
        trap=TRAP,
        institution=_institution(),
        had_files=bool(sent.files),
    )


def _shown(steps: Steps, step: Step | None, errors: Errors) -> View:
    return steps.last_page(errors) if step is None else steps.page(step, errors)


def _institution() -> Mapping[str, str]:
    return wording.institution(current_language())


def _form() -> Form:
    """The start form of the active process. Raises NotFound when no complaint can be made here."""
    _, model, process = Library(db.session()).by_key(PROCESS)
    form = model.form(process.start_form)
    if form is None or CHANNEL not in _channels():
        raise NotFound(gettext("No complaint can be made here at the moment. Please call us."))
    return form


def _channels() -> set[str]:
    """The ways to complain that are open today: a row of the list `channel` that has ended is closed."""
    return {code["value"] for code in codes.codes("channel")}


def _sent() -> Sent:
    try:
        key = str(uuid.UUID(request.form.get("_key", "")))
    except ValueError:
        key = str(uuid.uuid4())
    answers = _form().draft(fields.fields_of(request.form))
    return Sent(answers, fields.files_of(request.files), request.form.get("_step", ""), key)


def _view(form: Form, sent: Sent, errors: Errors | None = None) -> View:
    return form.view({}, sent.answers, current_language(), _functions(), errors)


def _errors(form: Form, sent: Sent) -> Errors:
    """Everything that is wrong with the whole form so far."""
    try:
        form.submit(sent.answers, sent.files, {}, current_language(), _functions())
    except InvalidForm as refusal:
        return refusal.errors
    return {}


def _functions() -> Functions:
    return site().applications[PROCESS].functions


def _field_of(refusal: FileRefused, files: Mapping[str, list[UploadedFile]]) -> str:
    """The field that the refused file was chosen in."""
    name = refusal.params.get("name")
    found = (field for field, sent in files.items() if any(attachments.file_name(file.name) == name for file in sent))
    return next(found, "")
