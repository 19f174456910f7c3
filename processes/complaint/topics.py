"""The complaint's service tasks. `notice`: fill in a template, keep an immutable copy, send it, keep the proof."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import clock
from engine.applications import Work
from engine.errors import InvalidInput, TopicFailedForGood
from engine.mail import Mail
from engine.models import Membership, Person
from engine.site import Site
from processes.complaint import letters, notices, wording
from processes.complaint.letters import Letter
from processes.complaint.notices import Rendered, Template
from processes.complaint.paths import PATHS
from processes.complaint.register import NAME, REGISTER, ComplaintRecord
from processes.complaint.tables import ComplaintNotice

#: The law hangs these on the sending: template → path of the record that takes the moment.
CONSEQUENCES = {
    "N01": "clock.acknowledged_at",
    "N08": "pause.appraisal.told_on",
    "N10": "decided_at",
    "N18": "extension.notified_at",
}

CONSUMER, OWNER, GROUP = "consumer", "owner", "group:"
PREPARED, SENT = "prepared", "sent"

#: Name of the port that sends mail.
EMAIL_PORT = "mail"


def notice(site: Site, work: Work) -> Mapping[str, Any]:
    """Send the notice `template` to `to`: `consumer`, `owner` or `group:<key>`; other inputs become its variables.

    Gives `notice_id`, `sent_at` and what follows from sending. Raises TopicFailedForGood when the template, the
    recipient or something that the notice must tell is missing, and what the mail port raises.
    """
    try:
        row, letter = _prepared(site, work)
    except InvalidInput as error:
        raise TopicFailedForGood(why=error) from error
    if row.state != SENT:
        _hand_over(site, work, letter)
        row = _mark_sent(site, work)
    result: dict[str, Any] = {"notice_id": work.id, "sent_at": row.sent_at}
    if row.template not in CONSEQUENCES:
        return result
    with site.database.reading() as session:
        session.info["vault"] = site.vault
        record = REGISTER.open(session, work.instance_id)
        return result | _consequences(record, row.template, row.recipient, row.sent_at)


def rehearse_notice(record: ComplaintRecord, inputs: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
    """What `notice` does to the record in a dry run, where nothing is sent. Raises InvalidInput like a real one."""
    template_id, recipient = str(inputs.get("template", "")), str(inputs.get("to", ""))
    _rendered(None, record, inputs, record.complaint.language or "zh", at)
    return {"notice_id": template_id, "sent_at": at} | _consequences(record, template_id, recipient, at)


def _prepared(site: Site, work: Work) -> tuple[ComplaintNotice, Letter]:
    """The stored copy of this notice: the one of an earlier attempt, or a new one."""
    with site.database.transaction() as session:
        session.info["vault"] = site.vault
        record = REGISTER.open(session, work.instance_id)
        row = session.get(ComplaintNotice, work.id)
        if row is not None:
            return row, letters.stored(record, row)
        letter = _written(session, site, record, work)
        row = letters.sealed(record, letter, work.id, clock.now())
        row.state = PREPARED
        if EMAIL_PORT not in site.ports:
            row.channel = letters.PORTAL
        session.add(row)
        return row, letter


def _written(session: Session, site: Site, record: ComplaintRecord, work: Work) -> Letter:
    recipient = str(work.inputs.get("to", ""))
    language, addresses = _addressed(session, record, recipient)
    if record.get("imported"):
        addresses = []  # a case that was closed elsewhere long ago: its papers are kept, nobody is written to
    portal = str(site.ports.get("public_url", ""))
    wanted, content = _rendered(session, record, work.inputs, language, clock.now(), portal)
    return Letter(wanted.id, wanted.version, wanted.language, recipient, addresses, content)


def _rendered(
    session: Session | None,
    record: ComplaintRecord,
    inputs: Mapping[str, Any],
    language: str,
    at: datetime,
    portal: str = "",
) -> tuple[Template, Rendered]:
    if inputs.get("to") == CONSUMER:
        known = wording.variables(session, record, language, at=at, portal=portal)
    else:
        known = wording.internal(record, language)
    known |= {name: value for name, value in inputs.items() if value is not None}
    known["step"] = wording.step(inputs.get("topic"), language)
    wanted = notices.template(str(inputs.get("template", "")), language)
    return wanted, notices.render(wanted, known)


def _addressed(session: Session, record: ComplaintRecord, recipient: str) -> tuple[str, list[str]]:
    """Language and mail addresses of `recipient`; no address means that the notice is read on a page."""
    complaint = record.complaint
    if recipient == CONSUMER:
        email = record.get("person.email")
        return complaint.language or "zh", [email] if email else []
    if recipient == OWNER and complaint.handler:
        person = session.scalar(select(Person).where(Person.username == complaint.handler))
        if person is not None:
            return person.language or "zh", [person.email] if person.email else []
    if recipient == OWNER:
        recipient = GROUP + (complaint.owner_unit or "handler")
    if not recipient.startswith(GROUP):
        raise InvalidInput(why=f"a notice goes to consumer, owner or group:<key>, not to “{recipient}”")
    people = select(Person.email).join(Membership, Membership.person_id == Person.id)
    members = people.where(Membership.group_key == recipient.removeprefix(GROUP), Person.is_active, Person.email != "")
    return "zh", sorted(session.scalars(members))


def _hand_over(site: Site, work: Work, letter: Letter) -> None:
    mail: Mail | None = site.ports.get(EMAIL_PORT)
    if mail is None:
        return
    content = letter.content
    for number, address in enumerate(letter.addresses):
        mail.send(address, content.subject, content.text, content.html, f"{work.id}-{number}")


def _mark_sent(site: Site, work: Work) -> ComplaintNotice:
    with site.database.transaction() as session:
        row = session.get_one(ComplaintNotice, work.id)
        if row.state != SENT:
            row.state, row.sent_at = SENT, clock.now()
        return row


def _consequences(record: ComplaintRecord, template_id: str, recipient: str, at: datetime | None) -> dict[str, Any]:
    """What the record learns from the sending at `at`, as result variables."""
    path = CONSEQUENCES.get(template_id)
    if path is None or recipient != CONSUMER or at is None:
        return {}
    if path == "pause.appraisal.told_on" and record.get("pause.appraisal.from_on") is None:
        return {}
    return {f"{NAME}.{path}": at.astimezone(clock.zone()).date() if PATHS[path].type == "date" else at}
