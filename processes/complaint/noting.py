"""What history is told of a complaint's record: plain values before and after, how its clocks moved, what was done.

One line `record_changed` for a transaction, and one for each move of a clock, an extension or a measure. No personal
value is noted: the paths of WATCHED are plain, clocks are dates and codes, measures stand without their description.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from processes.complaint.clocks import Clocks
from processes.complaint.measures import PLANNED
from processes.complaint.tables import ComplaintClock, ComplaintExtension, ComplaintMeasure

#: A line whose detail holds `changes`: path → [value before, value after].
CHANGED = "record_changed"

#: Lines about a clock: `clock`, `deadline`, `regime`, `purpose`, due moments `from` and `to`, and `why` (codes).
STARTED, RESTARTED, MOVED = "clock_started", "clock_restarted", "clock_moved"
PAUSED, RESUMED = "clock_paused", "clock_resumed"
EXTENDED, AGREED = "clock_extended", "clock_agreed"
MET, ENDED = "clock_met", "clock_ended"

#: State of an extension → the line that tells of it: `number`, `reason`, `approver`, due moments `from` and `to`.
EXTENSIONS = {
    "asked": "extension_asked",
    "approved": "extension_approved",
    "valid": "extension_granted",
    "refused": "extension_refused",
}

#: A line about a measure: `measure`, `type`, `group`, `due_on`, `amount`, `result`, `done_on`, `paid`.
PLANNED_LINE, REPORTED = "measure_planned", "measure_reported"

#: Paths whose values people want to see changing: what the complaint is, where it stands, who has it, what it is worth.
WATCHED = frozenset(
    {
        *("level", "priority", "phase", "status", "handler", "owner_unit", "unit", "received_by_unit", "accused_unit"),
        *("cat_a", "cat_b", "cat_c", "flags", "demands", "special_needs", "channel", "matter_type", "nature"),
        *("event_on", "amount_claimed", "amount_proposed", "finding", "root_cause", "responsibility", "outcome"),
        *("reason_code", "remedies", "close_reason", "dup_state", "legal_risk", "fast_lane", "hold", "language"),
        *("regulator.authority", "regulator.number", "regulator.handover_at", "preferred_channel", "review.outcome"),
        *("qa.score", "followup.score_process", "followup.score_result", "followup.score_attitude", "followup.solved"),
    }
)


@dataclass(frozen=True)
class _Clock:
    """How a clock stood."""

    deadline: str
    trigger_at: datetime
    due_at: datetime | None
    fixed: datetime | None
    met: bool
    ended: bool
    why: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """How all clocks, extensions and measures of a complaint stood at one moment."""

    clocks: Mapping[int, _Clock]
    extensions: Mapping[int, Mapping[str, Any]]
    #: None where nobody asked
    measures: Mapping[int, Mapping[str, Any]] | None


@dataclass
class Notes:
    """The lines of one record, until the engine takes them."""

    clocks: Clocks
    lines: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def value(self, path: str, before: Any, after: Any) -> None:
        """The plain value at `path` became another; what went back to what it was is no change."""
        if path not in WATCHED:
            return
        changes = self._line(CHANGED, {}).setdefault("changes", {})
        first = changes.get(path, [before])[0]
        changes[path] = [first, after]
        if first == after:
            del changes[path]
        if not changes:
            self.forget_values()

    def forget_values(self) -> None:
        """What a new record is filled with is no change."""
        self.lines[:] = [line for line in self.lines if line[0] != CHANGED]

    def standing(self, *, with_measures: bool = False) -> Standing:
        """How clocks and extensions stand now; measures cost a question, and only writing them changes them."""
        return Standing(
            {row.number: self._stood(row) for row in self.clocks.complaint.clocks},
            {row.number: _request(row) for row in self.clocks.complaint.extensions},
            {row.number: _measure(row) for row in self.clocks.complaint.measures} if with_measures else None,
        )

    def moves(self, before: Standing) -> None:
        """What moved since the clocks stood as in `before`."""
        for row in self.clocks.complaint.clocks:
            for kind, detail in self._moves(row, before.clocks.get(row.number)):
                self._line(kind, {"clock": row.number}).update(detail)
        for asked in self.clocks.complaint.extensions:
            detail = _request(asked)
            if before.extensions.get(asked.number) != detail and asked.state in EXTENSIONS:
                self._line(EXTENSIONS[asked.state], {"number": asked.number}).update(detail)
        if before.measures is not None:
            self._measured(before.measures)

    # --- inside

    def _measured(self, before: Mapping[int, Mapping[str, Any]]) -> None:
        for measure in self.clocks.complaint.measures:
            detail = _measure(measure)
            if before.get(measure.number) != detail:
                kind = PLANNED_LINE if measure.state == PLANNED else REPORTED
                self._line(kind, {"measure": measure.number}).update(detail)

    def _line(self, kind: str, key: Mapping[str, Any]) -> dict[str, Any]:
        """The detail of the line that is there already, or of a new one."""
        for known, detail in self.lines:
            if known == kind and key.items() <= detail.items() and isinstance(detail, dict):
                return detail
        detail = dict(key)
        self.lines.append((kind, detail))
        return detail

    def _stood(self, row: ComplaintClock) -> _Clock:
        return _Clock(
            row.deadline_id,
            row.trigger_at,
            row.due_at,
            row.fixed_due_at,
            row.met_at is not None,
            row.ended_at is not None,
            self._stopped_by(row),
        )

    def _stopped_by(self, row: ComplaintClock) -> tuple[str, ...]:
        """Codes of the reasons for which a clock stands still."""
        if row.due_at is not None or row.met_at or row.ended_at:
            return ()
        return tuple(pause.reason for pause in self.clocks.stops(row).endless(self.clocks.complaint.pauses))

    def _moves(self, row: ComplaintClock, before: _Clock | None) -> Iterator[tuple[str, dict[str, Any]]]:
        detail = {"deadline": row.deadline_id, "regime": row.regime, "purpose": row.purpose, "to": row.due_at}
        if before is None:
            yield STARTED, detail | {"since": row.trigger_at}
        elif (kind := _kind(row, before)) is not None:
            why = before.why if kind == RESUMED else self._stopped_by(row)
            yield kind, detail | {"from": before.due_at, "why": list(why), "since": row.trigger_at}
        if row.met_at and not (before and before.met):
            yield MET, detail | {"at": row.met_at}
        if row.ended_at and not (before and before.ended):
            yield ENDED, detail | {"at": row.ended_at}


def _kind(row: ComplaintClock, before: _Clock) -> str | None:
    """What happened to a clock that ran before; None where it runs on as it did."""
    if row.trigger_at != before.trigger_at:
        return RESTARTED
    if row.due_at is None:
        return PAUSED if before.due_at is not None else None
    if row.fixed_due_at != before.fixed:
        return AGREED
    if row.deadline_id != before.deadline:
        return EXTENDED
    if before.due_at is None:
        return RESUMED
    return MOVED if row.due_at != before.due_at else None


def _request(row: ComplaintExtension) -> dict[str, Any]:
    return {
        "state": row.state,
        "reason": row.reason_code or "",
        "approver": row.approver or "",
        "from": row.from_due_at,
        "to": row.to_due_at,
        "to_on": row.to_on,
    }


def _measure(row: ComplaintMeasure) -> dict[str, Any]:
    return {
        "type": row.type,
        "group": row.group,
        "due_on": row.due_on,
        "amount": row.amount,
        "result": row.state,
        "done_on": row.done_on,
        "paid": row.paid_amount,
    }
