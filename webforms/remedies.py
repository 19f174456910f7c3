"""What the consumer can do about our answer, on the page of the case: comment on a proposal, ask for a review."""

from datetime import date

from flask import Blueprint, request
from flask_babel import gettext

from engine import clock
from processes.complaint.matters import asking
from processes.complaint.visits import Visit
from webforms import fields
from webforms.guards import public, who
from webforms.login import limiter
from webforms.store import site
from webforms.tracking import Page, done

pages = Blueprint("remedies", __name__)


@pages.post("/track/proposal")
@who(public)
@limiter.limit("20 per minute")
def proposal() -> Page:
    """The answer to what we propose."""
    form = request.form

    def act(visit: Visit, key: str) -> str:
        reply, text = form.get("reply", ""), form.get("proposal_text", "")
        asking.answer_proposal(site(), visit.instance_id, reply, text, sender_key=key, now=clock.now())
        return str(gettext("Thank you: your answer is with your complaint now."))

    return done("proposal", act)


@pages.post("/track/review")
@who(public)
@limiter.limit("20 per minute")
def review() -> Page:
    """Asks a superior unit to look at the decision again."""
    form = request.form
    files = [file for sent in fields.files_of(request.files).values() for file in sent]

    def act(visit: Visit, key: str) -> str:
        asked = asking.ReviewRequest(form.getlist("grounds"), form.get("wish", ""), _day(form.get("received_on", "")))
        asking.ask_for_review(site(), visit.instance_id, asked, files, sender_key=key, now=clock.now())
        return str(gettext("We have your request. Somebody who took no part in the decision will look at it."))

    return done("review", act)


def _day(text: str) -> date | None:
    """The day that a date field gives as `2026-03-25`; None where there is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
