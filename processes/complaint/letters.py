"""Notices as they are kept: what was sent, to whom, how, and the proof of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from processes.complaint.notices import Rendered
from processes.complaint.register import ComplaintRecord
from processes.complaint.tables import ComplaintNotice

EMAIL, PORTAL = "email", "portal"


@dataclass(frozen=True)
class Letter:
    """One notice."""

    template: str
    version: str
    language: str
    #: `consumer`, `owner` or `group:<key>`
    recipient: str
    #: mail addresses; none: it is read on the tracking page, or with the case
    addresses: Sequence[str]
    content: Rendered


def sealed(record: ComplaintRecord, letter: Letter, notice_id: str, at: datetime) -> ComplaintNotice:
    """The row of `letter`, not yet in a session."""
    sealing, content = record.papers.sealing, letter.content
    parts = {"subject": content.subject, "text": content.text, "html": content.html}
    return ComplaintNotice(
        id=notice_id,
        instance_id=record.complaint.instance_id,
        template=letter.template,
        version=letter.version,
        language=letter.language,
        recipient=letter.recipient,
        channel=EMAIL if letter.addresses else PORTAL,
        sealed_body=sealing.seal(parts, _place(notice_id, "body")),
        sealed_addresses=sealing.seal(list(letter.addresses), _place(notice_id, "addresses")),
        sha256=hashlib.sha256(content.text.encode()).hexdigest(),
        created_at=at,
    )


def stored(record: ComplaintRecord, row: ComplaintNotice) -> Letter:
    """What `sealed` was given; raises Erased."""
    sealing = record.papers.sealing
    body = sealing.open(row.sealed_body, _place(row.id, "body"))
    addresses = sealing.open(row.sealed_addresses, _place(row.id, "addresses"))
    return Letter(row.template, row.version, row.language, row.recipient, addresses, Rendered(**body))


def _place(notice_id: str, column: str) -> str:
    return f"complaint_notice.{column}:{notice_id}"
