"""The consumer follows one complaint with number and access code: its status, notices, material, survey, withdrawal.

The right to see it lies in the signed session of the browser, for one case and a short time; a new code ends it.
"""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine import clock, queries
from engine.errors import FileRefused, InvalidInput, NotAllowed, NotFound, RedressError, TooLate
from processes.complaint import codes, consumer, views, visits, wording
from processes.complaint.links import following
from processes.complaint.matters import asking
from processes.complaint.visits import Visit
from webforms import fields
from webforms.guards import current_actor, public, staff, who
from webforms.language import current_language
from webforms.login import limiter
from webforms.reading import reading as how_to_read
from webforms.status import steps_to, words_for
from webforms.store import db, site

pages = Blueprint("tracking", __name__)

#: How long a page may rest before number and code are asked for again.
VISIT_LIFE = timedelta(minutes=30)
_VISIT = "visit"

Page = str | Response | tuple[str, int]


# --- coming in and going ------------------------------------------------------------------------------------------


@pages.get("/track")
@who(public)
def index() -> Page:
    """Asks for number and access code; leads on to the case that this browser has open, if no other is named."""
    number = request.args.get("number", "")
    if not number and _visit() is not None:
        return redirect(url_for("tracking.show"))
    return render_template("tracking/enter.html", number=number, error="")


@pages.post("/track")
@who(public)
@limiter.limit("30 per minute")
def enter() -> Page:
    """Opens the case; a wrong number and a wrong code look the same."""
    number, code = request.form.get("number", ""), request.form.get("code", "")
    try:
        visit = visits.open_case(site(), number, code, request.remote_addr or "", clock.now())
    except NotAllowed as refusal:
        page = render_template("tracking/enter.html", number=number, error=fields.explained(refusal))
        return page, refusal.status
    _remember(visit)
    return redirect(url_for("tracking.show"), 303)


@pages.post("/track/leave")
@who(public)
def leave() -> Response:
    """Ends the visit in this browser."""
    session.pop(_VISIT, None)
    flash(gettext("You have left your complaint. Nobody can see it on this computer now."), "success")
    return redirect(url_for("tracking.index"))


# --- the case -----------------------------------------------------------------------------------------------------


@pages.get("/track/case")
@who(public)
def show() -> Page:
    """Where it stands, what we ask, notices and messages."""
    visit = _visit()
    return _to_the_door() if visit is None else _case(visit)


@pages.get("/track/notices/<notice_id>")
@who(public)
def notice(notice_id: str) -> Page:
    """One notice, to be read or printed."""
    visit = _visit()
    if visit is None:
        return _to_the_door()
    tracking = views.tracking(db.session(), visit.instance_id, current_language())
    found = next((each for each in tracking.notices if each.id == notice_id), None)
    if found is None:
        raise NotFound
    return render_template("tracking/notice.html", tracking=tracking, notice=found)


@pages.post("/track/material")
@who(public)
@limiter.limit("20 per minute")
def material() -> Page:
    """Text and files of the consumer."""
    text = request.form.get("text", "")
    files = [file for sent in fields.files_of(request.files).values() for file in sent]

    def act(visit: Visit, key: str) -> str:
        consumer.send_material(site(), visit.instance_id, text, files, sender_key=key, now=clock.now())
        return str(gettext("Thank you: what you sent is with your complaint now."))

    return done("material", act)


@pages.post("/track/survey")
@who(public)
@limiter.limit("20 per minute")
def survey() -> Page:
    """The answers to the survey."""
    form = request.form

    def act(visit: Visit, key: str) -> str:
        answers = consumer.Survey(
            score_process=form.get("score_process", 0, int),
            score_result=form.get("score_result", 0, int),
            solved=form.get("solved", ""),
            comment=form.get("comment", ""),
        )
        if not (answers.score_process and answers.score_result and answers.solved):
            raise InvalidInput("Please answer the three questions; the comment is up to you.")
        consumer.answer_survey(site(), visit.instance_id, answers, sender_key=key, now=clock.now())
        return str(gettext("Thank you for your answers."))

    return done("survey", act)


@pages.get("/track/withdraw")
@who(public)
def ask_to_withdraw() -> Page:
    """Asks before withdrawing, or says why it is too late."""
    visit = _visit()
    return _to_the_door() if visit is None else _withdrawal(visit)


@pages.post("/track/withdraw")
@who(public)
@limiter.limit("20 per minute")
def withdraw() -> Page:
    """Sends the withdrawal; an intake officer confirms it."""
    visit = _visit()
    if visit is None:
        return _to_the_door()
    text, now = request.form.get("text", ""), clock.now()
    try:
        reason, key = _confirmed_reason(), _key(visit, "withdraw")
        consumer.withdraw(site(), visit.instance_id, reason, text, sender_key=key, now=now)
    except TooLate as refusal:
        return _withdrawal(visit), refusal.status
    except InvalidInput as refusal:
        return _withdrawal(visit, fields.explained(refusal)), refusal.status
    flash(gettext("We have your withdrawal. We will check that it comes from you, and confirm it."), "success")
    return redirect(url_for("tracking.show"), 303)


# --- lost codes ---------------------------------------------------------------------------------------------------


@pages.get("/track/lost-code")
@who(public)
def lost_code() -> str:
    """Asks for the number and a contact."""
    return render_template("tracking/lost_code.html", asked=False, error="")


