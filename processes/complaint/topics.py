"""The complaint's service tasks. `notice`: fill in a template, keep an immutable copy, send it, keep the proof."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from engine import clock, commands
from engine.applications import Decided, Work, WorkResult
from engine.errors import InvalidInput, MessageAmbiguous, NotFound, TopicFailedForGood
from engine.identity import SYSTEM
from engine.models import Person, ProcessInstance, UserTask
from engine.site import Site
from processes.complaint import channels, letters, notices, sending, wording
from processes.complaint.consequences import consequences
from processes.complaint.letters import CONSUMER, PREPARED, REGULATOR, SENT, WAITING, Letter
from processes.complaint.notices import Rendered, Template
from processes.complaint.recipients import receivers
from processes.complaint.record import ComplaintRecord
from processes.complaint.register import NAME, REGISTER
from processes.complaint.sealed import Encrypted, Sealing
from processes.complaint.sending import EMAIL_PORT, NotYet, Sent
from processes.complaint.tables import Complaint, ComplaintNotice

#: Told to the case of a complaint when a notice to its consumer needs a person to hand it over.
UNDELIVERED = "notice_undelivered"

#: Role of those who approve, in the diagram.
APPROVER = "approver"

#: Of the complaint, or of the case that is about none.
_SUBJECT = (
    select(func.coalesce(Complaint.subject_id, ProcessInstance.subject_id))
    .select_from(ProcessInstance)
    .outerjoin(Complaint, Complaint.instance_id == ProcessInstance.id)
    .where(ProcessInstance.id == bindparam("id"))
)


@dataclass(frozen=True)
class Desk:
    """Where one notice is written: its complaint, if there is one, the number and the row of the case."""

    session: Session
    record: ComplaintRecord | None
    number: str
    sender: ProcessInstance
    sealing: Sealing


def notice(site: Site, work: Work) -> WorkResult:
    """Send the notice `template` to `to` (see `recipients`); other inputs become its variables.

    Gives `notice_id`, `sent_at` (null while it waits for a person) and what follows from sending. Raises
    TopicFailedForGood when the template, the receiver or something that the notice must tell is missing, and NotYet.
    """
    try:
        row, letter = _prepared(site, work)
    except InvalidInput as error:
        raise TopicFailedForGood(why=error) from error
    if row.state == PREPARED:
        row = _send(site, work, row, letter)
    if row.state == WAITING and row.recipient == CONSUMER:
        _call_for_delivery(site, row)
    values: dict[str, Any] = {"notice_id": row.id, "sent_at": row.sent_at}
    if row.recipient == CONSUMER and row.sent_at is not None:
        with site.database.reading() as session:
            session.info["vault"] = site.vault
            values |= _result(REGISTER.open(session, work.instance_id), row.template, row.sent_at)
    return WorkResult(values, _decided(row))


def rehearse_notice(record: ComplaintRecord, inputs: Mapping[str, Any], at: datetime) -> WorkResult:
    """What `notice` does to the record in a dry run, where every address is good. Raises InvalidInput like a real one.

    What a regulator is told is not written: a scenario says only what routes. What needs a person waits in the record,
    as in the office; the message `notice_undelivered` is up to the scenario.
    """
    template_id, recipient = str(inputs.get("template", "")), str(inputs.get("to", ""))
    language = record.complaint.language or "zh"
    wanted = notices.template(template_id, language)
    if recipient == REGULATOR:
        return WorkResult({"notice_id": template_id, "sent_at": None})
    content = notices.render(wanted, _variables(None, record, inputs, wanted, record.complaint.number, at))
    choice = channels.choose(channels.shipped(), record, recipient, wanted)
    letter = Letter(wanted.id, wanted.version, language, recipient, {language: content}, channels=choice.channels)
    made = [choice.made] if choice.made else []
    notice_id = f"{template_id}-{len(record.complaint.notices) + 1}"
    row = letters.sealed(record.papers.sealing, letter, notice_id, record.complaint.instance_id, at)
    record.complaint.notices.append(row)
    if choice.channels[0] in letters.BY_HAND:
        row.state = WAITING
        return WorkResult({"notice_id": notice_id, "sent_at": None}, made)
    row.state, row.sent_at = SENT, at
    follows = _result(record, template_id, at) if recipient == CONSUMER else {}
    return WorkResult({"notice_id": notice_id, "sent_at": at} | follows, made)


# --- writing ----------------------------------------------------------------------------------------------------------


def _prepared(site: Site, work: Work) -> tuple[ComplaintNotice, Letter]:
    """The stored copy of this notice: the one of an earlier attempt, or a new one."""
    with site.database.transaction() as session:
        session.info["vault"] = site.vault
        desk = _desk(session, site, work)
        row = session.get(ComplaintNotice, work.id)
        if row is not None:
            return row, letters.stored(desk.sealing, row)
        letter = _written(site, desk, work)
        row = letters.sealed(desk.sealing, letter, work.id, work.instance_id, clock.now())
        session.add(row)
        return row, letter


def _desk(session: Session, site: Site, work: Work) -> Desk:
    """Where the notice is written: with the complaint, or with a case that is about none."""
    sender = session.get_one(ProcessInstance, work.instance_id)
    record = REGISTER.find(session, work.instance_id)
    if record is None:
        return Desk(session, None, work.business_key, sender, Encrypted(session, site.vault, sender.subject_id))
    return Desk(session, record, record.complaint.number, sender, record.papers.sealing)


def _written(site: Site, desk: Desk, work: Work) -> Letter:
    session, record, recipient = desk.session, desk.record, str(work.inputs.get("to", ""))
    template_id, portal = str(work.inputs.get("template", "")), str(site.ports.get("public_url", ""))
    found = receivers(session, record, recipient)
    wanted = notices.template(template_id, found.language)
    contents: dict[str, Rendered] = {}
    for language in found.languages:
        own = notices.template(template_id, language)
        known = _variables(session, record, work.inputs, own, desk.number, clock.now(), portal)
        contents[language] = notices.render(own, known)
    functions = site.applications[desk.sender.application].functions
    tables = channels.deployed(session, desk.sender.definition_id)
    choice = channels.choose(tables, record, recipient, wanted, functions)
    addresses = [each for each in found.addresses if each.channel in choice.channels]
    return Letter(
        template=wanted.id,
        version=wanted.version,
        language=found.language,
        recipient=recipient,
        contents=contents,
        addresses=addresses,
        channels=choice.channels,
        why=_why(choice.made, desk.sender.definition_id),
        large_print=choice.large_print,
        corrects=work.inputs.get("corrects") or None,
        approved_by=work.inputs.get("approved_by") or None,
    )


def _variables(
    session: Session | None,
    record: ComplaintRecord | None,
    inputs: Mapping[str, Any],
    wanted: Template,
    number: str,
    at: datetime,
    portal: str = "",
) -> dict[str, Any]:
    """What the notice may say: what is known of the case, and what the diagram gives it."""
    language = wanted.language
    if record is None:
        known = wording.elsewhere(number, language)
    elif inputs.get("to") in {CONSUMER, REGULATOR}:
        known = wording.variables(session, record, language, at=at, portal=portal)
    else:
        known = wording.internal(record, language)
    known |= {"sent_at": at, **{name: value for name, value in inputs.items() if value is not None}}
    known["step"] = wording.step(inputs.get("topic"), language)
    if isinstance(one := inputs.get("measure"), Mapping):
        known["measures_done"] = wording.measure(one, language)
    if record is not None and wanted.id == "N10S":
        known |= wording.short_decision(record, known, language)
    if session is not None and record is not None and inputs.get("to") == REGULATOR:
        known["approved_by"] = known.get("approved_by") or _approver(session, record.complaint.instance_id)
    return known


def _approver(session: Session, instance_id: str) -> str | None:
    """Who approved something in the case last: what a regulator is told goes out right after its approval."""
    done = select(Person.name).join(UserTask, UserTask.completed_by == Person.id)
    approved = done.where(UserTask.instance_id == instance_id, UserTask.role == APPROVER)
    return session.scalar(approved.order_by(UserTask.closed_at.desc()).limit(1))


def _why(made: Decided | None, definition_id: int) -> dict[str, Any]:
    if made is None:
        return {}
    inputs = {text: value for text, value in made.inputs.items() if value is None or isinstance(value, str | list)}
    return {"decision": made.decision, "definition": definition_id, "inputs": inputs, "rules": list(made.rules)}


def _decided(row: ComplaintNotice) -> Sequence[Decided]:
    """The table that chose the channels, for the history of the case."""
    if not row.why:
        return ()
    return [Decided(row.why["decision"], row.why["rules"], row.why["inputs"], row.channels)]


# --- sending ----------------------------------------------------------------------------------------------------------


def _send(site: Site, work: Work, row: ComplaintNotice, letter: Letter) -> ComplaintNotice:
    """Send outside any transaction, then write down how it went. Raises NotYet."""
    tried = row.channel if row.channel != letter.channels[0] else ""
    try:
        return _told(site, work, sending.send(site, letter, work.id, tried=tried, is_last=work.is_last))
    except NotYet as later:
        _told(site, work, Sent(later.attempts[-1].channel, is_out=False, attempts=later.attempts), PREPARED)
        raise


def _told(site: Site, work: Work, sent: Sent, state: str = "") -> ComplaintNotice:
    """Keep the proof of sending, or the reasons why it failed."""
    with site.database.transaction() as session:
        session.info["vault"] = site.vault
        row = session.get_one(ComplaintNotice, work.id)
        if row.state == PREPARED:
            sealing = _sealing(session, site, work)
            for attempt in sent.attempts:
                letters.add_attempt(sealing, row, attempt)
            row.channel = sent.channel
            row.state = state or (SENT if sent.is_out else WAITING)
            row.sent_at = clock.now() if sent.is_out else None
        return row


def _sealing(session: Session, site: Site, work: Work) -> Sealing:
    """Seals for whom the notice is about, without the rest of its desk."""
    subject_id = session.scalar(_SUBJECT, {"id": work.instance_id})
    return Encrypted(session, site.vault, subject_id or "")


def _call_for_delivery(site: Site, row: ComplaintNotice) -> None:
    """Tell the complaint's case that a person must hand the notice over; a case that has ended need not know."""
    with site.database.reading() as session:
        number = session.scalars(select(Complaint.number).where(Complaint.instance_id == row.instance_id)).one()
    payload = {"notice_id": row.id, "template": row.template, "to": row.recipient}
    try:
        commands.correlate_message(
            site,
            UNDELIVERED,
            payload,
            business_key=number,
            sender_key=f"{UNDELIVERED}:{row.id}",
            actor=SYSTEM,
            now=clock.now(),
        )
    except (NotFound, MessageAmbiguous) as error:
        raise TopicFailedForGood(why=error) from error


def _result(record: ComplaintRecord, template_id: str, at: datetime) -> dict[str, Any]:
    """What the record learns from the sending at `at`, as result variables."""
    return {f"{NAME}.{path}": value for path, value in consequences(record.clocks, template_id, at).items()}


__all__ = ["EMAIL_PORT", "UNDELIVERED", "notice", "rehearse_notice"]
