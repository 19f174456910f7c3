"""Asking a partner: the link that is mailed, the answer that comes back by it, and what it does to the score.

The link holds a secret of 128 bits, too long to be guessed, that is derived from the installation's key and the job
that sends it; only a digest is kept. It opens one enquiry until it expires, and is used up by the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from engine import clock, commands
from engine.applications import Work
from engine.errors import InvalidForm, InvalidInput, NotAllowed, TooLate, TopicFailedForGood
from engine.forms import UploadedFile
from engine.identity import CONSUMER
from engine.mail import Mail
from engine.site import Site
from processes.complaint import codes, notices
from processes.complaint.matters.letters import open_matter
from processes.complaint.matters.partners import partner, points_for
from processes.complaint.matters.tables import ComplaintPartnerLink, ComplaintPartnerScore
from processes.complaint.sending import EMAIL_PORT
from processes.complaint.step_times import step_due
from processes.complaint.wording import institution

#: The message that brings the answer to its enquiry.
REPLY = "partner_reply"

#: Signs of the secret in a link.
LENGTH = 32
LONGEST, LONGEST_NAME = 10_000, 100

#: The code of partner_view that only we may give.
NO_VIEW = "none"

_LETTER = {
    "zh": (
        "{unit}：请协助核查（{number}）",
        "{name}：\n\n{unit}就一项消费投诉请贵方协助核查，请于{due}前通过以下链接答复。链接仅供贵方使用，答复后即失效，"
        "请勿转发。\n\n{link}\n\n如有疑问，请致电{hotline}。\n\n{unit}",
    ),
    "en": (
        "{unit}: please help with an enquiry ({number})",
        "{name},\n\n{unit} asks for your help with a consumer complaint. Please answer by {due} through the link "
        "below. It is for you only, ends with your answer, and must not be passed on.\n\n{link}\n\n"
        "Questions: {hotline}.\n\n{unit}",
    ),
}


class LinkRefused(NotAllowed):
    """This link does not open an enquiry: it is not complete, was used already, or its time is over."""

    status = 404


@dataclass(frozen=True)
class Answer:
    """What a partner sent: the answer, who signs it, and a code of partner_view."""

    text: str
    signed_by: str
    view: str


@dataclass(frozen=True)
class Asked:
    """What a partner sees: the questions, what is shared of the matter, and nothing else."""

    instance_id: str
    number: str
    partner: str
    language: str
    questions: str
    shared: str
    due_at: datetime | None


def invite_partner(site: Site, work: Work) -> Mapping[str, Any]:
    """Make a link for the partner and mail it; earlier links end. Gives the due moment and the count of invitations.

    Raises TopicFailedForGood when partner or questions are missing, and what the mail port raises.
    """
    secret = site.vault.blind("partner link", work.id)[:LENGTH]
    try:
        invitation = _invited(site, work, secret)
    except InvalidInput as error:
        raise TopicFailedForGood(why=error) from error
    mail: Mail | None = site.ports.get(EMAIL_PORT)
    if mail is not None:
        mail.send(invitation.address, invitation.subject, invitation.text, "", f"{work.id}-0")
    return invitation.result


@dataclass(frozen=True)
class _Invitation:
    """A mail to a partner, and what the case learns from its being sent."""

    address: str
    subject: str
    text: str
    result: Mapping[str, Any]


def _invited(site: Site, work: Work, secret: str) -> _Invitation:
    """Store the link of `secret` in place of earlier ones, and write the mail. Raises InvalidInput."""
    with site.database.transaction() as session:
        record = open_matter(session, site, work.instance_id)
        asked = partner(record.get("partner.key"))
        if not record.get("partner.questions"):
            raise InvalidInput(why="there are no questions for the partner")
        digest = digest_of(site, secret)
        link = session.get(ComplaintPartnerLink, digest)
        if link is None:
            now = clock.now()
            mine = ComplaintPartnerLink.instance_id == work.instance_id
            earlier = update(ComplaintPartnerLink).where(mine, ComplaintPartnerLink.expires_at > now)
            session.execute(earlier.values(expires_at=now))
            expires_at = step_due("partner_give_up", None, step_due("partner_answer", None, now))
            link = ComplaintPartnerLink(
                digest=digest, instance_id=work.instance_id, issued_at=now, expires_at=expires_at
            )
            session.add(link)
        due_at = step_due("partner_answer", None, link.issued_at)
        known = institution("zh" if asked.language.startswith("zh") else "en")
        subject, text = _LETTER["zh" if asked.language.startswith("zh") else "en"]
        words = {
            "unit": known["unit_name"],
            "hotline": known["hotline"],
            "name": asked.name(asked.language),
            "number": record.row.number,
            "due": notices.words(due_at, asked.language),
            "link": link_to(site, secret),
        }
        result = {
            "matter.partner.due_at": due_at,
            "matter.partner.asked": record.get("partner.asked") + 1,
            "matter.unit": asked.key,
        }
        return _Invitation(asked.email, subject.format(**words), text.format(**words), result)


def rehearse_invitation(record: Any, _inputs: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
    """What `invite_partner` does in a dry run. Raises InvalidInput."""
    found = partner(record.get("partner.key"))
    return {
        "matter.partner.due_at": step_due("partner_answer", None, at),
        "matter.partner.asked": record.get("partner.asked") + 1,
        "matter.unit": found.key,
    }


def score_partner(site: Site, work: Work) -> Mapping[str, Any]:
    """Store what the conduct of the partner (code of partner_conduct) does to its score, once per enquiry."""
    conduct = str(work.inputs.get("conduct", ""))
    with site.database.transaction() as session:
        record = open_matter(session, site, work.instance_id)
        row = session.get(ComplaintPartnerScore, work.instance_id)
        if row is None:
            row = ComplaintPartnerScore(instance_id=work.instance_id, partner=record.get("partner.key"))
            session.add(row)
        row.points, row.reason, row.at = points_for(conduct), conduct, clock.now()
    return {"matter.partner.conduct": conduct}


def link_to(site: Site, secret: str) -> str:
    """The address that a partner opens."""
    return f"{site.ports.get('public_url', '')}/partner/{secret}"


def open_link(site: Site, secret: str, now: datetime) -> str:
    """The digest of a link that can be used now. Raises LinkRefused, the same whatever is wrong with it."""
    digest = digest_of(site, secret)
    with site.database.reading() as session:
        if _valid(session, digest, now) is None:
            raise LinkRefused
    return digest


def asked_by(session: Session, site: Site, digest: str, now: datetime) -> Asked:
    """What the link with this digest asks. Raises LinkRefused, Erased."""
    link = _valid(session, digest, now)
    if link is None:
        raise LinkRefused
    record = open_matter(session, site, link.instance_id)
    found = partner(record.get("partner.key"))
    return Asked(
        instance_id=link.instance_id,
        number=record.row.number,
        partner=found.name(found.language),
        language=found.language,
        questions=record.get("partner.questions") or "",
        shared=record.get("partner.shared") or "",
        due_at=record.get("partner.due_at"),
    )


def answer(site: Site, digest: str, given: Answer, files: Sequence[UploadedFile], now: datetime) -> None:
    """Give the partner's answer to the enquiry; the link is used up by it.

    Raises InvalidForm with all that is wrong, FileRefused, LinkRefused, TooLate when nobody waits for it any more.
    """
    if wrong := _wrong(given):
        raise InvalidForm({name: (error.template, error.params) for name, error in wrong.items()})
    with site.database.reading() as session:
        link = _valid(session, digest, now)
        if link is None:
            raise LinkRefused
        instance_id, number = link.instance_id, open_matter(session, site, link.instance_id).row.number
    payload = {
        "matter.partner.answer": given.text.strip(),
        "matter.partner.signed_by": given.signed_by.strip(),
        "matter.partner.view": given.view,
        "matter.partner.answered_at": now,
    }
    state = commands.correlate_message(
        site,
        REPLY,
        payload,
        business_key=number,
        sender_key=f"partner:{instance_id}:{digest}",
        actor=CONSUMER,
        now=now,
        files=files,
    )
    if state == "rejected":
        raise TooLate("The enquiry was closed; your answer is no longer needed. Thank you.")
    with site.database.transaction() as session:
        session.execute(update(ComplaintPartnerLink).where(ComplaintPartnerLink.digest == digest).values(used_at=now))


def _wrong(given: Answer) -> dict[str, InvalidInput]:
    """What is wrong with an answer, by the name of its field on the page, in the order of the page."""
    wrong = {}
    if not given.text.strip():
        wrong["answer"] = InvalidInput("Please write your answer.")
    elif len(given.text.strip()) > LONGEST:
        wrong["answer"] = InvalidInput(
            "The answer has more than {most} characters; please put details in a file.", most=LONGEST
        )
    if given.view not in codes.lists()["partner_view"] or given.view == NO_VIEW:
        wrong["view"] = InvalidInput("Say what you found.")
    if not given.signed_by.strip() or len(given.signed_by.strip()) > LONGEST_NAME:
        wrong["signed_by"] = InvalidInput("Say who answers, with {most} characters at most.", most=LONGEST_NAME)
    return wrong


def digest_of(site: Site, secret: str) -> str:
    """What is kept of the secret in a link."""
    return site.vault.blind("partner link digest", secret)


def _valid(session: Session, digest: str, now: datetime) -> ComplaintPartnerLink | None:
    link = session.get(ComplaintPartnerLink, digest)
    return link if link is not None and link.used_at is None and link.expires_at > now else None
