"""The topic `matter_notice`: a notice of a companion case. To the consumer it goes as a notice of the complaint."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine import clock
from engine.applications import Work
from engine.errors import InvalidInput, TopicFailedForGood
from engine.mail import Mail
from engine.site import Site
from processes.complaint import notices, topics
from processes.complaint.matters import wording
from processes.complaint.matters.kinds import KINDS
from processes.complaint.matters.record import MatterRecord, MatterRegister
from processes.complaint.matters.tables import ComplaintMatter, ComplaintMatterNotice
from processes.complaint.notices import Rendered
from processes.complaint.recipients import receivers
from processes.complaint.sealed import Encrypted
from processes.complaint.sending import EMAIL_PORT

CONSUMER, REGULATOR, GROUP, PERSON = "consumer", "regulator", "group:", "person:"

#: Language of reports to authorities, and of groups in which nobody has said another.
HOME = "zh"


def open_matter(session: Session, site: Site, instance_id: str) -> MatterRecord:
    """The record of a companion case, for a topic. Raises NotFound."""
    session.info["vault"] = site.vault
    row = session.get_one(ComplaintMatter, instance_id)
    return MatterRegister(KINDS[row.kind]).open(session, instance_id)


def matter_notice(site: Site, work: Work) -> Mapping[str, Any]:
    """Send the notice `template` to `to`: `consumer`, `regulator`, `group:<key>[@<unit>]` or `person:<username>`.

    A report to a regulator is written and kept; a person hands it over. Gives `sent_at`. Raises TopicFailedForGood when
    the template, the recipient or something that the notice must tell is missing, and what the mail port raises.
    """
    try:
        if work.inputs.get("to") == CONSUMER:
            return {"sent_at": topics.notice(site, _of_complaint(site, work)).values["sent_at"]}
        letters = _prepared(site, work)
    except InvalidInput as error:
        raise TopicFailedForGood(why=error) from error
    mail: Mail | None = site.ports.get(EMAIL_PORT)
    for notice_id, addresses, content in letters:
        for number, address in enumerate(addresses if mail else ()):
            if mail is not None:
                mail.send(address, content.subject, content.text, content.html, f"{notice_id}-{number}")
    return {"sent_at": _mark_sent(site, [notice_id for notice_id, _, _ in letters])}


def rehearse_matter_notice(record: MatterRecord, inputs: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
    """What `matter_notice` does in a dry run: the notice is written in both languages. Raises InvalidInput."""
    recipient = str(inputs.get("to", ""))
    if recipient == CONSUMER:
        if record.get("complaint.number") is None:
            raise InvalidInput(why="this case is about no complaint, so there is no consumer to write to")
        _require_template(inputs)
    else:
        _require_recipient(recipient)
        for language in notices.LANGUAGES:
            _written(record, inputs, language, at)
    return {"sent_at": at}


def _of_complaint(site: Site, work: Work) -> Work:
    """The same work for the complaint that the case is about, with what the case knows as inputs."""
    with site.database.reading() as session:
        record = open_matter(session, site, work.instance_id)
        complaint_id = record.row.complaint_id
        if complaint_id is None:
            raise InvalidInput(why="this case is about no complaint, so there is no consumer to write to")
        known = wording.own(record, str(record.get("complaint.language") or HOME))
    inputs = {**{name: value for name, value in known.items() if value is not None}, **work.inputs}
    return replace(work, instance_id=complaint_id, inputs=inputs)


def _prepared(site: Site, work: Work) -> list[tuple[str, Sequence[str], Rendered]]:
    """Id, addresses and content of each stored notice of this work: those of an earlier attempt, or new ones."""
    with site.database.transaction() as session:
        record = open_matter(session, site, work.instance_id)
        sealing = Encrypted(session, site.vault, record.row.subject_id)
        recipient, now, found = str(work.inputs.get("to", "")), clock.now(), []
        for language, addresses in sorted(_addressed(session, recipient).items()):
            notice_id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{work.id}:{language}"))
            row = session.get(ComplaintMatterNotice, notice_id)
            if row is None:
                wanted, content = _written(record, work.inputs, language, now)
                row = ComplaintMatterNotice(
                    id=notice_id,
                    instance_id=work.instance_id,
                    template=wanted.id,
                    version=wanted.version,
                    language=language,
                    recipient=recipient,
                    sealed_body=sealing.seal(
                        {"subject": content.subject, "text": content.text, "html": content.html},
                        _place(notice_id, "body"),
                    ),
                    sealed_addresses=sealing.seal(list(addresses), _place(notice_id, "addresses")),
                    sha256=hashlib.sha256(content.text.encode()).hexdigest(),
                    created_at=now,
                )
                session.add(row)
            body = sealing.open(row.sealed_body, _place(notice_id, "body"))
            kept = sealing.open(row.sealed_addresses, _place(notice_id, "addresses"))
            found.append((notice_id, kept if row.sent_at is None else (), Rendered(**body)))
        return found


def _mark_sent(site: Site, notice_ids: Sequence[str]) -> datetime:
    with site.database.transaction() as session:
        rows = [session.get_one(ComplaintMatterNotice, notice_id) for notice_id in notice_ids]
        for row in rows:
            row.sent_at = row.sent_at or clock.now()
        return max(row.sent_at for row in rows if row.sent_at)


def _written(
    record: MatterRecord, inputs: Mapping[str, Any], language: str, at: datetime
) -> tuple[notices.Template, Rendered]:
    known = wording.variables(record, language, at)
    known |= {name: value for name, value in inputs.items() if value is not None}
    known["step"] = wording.step(inputs.get("topic"), language)
    wanted = _require_template(inputs, language)
    return wanted, notices.render(wanted, known)


def _require_template(inputs: Mapping[str, Any], language: str = HOME) -> notices.Template:
    return notices.template(str(inputs.get("template", "")), language)


def _require_recipient(recipient: str) -> None:
    if recipient != REGULATOR and not recipient.startswith((GROUP, PERSON)):
        raise InvalidInput(
            why=f"a notice goes to consumer, regulator, group:<key> or person:<username>, not to “{recipient}”"
        )


def _addressed(session: Session, recipient: str) -> dict[str, list[str]]:
    """Language → mail addresses of `recipient`; no address means that the notice is read with the case."""
    _require_recipient(recipient)
    if recipient == REGULATOR:
        return {HOME: []}
    found: dict[str, list[str]] = {}
    for address in receivers(session, None, recipient).addresses:
        found.setdefault(wording.short(address.language), []).append(address.to)
    return found or {HOME: []}


def _place(notice_id: str, column: str) -> str:
    return f"complaint_matter_notice.{column}:{notice_id}"
