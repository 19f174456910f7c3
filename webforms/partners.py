"""A partner answers an enquiry through a link that was mailed: no log-in, and nothing but questions and shared facts.

The link's secret leaves the address at once: the signed session of the browser keeps a digest for a short time.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine import clock
from engine.errors import FileRefused, InvalidForm, InvalidInput, NotAllowed, RedressError, TooLate
from processes.complaint import codes, wording
from processes.complaint.matters import enquiries
from webforms import fields
from webforms.guards import public, who
from webforms.language import current_language
from webforms.login import limiter
from webforms.store import db, site

pages = Blueprint("partners", __name__, url_prefix="/partner")

#: How long a page may rest before the link must be opened again.
VISIT_LIFE = timedelta(minutes=60)
_LINK = "partner"

Page = str | Response | tuple[str, int]


@pages.get("/<secret>")
@who(public)
@limiter.limit("30 per minute")
def enter(secret: str) -> Page:
    """Opens the enquiry; every link that does not work looks the same."""
    try:
        digest = enquiries.open_link(site(), secret, clock.now())
    except NotAllowed as refusal:
        return _refused(refusal)
    session[_LINK] = {"digest": digest, "until": (clock.now() + VISIT_LIFE).isoformat()}
    return redirect(url_for(".show"))


@pages.get("")
@who(public)
def show() -> Page:
    """The questions, and a form for the answer."""
    return _form()


@pages.post("")
@who(public)
@limiter.limit("20 per minute")
def answer() -> Page:
    """Takes the answer; the link is used up by it."""
    digest, form = _digest(), request.form
    files = [file for sent in fields.files_of(request.files).values() for file in sent]
    try:
        enquiries.answer(
            site(),
            digest,
            enquiries.Answer(form.get("answer", ""), form.get("signed_by", ""), form.get("view", "")),
            files,
            clock.now(),
        )
    except InvalidForm as refusal:
        return _form(refusal, fields.errors_of(refusal.errors))
    except FileRefused as refusal:
        return _form(refusal, {"files": fields.explained(refusal)})
    except (InvalidInput, TooLate) as refusal:
        return _form(refusal, {"": fields.explained(refusal)})
    except NotAllowed as refusal:
        return _refused(refusal)
    session.pop(_LINK, None)
    return render_template("partners/done.html", institution=wording.institution(current_language()))


def _form(refusal: RedressError | None = None, errors: Mapping[str, str] | None = None) -> Page:
    """The enquiry; `errors` by the name of the field, empty for the whole."""
    try:
        asked = enquiries.asked_by(db.session(), site(), _digest(), clock.now())
    except NotAllowed as refused:
        return _refused(refused)
    page = render_template(
        "partners/enquiry.html",
        asked=asked,
        views=[view for view in codes.codes("partner_view") if view["value"] != "none"],
        errors=errors or {},
        institution=wording.institution(current_language()),
    )
    return (page, refusal.status) if refusal else page


def _digest() -> str:
    """The digest of the link that this browser opened, while it lasts; empty otherwise."""
    kept: dict[str, Any] = session.get(_LINK) or {}
    return kept["digest"] if kept and datetime.fromisoformat(kept["until"]) > clock.now() else ""


def _refused(refusal: NotAllowed) -> tuple[str, int]:
    page = render_template(
        "partners/refused.html", error=fields.explained(refusal), institution=wording.institution(current_language())
    )
    return page, refusal.status
