"""One screen for every channel: ask in the order of a call, propose where it goes, dispatch, say what to tell.

The answers travel with the pages; nothing is stored before the person confirms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine import clock, queries, search
from engine.bpmn.model import Model
from engine.commands import Submitted
from engine.commands.disclosures import record_search
from engine.errors import FileRefused, InvalidForm, InvalidInput, NotFound
from engine.forms import Form
from engine.forms.submission import Errors
from engine.search import Kind
from processes.complaint import codes, views, wording
from processes.complaint.case_fields import lead_words
from processes.complaint.facts import fact
from processes.complaint.intake.earlier import Earlier, earlier, sought
from processes.complaint.intake.proposing import propose
from processes.complaint.links.candidates import table_in
from processes.complaint.tables import PROCESS, Complaint
from processes.complaint.units import organisation
from webforms import fields
from webforms.desk.parts import (
    NARRATIVE,
    REGISTER,
    begin,
    form_of,
    functions,
    model,
    own_unit,
    pages,
    story_error,
    story_of,
)
from webforms.desk.questions import LIVE, SOUGHT, asked, listed, offered, parts_of
from webforms.guards import current_actor, staff, who
from webforms.language import current_language
from webforms.store import db, site
from webforms.tasks import new_key

Page = str | Response | tuple[str, int]

CHANNEL = "complaint.channel"
RECEIVED_AT = "complaint.received_at"

#: What most complaints are; each answer can be changed.
USUAL = {
    "complaint.capacity": "self",
    "complaint.matter_type": "complaint",
    "complaint.respondent_scope": "own",
    "complaint.event_cause": "none",
    "complaint.dup_state": "none",
    "complaint.facts_sufficient": "yes",
    "complaint.authority_proof": "not_needed",
}
#: By which way people who came in a certain way want to be answered.
ANSWERED_BY = {"CH.PHONE": "phone", "CH.EMAIL": "email", "CH.LETTER": "letter"}

#: The digest of what was last looked for in this browser: asking again for the same is no new search.
_LOOKED = "looked"


@dataclass(frozen=True)
class Desk:
    """The screen as it was sent: the version, its form, and all answers so far."""

    model: Model
    form: Form
    answers: dict[str, list[str]]

    @property
    def channel(self) -> str:
        """The channel chosen."""
        return "".join(self.answers.get(CHANNEL, []))


# --- the pages ----------------------------------------------------------------------------------------------------


@pages.get("/intake")
@who(staff)
def index() -> Page:
    """Asks for the channel; with `channel` in the address, the screen for it."""
    found = model()
    channels = _channels()
    chosen = request.args.get("channel", "")
    if chosen not in channels:
        return render_template("desk/channels.html", kinds=offered(channels))
    desk = Desk(found, form_of(found, REGISTER), _first_answers(chosen))
    return _screen(desk)


@pages.post("/intake")
@who(staff)
def go_on() -> Page:
    """Asks anew, looks for earlier complaints, checks and proposes, or dispatches."""
    desk, pressed = _sent(), fields.fields_of(request.form)
    if desk.form.is_rearrangement(pressed):
        rearranged = desk.form.rearrange(pressed, _context(), functions())
        return _screen(Desk(desk.model, desk.form, rearranged | _story(desk.answers)))
    if "_update" in pressed or "_look" in pressed or "_change" in pressed:
        return _screen(desk, looks="_look" in pressed)
    values, errors = _checked(desk)
    if errors:
        return _screen(desk, errors, looks=True), 422
    if "_confirm" in pressed:
        return _dispatch(desk, values)
    more = set(asked(_parts(desk, {}))) - request.form.keys()
    return _screen(desk, more=True, looks=True) if more else _proposal(desk, values)


@pages.post("/intake/earlier")
@who(staff)
def look() -> str:
    """Complaints that are here already, as a part of the page: asked for while somebody types."""
    desk = _sent()
    return render_template("desk/_earlier.html", found=_earlier(desk), looked=True)


@pages.get("/intake/<instance_id>")
@who(staff)
def done(instance_id: str) -> str:
    """Number, date, and what to tell the person. Raises NotFound, CaseElsewhere."""
    reading, language = db.session(), current_language()
    case = queries.visible_instance(reading, site(), instance_id, current_actor())
    complaint = reading.get(Complaint, instance_id)
    if complaint is None:
        raise NotFound
    tree, unit = organisation(), fact(complaint, "unit")
    return render_template(
        "desk/done.html",
        case=case,
        channel=complaint.channel,
        is_live=complaint.channel in LIVE,
        tracking=views.tracking(reading, instance_id, language),
        lead=lead_words(complaint.owner_unit, language) if complaint.level and complaint.owner_unit else "",
        unit=tree[unit].name(language) if complaint.level and unit in tree else "",
        level=codes.label("level", complaint.level, language) if complaint.level else "",
        is_written_to=bool(complaint.email_index or complaint.mobile_index),
        institution=wording.institution(language),
        settled=bool(complaint.fast_lane and not complaint.level),
    )


# --- parts --------------------------------------------------------------------------------------------------------


def _sent() -> Desk:
    found = model()
    form = form_of(found, REGISTER)
    pressed = fields.fields_of(request.form)
    return Desk(found, form, form.draft(pressed) | _story(pressed))


def _story(answers: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {NARRATIVE: answers[NARRATIVE]} if NARRATIVE in answers else {}


def _first_answers(channel: str) -> dict[str, list[str]]:
    language = current_language()
    now = clock.now().astimezone(clock.zone()).strftime("%Y-%m-%dT%H:%M")
    texts = {
        **USUAL,
        CHANNEL: channel,
        RECEIVED_AT: now if channel in LIVE else "",
        "complaint.received_by_unit": own_unit(current_actor()),
        "complaint.language": language,
        "complaint.preferred_channel": ANSWERED_BY.get(channel, ""),
    }
    return {name: [text] for name, text in texts.items() if text}


def _channels() -> dict[str, str]:
    """The channels that are open today: code → words."""
    return {code["value"]: code[current_language()] for code in codes.codes("channel")}


def _context() -> Mapping[str, Any]:
    """What the form reads of a complaint that is not there yet."""
    return {"complaint": {"registered_at": clock.now()}}


def _parts(desk: Desk, errors: Errors) -> list[Any]:
    view = desk.form.view(_context(), desk.answers, current_language(), functions(), errors)
    return parts_of(view, story_of(desk.model, desk.answers, errors.get(NARRATIVE)), errors)


def _screen(desk: Desk, errors: Errors | None = None, *, more: bool = False, looks: bool = False) -> str:
    """The screen. `more`: the answers brought up questions; `looks`: show the complaints that are here already."""
    errors = errors or {}
    parts = _parts(desk, errors)
    return render_template(
        "desk/screen.html",
        parts=parts,
        errors=listed(parts, errors),
        channel=_channels().get(desk.channel, desk.channel),
        is_live=desk.channel in LIVE,
        more=more,
        looked=looks,
        found=_earlier(desk) if looks else [],
        key=new_key(),
        scripts=codes.codes("scene"),
    )


def _dispatch(desk: Desk, values: Mapping[str, Any]) -> Page:
    try:
        instance_id = begin(values, fields.files_of(request.files), "intake")
    except FileRefused as refusal:
        return _proposal(desk, values, fields.explained(refusal)), 422
    except InvalidInput as refusal:
        return _screen(desk, {"": (fields.explained(refusal), {})}), 422
    return redirect(url_for("desk.done", instance_id=instance_id), 303)


def _proposal(desk: Desk, values: Mapping[str, Any], error: str = "") -> str:
    """What would become of it."""
    now, language = clock.now(), current_language()
    return render_template(
        "desk/proposal.html",
        proposal=propose(desk.model, site().applications[PROCESS], values, language, now=now),
        hidden=[(name, text) for name, texts in desk.answers.items() for text in texts],
        channel=_channels().get(desk.channel, desk.channel),
        summary="".join(desk.answers.get("complaint.summary", [])),
        name="".join(desk.answers.get("complaint.person.full_name", [])),
        found=_earlier(desk),
        error=error,
        key=new_key(),
    )


def _checked(desk: Desk) -> tuple[dict[str, Any], Errors]:
    """Path → value of all answers, and what is wrong with them."""
    errors: dict[str, Any] = dict(story_error(desk.answers))
    try:
        values = Submitted(desk.answers, language=current_language()).answers(desk.form, _context(), functions())
    except InvalidForm as refusal:
        return {}, {**refusal.errors, **errors}
    return values | {NARRATIVE: "\n".join(desk.answers.get(NARRATIVE, [])).strip()}, errors


def _earlier(desk: Desk) -> list[Earlier]:
    """What is here already of the same person or account; the search is on record before it is shown."""
    typed = {name: "".join(desk.answers.get(path, [])) for path, name in SOUGHT.items()}
    new = sought(site(), typed, clock.now())
    if new is None:
        return []
    reading, actor = db.session(), current_actor()
    story = "\n".join(desk.answers.get(NARRATIVE, []))
    found = list(earlier(reading, site(), new, story, table_in(desk.model), actor, current_language()))
    wanted = " ".join(filter(None, (typed["full_name"], typed["mobile"], typed["id_no"], typed["email"])))
    digest = site().vault.blind("search", wanted)[:16]
    if found and session.get(_LOOKED) != digest:
        session[_LOOKED] = digest
        record_search(site(), search.asked(site().vault, wanted), {Kind.NAME}, len(found), actor=actor, now=clock.now())
    return found
