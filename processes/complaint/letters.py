"""Notices as they are kept: what was written, to whom, how it went out, and the proof of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from processes.complaint.notices import Rendered
from processes.complaint.sealed import Sealing
from processes.complaint.tables import ComplaintNotice, ComplaintNoticeAttempt

EMAIL, SMS, PORTAL, PHONE, LETTER, IN_PERSON = "email", "sms", "portal", "phone", "letter", "in_person"

#: Ways that need a person.
BY_HAND = frozenset({PHONE, LETTER, IN_PERSON})

#: States of a notice, and of an attempt to bring it to its receiver.
PREPARED, WAITING, SENT = "prepared", "waiting", "sent"
FAILED, HANDED_OVER = "failed", "handed_over"

CONSUMER, OWNER, REGULATOR, GROUP, PERSON = "consumer", "owner", "regulator", "group:", "person:"


class Address(NamedTuple):
    """Where one receiver gets it by one channel, and the language that the receiver reads."""

    channel: str
    to: str
    language: str


@dataclass(frozen=True)
class Letter:
    """One notice."""

    template: str
    version: str
    #: of the copy that counts
    language: str
    #: as in `ComplaintNotice.recipient`
    recipient: str
    #: language → what is sent in it
    contents: Mapping[str, Rendered]
    addresses: Sequence[Address] = ()
    #: the order in which channels are tried
    channels: Sequence[str] = (PORTAL,)
    #: why in this order: `decision`, `definition`, `inputs`, `rules`
    why: Mapping[str, Any] = field(default_factory=dict)
    large_print: bool = False
    corrects: str | None = None
    approved_by: str | None = None

    @property
    def content(self) -> Rendered:
        """The copy that counts."""
        return self.contents[self.language]

    def addressed(self, channel: str) -> list[Address]:
        """The addresses for `channel`."""
        return [address for address in self.addresses if address.channel == channel]


@dataclass(frozen=True)
class Attempt:
    """One attempt to bring a notice to its receiver."""

    channel: str
    #: `sent`, `failed` or `handed_over`
    state: str
    at: datetime
    #: masked
    address: str = ""
    #: what the gateway, the post or the person said of it
    reference: str = ""
    #: why it failed
    reason: str = ""
    #: username of who handed it over
    by: str = ""


def sealed(sealing: Sealing, letter: Letter, notice_id: str, instance_id: str, at: datetime) -> ComplaintNotice:
    """The row of `letter`, kept with the case `instance_id`, not yet in a session."""
    body = {language: asdict(content) for language, content in letter.contents.items()}
    return ComplaintNotice(
        id=notice_id,
        instance_id=instance_id,
        template=letter.template,
        version=letter.version,
        language=letter.language,
        recipient=letter.recipient,
        channel=letter.channels[0],
        channels=list(letter.channels),
        why=dict(letter.why),
        large_print=letter.large_print,
        sealed_body=sealing.seal(body, _place(notice_id, "body")),
        sealed_addresses=sealing.seal([list(each) for each in letter.addresses], _place(notice_id, "addresses")),
        sha256=hashlib.sha256(letter.content.text.encode()).hexdigest(),
        state=PREPARED,
        corrects=letter.corrects,
        approved_by=letter.approved_by,
        created_at=at,
    )


def stored(sealing: Sealing, row: ComplaintNotice) -> Letter:
    """What `sealed` was given; raises Erased."""
    body = sealing.open(row.sealed_body, _place(row.id, "body"))
    contents = body if row.language in body else {row.language: body}  # as it was kept in one language only
    return Letter(
        template=row.template,
        version=row.version,
        language=row.language,
        recipient=row.recipient,
        contents={language: Rendered(**parts) for language, parts in contents.items()},
        addresses=_addresses(sealing.open(row.sealed_addresses, _place(row.id, "addresses")), row.language),
        channels=row.channels or [row.channel],
        why=row.why,
        large_print=row.large_print,
        corrects=row.corrects,
        approved_by=row.approved_by,
    )


def add_attempt(sealing: Sealing, row: ComplaintNotice, attempt: Attempt) -> None:
    """Write down one attempt to bring the notice to its receiver."""
    number = len(row.attempts) + 1
    row.attempts.append(
        ComplaintNoticeAttempt(
            notice_id=row.id,
            number=number,
            channel=attempt.channel,
            state=attempt.state,
            at=attempt.at,
            sealed_address=sealing.seal(attempt.address, _place(row.id, f"address.{number}")),
            sealed_reference=sealing.seal(attempt.reference, _place(row.id, f"reference.{number}")),
            reason=attempt.reason,
            by=attempt.by,
        )
    )


def attempts(sealing: Sealing, row: ComplaintNotice) -> list[Attempt]:
    """Every attempt, from the first; raises Erased."""
    return [
        Attempt(
            channel=each.channel,
            state=each.state,
            at=each.at,
            address=sealing.open(each.sealed_address, _place(row.id, f"address.{each.number}")),
            reference=sealing.open(each.sealed_reference, _place(row.id, f"reference.{each.number}")),
            reason=each.reason,
            by=each.by,
        )
        for each in row.attempts
    ]


def _addresses(found: Sequence[Any], language: str) -> list[Address]:
    """Addresses as they are kept, or were kept: once, mail addresses alone."""
    return [Address(EMAIL, each, language) if isinstance(each, str) else Address(*each) for each in found]


def _place(notice_id: str, column: str) -> str:
    return f"complaint_notice.{column}:{notice_id}"
