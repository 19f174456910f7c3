"""What the consumer asks for after a decision, or answers before one: a review, and replies to a proposal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import InvalidInput, TooLate
from engine.forms import UploadedFile
from engine.site import Site
from processes.complaint import codes, consumer
from processes.complaint.matters.readings import review_apply_by
from processes.complaint.matters.tables import ComplaintMatter
from processes.complaint.tables import Complaint

#: Names of messages in the models.
REVIEW, PROPOSAL = "review_request", "proposal_reply"

LEAST, LONGEST = 5, 2_000


@dataclass(frozen=True)
class ReviewOffer:
    """That a review can be asked for, and until when if the decision was received on the day it was sent."""

    decided_on: date
    apply_by: date


@dataclass(frozen=True)
class ReviewRequest:
    """What the consumer says: codes of review_ground, the wish, and when the decision was received."""

    grounds: Sequence[str]
    wish: str
    received_on: date | None


def review_offer(session: Session, complaint_id: str) -> ReviewOffer | None:
    """What is offered to the consumer of a decided complaint; None while undecided, or once a review was asked for."""
    complaint = session.get(Complaint, complaint_id)
    if complaint is None or complaint.decided_at is None:
        return None
    asked = select(ComplaintMatter.instance_id).where(
        ComplaintMatter.complaint_id == complaint_id, ComplaintMatter.kind == "review"
    )
    if session.scalar(asked.limit(1)) is not None:
        return None
    decided_on = complaint.decided_at.astimezone(clock.zone()).date()
    return ReviewOffer(decided_on, review_apply_by(decided_on))


def ask_for_review(
    site: Site,
    complaint_id: str,
    request: ReviewRequest,
    files: Sequence[UploadedFile] = (),
    *,
    sender_key: str,
    now: datetime,
) -> None:
    """Begin a review of the decision. A late request is begun too: it is answered with the reason.

    Raises InvalidInput, FileRefused, and TooLate when there is no decision, or a review of it already.
    """
    grounds = [codes.require(("review_ground",), code) for code in request.grounds]
    wish = request.wish.strip()
    if not grounds:
        raise InvalidInput("Choose what should be looked at again.")
    if not LEAST <= len(wish) <= LONGEST:
        raise InvalidInput("Say what you ask for, in {least} to {most} characters.", least=LEAST, most=LONGEST)
    with site.database.reading() as session:
        offer = review_offer(session, complaint_id)
    if offer is None:
        raise TooLate("There is no decision that could be reviewed, or a review was asked for already.")
    today = now.astimezone(clock.zone()).date()
    if request.received_on is None or not offer.decided_on <= request.received_on <= today:
        raise InvalidInput("Give the day on which you received the decision, not before it was sent.")
    payload = {
        "matter.review.grounds": grounds,
        "matter.review.wish": wish,
        "matter.review.decision_received_on": request.received_on,
        "matter.review.applied_at": now,
    }
    consumer.send(site, complaint_id, REVIEW, payload, files, sender_key=sender_key, now=now)
    consumer.note(site, complaint_id, "review", wish, sender_key, now)


def answer_proposal(site: Site, complaint_id: str, reply: str, text: str, *, sender_key: str, now: datetime) -> None:
    """Answer our proposal with a code of `proposal_reply` and a comment, which a counter-proposal needs.

    Raises InvalidInput, and TooLate when nobody waits for the answer any more.
    """
    codes.require(("proposal_reply",), reply)
    text = text.strip()
    if len(text) > LONGEST or (reply == "counter" and len(text) < LEAST):
        raise InvalidInput("Say what you ask for, in {least} to {most} characters.", least=LEAST, most=LONGEST)
    with site.database.reading() as session:
        if PROPOSAL not in consumer.awaited(session, complaint_id):
            raise TooLate("The proposal is no longer open. You can still send us a message.")
    payload = {"complaint.consult.reply": reply, **({"complaint.consult.text": text} if text else {})}
    consumer.send(site, complaint_id, PROPOSAL, payload, sender_key=sender_key, now=now)
    with site.database.reading() as session:
        language = session.get_one(Complaint, complaint_id).language or "zh"
    label = codes.label("proposal_reply", reply, language)
    consumer.note(site, complaint_id, "proposal", f"{label}\n{text}".strip(), sender_key, now)
