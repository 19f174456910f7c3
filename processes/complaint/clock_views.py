"""What people see of a complaint's clocks: each with its regime, its pauses and its extensions. Frozen values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine import clock
from processes.complaint import codes, sources
from processes.complaint.clocks import OWN
from processes.complaint.record import ComplaintRecord
from processes.complaint.tables import ComplaintClock, ComplaintExtension


@dataclass(frozen=True)
class ExtensionLine:
    """One extension of a clock that was asked for."""

    #: `asked`, `approved` (waits for the notice), `valid` or `refused`
    state: str
    reason: str
    approver: str
    approved_at: datetime | None
    notified_at: datetime | None
    from_due_at: datetime | None
    to_due_at: datetime | None


@dataclass(frozen=True)
class ClockLine:
    """One clock: what it measures, by when, and how it stands."""

    deadline_id: str
    #: name of the regime
    regime: str
    #: where its rule stands; empty for our own
    source: str
    purpose: str
    trigger_at: datetime
    #: None while paused
    due_at: datetime | None
    #: counted through a year whose days off are not announced yet
    is_provisional: bool
    #: the date was agreed, or stated by somebody else
    is_fixed: bool
    met_at: datetime | None
    ended_at: datetime | None
    used_percent: int
    #: the one that counts: the earliest that is not met
    is_effective: bool
    #: why it stands still, in words; empty while it runs
    paused_for: str
    extensions: Sequence[ExtensionLine]


@dataclass(frozen=True)
class PauseLine:
    """Days that may not count."""

    reason: str
    from_on: date
    to_on: date | None
    told_on: date | None
    #: whether it stops any clock; else it is only on record
    stops: bool


def clock_lines(record: ComplaintRecord, language: str) -> list[ClockLine]:
    """The clocks of a complaint, those that run first, labels in `language`."""
    found = [_clock_line(record, each, language) for each in record.complaint.clocks]
    return sorted(found, key=lambda line: (bool(line.met_at or line.ended_at), not line.is_effective))


def pause_lines(record: ComplaintRecord, language: str) -> list[PauseLine]:
    """The pauses and reasons of waiting on record."""
    clocks = record.clocks
    stopping = {pause.number for row in record.complaint.clocks for pause in clocks.lawful_pauses(row)}
    return [
        PauseLine(_reason(each.reason, language), each.from_on, each.to_on, each.told_on, each.number in stopping)
        for each in record.complaint.pauses
    ]


def _clock_line(record: ComplaintRecord, row: ComplaintClock, language: str) -> ClockLine:
    clocks = record.clocks
    regime, deadline = clocks.regime(row), clocks.deadline(row)
    is_running = not row.met_at and not row.ended_at
    endless = clocks.stops(row).endless(record.complaint.pauses) if is_running and row.due_at is None else []
    return ClockLine(
        deadline_id=row.deadline_id,
        regime=regime.label(language) if regime else row.regime,
        source=sources.told(deadline.source, language) if deadline and row.regime != OWN else "",
        purpose=row.purpose,
        trigger_at=row.trigger_at,
        due_at=row.due_at,
        is_provisional=row.provisional,
        is_fixed=row.fixed_due_at is not None,
        met_at=row.met_at,
        ended_at=row.ended_at,
        used_percent=clocks.used_percent(row, row.met_at or row.ended_at or clock.now()),
        is_effective=row is clocks.effective(),
        paused_for=", ".join(_reason(pause.reason, language) for pause in endless),
        extensions=[_extension(each, language) for each in record.complaint.extensions if _is_of(each, row)],
    )


def _extension(row: ComplaintExtension, language: str) -> ExtensionLine:
    return ExtensionLine(
        state=row.state,
        reason=codes.label("extension_reason", row.reason_code, language),
        approver=codes.label("approver", row.approver, language),
        approved_at=row.approved_at,
        notified_at=row.notified_at,
        from_due_at=row.from_due_at,
        to_due_at=row.to_due_at,
    )


def _is_of(extension: ComplaintExtension, row: ComplaintClock) -> bool:
    """Whether `extension` is about `row`; a request that nobody decided on is about the clock that it names, if any."""
    if extension.clock_number is not None:
        return extension.clock_number == row.number
    return extension.from_id == row.deadline_id


def _reason(code: str, language: str) -> str:
    known = next((name for name in ("pause_reason", "waiting_reason") if code in codes.lists()[name]), "pause_reason")
    return codes.label(known, code, language)
