"""The head of a complaint's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from processes.complaint import codes, masking, progress
from processes.complaint.case_views.labels import GROUP, is_readable, words
from processes.complaint.clock_views import ClockLine, PauseLine, clock_lines, pause_lines
from processes.complaint.record import ComplaintRecord

#: What is shown of the person, masked.
SHOWN = ("full_name", "mobile", "email", "id_no", "account_ref", "agent_name")


@dataclass(frozen=True)
class Glance:
    """A complaint at a glance; texts and names are empty once the person was erased."""

    phase: str
    status: str
    level: str
    priority: int | None
    flags: Sequence[str]
    #: user name of who leads it, and the group
    handler: str
    owner_unit: str
    clocks: Sequence[ClockLine]
    pauses: Sequence[PauseLine]
    #: by when the consumer is to hear from us again
    next_word_at: datetime | None
    received_at: datetime
    registered_at: datetime
    is_registered_late: bool
    is_ended: bool
    channel: str
    category: str
    reason: str
    demands: Sequence[str]
    special_needs: Sequence[str]
    amount_claimed: Decimal | None
    amount_proposed: Decimal | None
    currency: str
    summary: str
    narrative: str
    #: path under `person` → masked value
    who: Mapping[str, str]
    is_erased: bool

    @property
    def stopped(self) -> Sequence[ClockLine]:
        """The clocks that stand still."""
        return [each for each in self.clocks if each.paused_for and not each.met_at and not each.ended_at]

    @property
    def effective(self) -> ClockLine | None:
        """The clock that counts, while one runs."""
        return next((each for each in self.clocks if each.is_effective and not each.met_at and not each.ended_at), None)


def glance(record: ComplaintRecord, language: str) -> Glance:
    """The head of a complaint's page."""
    row, readable = record.complaint, is_readable(record)
    return Glance(
        phase=codes.label("phase", row.phase, language),
        status=codes.label("public_status", row.status, language),
        level=codes.label("level", row.level, language),
        priority=row.priority,
        flags=[words("flags", code, language) for code in row.flags if code != "none"],
        handler=row.handler or "",
        owner_unit=words(GROUP, row.owner_unit, language),
        clocks=clock_lines(record, language),
        pauses=pause_lines(record, language),
        next_word_at=progress.due_at(record.clocks),
        received_at=row.received_at,
        registered_at=row.registered_at,
        is_registered_late=bool(record.get("late_registration")),
        is_ended=row.closed_at is not None or row.withdrawn_at is not None,
        channel=codes.label("channel", row.channel, language),
        category=codes.label_in(codes.BUSINESS, row.cat_b, language),
        reason=codes.label("cat_c", row.cat_c, language),
        demands=[words("demands", code, language) for code in row.demands],
        special_needs=[words("special_needs", code, language) for code in row.special_needs if code != "none"],
        amount_claimed=row.amount_claimed,
        amount_proposed=row.amount_proposed,
        currency=row.currency or "",
        summary=record.get("summary") or "" if readable else "",
        narrative=masking.scrub(record.get("narrative") or "") if readable else "",
        who=_who(record) if readable else {},
        is_erased=not readable,
    )


def _who(record: ComplaintRecord) -> dict[str, str]:
    values = {name: record.get(f"person.{name}") for name in SHOWN}
    return {name: masking.masked(f"person.{name}", value) for name, value in values.items() if value}