@pages.post("/track/lost-code")
@who(public)
@limiter.limit("10 per minute")
def ask_for_code() -> Page | Response:
    """Always the same answer to who fills it in; what follows happens after it has gone out."""
    now = clock.now()
    try:
        number, contact = _number_and_contact()
        visits.count_request(site(), number, request.remote_addr or "", now)
    except (InvalidInput, NotAllowed) as refusal:
        page = render_template("tracking/lost_code.html", asked=False, error=fields.explained(refusal))
        return page, refusal.status
    answer = Response(render_template("tracking/lost_code.html", asked=True, error=""), mimetype="text/html")
    here = site()
    answer.call_on_close(lambda: visits.send_new_code(here, number, contact, now))
    return answer


@pages.get("/instances/<instance_id>/access-code")
@who(staff)
def ask_to_reissue(instance_id: str) -> str:
    """Staff: asks how the identity was checked."""
    return _reissue_page(instance_id)


@pages.post("/instances/<instance_id>/access-code")
@who(staff)
def reissue(instance_id: str) -> Page:
    """Staff: gives the new code, once; the old one is void."""
    try:
        checked = request.form.get("identity_check", "")
        code = visits.reissue_code(site(), instance_id, checked, actor=current_actor(), now=clock.now())
    except InvalidInput as refusal:
        return _reissue_page(instance_id, error=fields.explained(refusal)), refusal.status
    return _reissue_page(instance_id, code=code)


# --- parts --------------------------------------------------------------------------------------------------------


def _remember(visit: Visit) -> None:
    kept = {"instance": visit.instance_id, "issue": visit.issue, "until": (clock.now() + VISIT_LIFE).isoformat()}
    session[_VISIT] = kept


def _visit() -> Visit | None:
    """The visit of this browser, while it lasts; each use makes it last again."""
    kept: dict[str, Any] = session.get(_VISIT) or {}
    if not kept or datetime.fromisoformat(kept["until"]) < clock.now():
        return None
    visit = Visit(kept["instance"], kept["issue"])
    if not visits.is_valid(db.session(), visit):
        session.pop(_VISIT, None)
        return None
    _remember(visit)
    return visit


def _to_the_door() -> Response:
    flash(
        gettext("Please enter your number and your access code (again): a visit ends by itself after a while."), "info"
    )
    return redirect(url_for("tracking.index"))


def _key(visit: Visit, what: str) -> str:
    """The idempotency key of a sent form, within the case."""
    try:
        return f"consumer:{visit.instance_id}:{what}:{uuid.UUID(request.form.get('_key', ''))}"
    except ValueError:
        raise InvalidInput("This page is too old. Reload it and send again.") from None


def _number_and_contact() -> tuple[str, str]:
    number, contact = request.form.get("number", "").strip(), request.form.get("contact", "").strip()
    if not (number and contact):
        raise InvalidInput("Give the number of the complaint and the phone number or e-mail address.")
    return number, contact


def _confirmed_reason() -> str:
    reason = request.form.get("reason", "")
    if not reason or not request.form.get("sure"):
        raise InvalidInput("Choose a reason, and confirm that you withdraw of your own free will.")
    return reason


def done(part: str, act: Callable[[Visit, str], str]) -> Page:
    """Let `act` do what was sent from `part` of the page; a refusal is shown there, and what was typed stays."""
    visit = _visit()
    if visit is None:
        return _to_the_door()
    try:
        flash(act(visit, _key(visit, part)), "success")
    except (InvalidInput, TooLate, FileRefused) as refusal:
        return _case(visit, part, refusal), refusal.status
    return redirect(url_for("tracking.show"), 303)


def _case(visit: Visit, part: str = "", refusal: RedressError | None = None) -> str:
    language, reading = current_language(), db.session()
    tracking = views.tracking(reading, visit.instance_id, language)
    onward = following.onward(reading, visit.instance_id)
    waits_for = consumer.awaited(reading, onward.instance_id if onward else visit.instance_id)
    files = [file for file in queries.files_of(reading, site(), visit.instance_id) if file.origin == "consumer"]
    steps, current = steps_to(tracking.status_code, language)
    return render_template(
        "tracking/case.html",
        tracking=tracking,
        steps=steps,
        current=current,
        words=words_for(tracking.status_code, easy=how_to_read().easy),
        files=files,
        is_open=consumer.MATERIAL in waits_for or consumer.REQUESTED in waits_for,
        onward=onward,
        survey_open=consumer.SURVEY in waits_for and onward is None,
        proposal_open=asking.PROPOSAL in waits_for,
        replies=codes.codes("proposal_reply"),
        review=asking.review_offer(reading, visit.instance_id),
        grounds=codes.codes("review_ground"),
        withdrawn_on=next((each.at for each in reversed(tracking.messages) if each.kind == "withdraw"), None),
        kinds={kind: codes.label("message_kind", kind, language) for kind in codes.lists()["message_kind"]},
        solved=codes.codes("solved_answer"),
        part="files" if isinstance(refusal, FileRefused) and part == "material" else part,
        error=fields.explained(refusal) if refusal else "",
        key=str(uuid.uuid4()) if refusal is None else request.form.get("_key", ""),
        institution=wording.institution(language),
    )


def _withdrawal(visit: Visit, error: str = "") -> str:
    language = current_language()
    return render_template(
        "tracking/withdraw.html",
        tracking=views.tracking(db.session(), visit.instance_id, language),
        reasons=codes.codes("withdrawal_reason"),
        error=error,
        key=request.form.get("_key") or str(uuid.uuid4()),
        institution=wording.institution(language),
    )


def _reissue_page(instance_id: str, *, code: str = "", error: str = "") -> str:
    case = queries.visible_instance(db.session(), site(), instance_id, current_actor())
    return render_template("tracking/reissue.html", case=case, code=code, error=error, checks=visits.IDENTITY_CHECKS)
