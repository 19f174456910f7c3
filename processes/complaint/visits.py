"""Who may see a complaint on the public pages: number and access code, lost codes, and new ones.

Attempts are counted per number and per address before anything is looked up, so that guesses in parallel do not pass.
"""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine import access, clock, history, identity
from engine.errors import Erased, InvalidInput, NotAllowed, NotFound, TopicFailed
from engine.history import Line
from engine.identity import CONSUMER, Actor, LockedOut
from engine.models import ProcessInstance
from engine.site import Site
from engine.transition import lock
from processes.complaint import access_code, notices, wording
from processes.complaint.links import chains
from processes.complaint.messages import Message, write_message
from processes.complaint.notices import Rendered
from processes.complaint.record import normal
from processes.complaint.register import REGISTER
from processes.complaint.sending import EMAIL_PORT
from processes.complaint.tables import Complaint

log = logging.getLogger(__name__)

#: How staff made sure to whom they give a new code.
IDENTITY_CHECKS = ("document", "call_back", "questions")

_LOST = {
    "zh": "投诉人报告查询码遗失，没有登记电子邮箱。请核对身份后补发。",
    "en": "The consumer lost the access code; no e-mail is on record. Check the identity, then issue a new one.",
}


class AccessRefused(NotAllowed):
    """The number or the access code is not right. Please check both."""

    status = 422


@dataclass(frozen=True)
class Visit:
    """The right to see one complaint: its case, and the count of the code that opened it."""

    instance_id: str
    issue: int


def open_case(site: Site, number: str, code: str, address: str, now: datetime) -> Visit:
    """The complaint that `number` and `code` open, or what was opened again from it; `address`: where it is asked from.

    Raises AccessRefused, the same for an unknown number and a wrong code, and LockedOut after too many failures.
    """
    by_number, by_address = _counted(site, "code", number, address, now)
    with site.database.transaction() as session:
        session.info["vault"] = site.vault
        instance_id = access_code.check_access(session, number, code)
        if instance_id is not None:
            identity.succeeded(session, by_number)
            identity.take_back(session, by_address, identity.FAILURES_PER_ADDRESS)
            instance_id = chains.newest(session, instance_id)
            return Visit(instance_id, session.get_one(Complaint, instance_id).access_issue)
    raise AccessRefused


def is_valid(session: Session, visit: Visit) -> bool:
    """Whether the code that opened the visit is still the one that counts."""
    issue = session.scalar(select(Complaint.access_issue).where(Complaint.instance_id == visit.instance_id))
    return issue == visit.issue


def count_request(site: Site, number: str, address: str, now: datetime) -> None:
    """Count that somebody asks for a new code; raises LockedOut when that was too often."""
    _counted(site, "lost code", number, address, now)


def send_new_code(site: Site, number: str, contact: str, now: datetime) -> None:
    """Send a new code to the recorded e-mail if `contact` belongs to the complaint; without e-mail, tell its staff.

    Call it once the answer is on its way: then not even the time it takes tells whether there is such a complaint.
    """
    with site.database.transaction() as session:
        session.info["vault"] = site.vault
        instance_id = _with_contact(session, site, number, contact)
        if instance_id is None:
            return
        instance = lock(session, instance_id)
        record = REGISTER.open(session, instance_id)
        language = "en" if record.complaint.language == "en" else "zh"
        try:
            email = record.get("person.email")
        except Erased:
            return
        if not email:
            today = now.astimezone(clock.zone()).date()
            message_id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"lost-code:{instance_id}:{today}"))
            write_message(
                session, instance_id, Message(message_id, CONSUMER.username, "other", _LOST[language], (), now)
            )
            return
        code = access_code.reissue(session, instance_id)
        line = Line("access_code_sent", "", {"issue": record.complaint.access_issue, "channel": "email"})
        history.record(session, site.vault, instance, [line], actor=CONSUMER.username, now=now)
        known = {**wording.variables(None, record, language, at=now), "access_code": code}
        issue = record.complaint.access_issue
    _mail(site, email, notices.render(notices.template("N23", language), known), f"access-code.{instance_id}.{issue}")


def reissue_code(site: Site, instance_id: str, identity_check: str, *, actor: Actor, now: datetime) -> str:
    """Void the access code and give the new one, after staff checked the identity; `identity_check` says how.

    Raises NotFound, NotAllowed, InvalidInput.
    """
    if identity_check not in IDENTITY_CHECKS:
        raise InvalidInput("Say how you checked the identity.")
    with site.database.transaction() as session:
        session.info["vault"] = site.vault
        instance = lock(session, instance_id)
        _may_reissue(site, session, instance, actor)
        code = access_code.reissue(session, instance_id)
        issue = session.get_one(Complaint, instance_id).access_issue
        line = Line("access_code_reissued", "", {"issue": issue, "identity_check": identity_check})
        history.record(session, site.vault, instance, [line], actor=actor.username, now=now)
        return code


def _may_reissue(site: Site, session: Session, instance: ProcessInstance, actor: Actor) -> None:
    """People who work with this complaint's units, and admins; whoever may only look gives no access."""
    application = site.applications[instance.application]
    if actor.id is None or not access.may_see_instance(session, actor, application, instance.id):
        raise NotFound
    if not actor.is_admin and actor.groups.isdisjoint(group.key for group in application.groups):
        raise NotAllowed


def _counted(site: Site, what: str, number: str, address: str, now: datetime) -> tuple[str, str]:
    """Count one attempt under both names and give them; raises LockedOut."""
    by_number, by_address = f"{what}:{number.strip().upper()}", f"{what} from:{address}"
    with site.database.transaction() as session:
        locked = identity.is_locked(session, by_number, now) or identity.is_locked(session, by_address, now)
        if not locked:
            identity.failed(session, by_number, now)
            identity.failed(session, by_address, now, identity.FAILURES_PER_ADDRESS)
    if locked:
        raise LockedOut(minutes=int(identity.LOCK_OUT.total_seconds() // 60))
    return by_number, by_address


def _with_contact(session: Session, site: Site, number: str, contact: str) -> str | None:
    """The case called `number` whose complainant has `contact` as mobile or e-mail."""
    columns = {"mobile": Complaint.mobile_index, "email": Complaint.email_index}
    same = [column == site.vault.blind(kind, normal(kind, contact)) for kind, column in columns.items()]
    query = select(Complaint.instance_id).where(Complaint.number == number.strip().upper(), or_(*same))
    return session.scalar(query) if contact.strip() else None


def _mail(site: Site, to: str, content: Rendered, message_id: str) -> None:
    port = site.ports.get(EMAIL_PORT)
    if port is None:
        return
    try:
        port.send(to, content.subject, content.mail, "", message_id)
    except (OSError, TopicFailed) as error:
        # no trace: it would hold the address
        log.warning("a new access code could not be mailed: %s", type(error).__name__)


__all__ = [
    "IDENTITY_CHECKS",
    "AccessRefused",
    "LockedOut",
    "Visit",
    "count_request",
    "is_valid",
    "open_case",
    "reissue_code",
    "send_new_code",
]
