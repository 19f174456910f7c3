"""What writing a path does where it is more than keeping a value: clocks start, stop and lengthen."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from engine import clock
from engine.errors import InvalidInput
from processes.complaint import extending
from processes.complaint.clocks import DECISION, Clocks
from processes.complaint.facts import fact, set_fact
from processes.complaint.letters import WAITING
from processes.complaint.paths import PATHS
from processes.complaint.readings import PAUSES
from processes.complaint.tables import ComplaintNotice

#: Versions of the two texts that a consumer confirms.
TRUTH_VERSION = "2026-11"
PRIVACY_VERSION = "2026-11"

#: The notices with which a complaint is decided.
DECISION_NOTICES = frozenset({"N10", "N10S"})


def _decide(clocks: Clocks, at: datetime | None) -> None:
    """Decided is what was sent, dialled or posted (order No. 3 Art. 21): the decision clocks are met at that moment."""
    complaint = clocks.complaint
    if at is None:
        raise InvalidInput(why="the moment of the decision is missing")
    complaint.decided_at = at
    clocks.decide(at)


def _decided(clocks: Clocks, value: bool) -> None:  # noqa: FBT001 - the value of a path
    complaint = clocks.complaint
    if value and any(_is_decision(row) and row.state == WAITING for row in complaint.notices):
        return  # decided once it is handed over, by whoever does that
    if value and complaint.decided_at is None:
        sent = [row.sent_at for row in complaint.notices if _is_decision(row) and row.sent_at]
        _decide(clocks, max(sent, default=clock.now()))
    elif not value and complaint.decided_at is not None:
        raise InvalidInput(why="a decision that was sent cannot be taken back; new facts open the case again")


def _is_decision(row: ComplaintNotice) -> bool:
    return row.template in DECISION_NOTICES and row.recipient == "consumer"


def _new_facts(clocks: Clocks, at: datetime | None) -> None:
    if at is None or at == fact(clocks.complaint, "clock.new_facts_at"):
        return
    set_fact(clocks.complaint, "clock.new_facts_at", at)
    clocks.restart(at)
    if clocks.running(DECISION):
        clocks.complaint.decided_at = None


def _withdraw(clocks: Clocks, at: datetime | None) -> None:
    """The procedure ends the day the withdrawal is received (order No. 3 Art. 15), whenever it is confirmed."""
    if at is None:
        raise InvalidInput(why="the moment at which the withdrawal was received is missing")
    if clocks.complaint.measure_started_at is not None:
        raise InvalidInput(why="the decision is being carried out already; the complaint can no longer be withdrawn")
    clocks.complaint.withdrawn_at = at
    clocks.end(at)


def _close(clocks: Clocks, at: datetime | None) -> None:
    clocks.complaint.closed_at = at
    if at is not None:
        clocks.end(at)


def _receive(clocks: Clocks, at: datetime | None) -> None:
    if at is None:
        raise InvalidInput(why="the moment of receipt is missing")
    clocks.received(at)


def _start(clocks: Clocks, deadline_ids: list[Any]) -> None:
    clocks.begin([str(deadline_id) for deadline_id in deadline_ids])


def _acknowledge(clocks: Clocks, at: datetime | None) -> None:
    if at is not None:
        clocks.meet("acknowledge", at)


def _agree(clocks: Clocks, at: datetime | None) -> None:
    if at is not None:
        clocks.agree(at)


def _reply_due(clocks: Clocks, at: datetime | None) -> None:
    clocks.complaint.regulator_reply_due_at = at
    if at is not None:
        clocks.start_fixed(at)


def _apply_for_review(clocks: Clocks, at: datetime | None) -> None:
    set_fact(clocks.complaint, "review.applied_at", at)
    if at is not None:
        clocks.start("CN-NFRA-REV-DEC", at)


def _decide_extension(clocks: Clocks, decision: str | None) -> None:
    if decision == "approve":
        extending.approve(clocks, clock.now())
    elif decision == "refuse":
        extending.refuse(clocks, clock.now())


def _notified(clocks: Clocks, at: datetime | None) -> None:
    if at is not None:
        extending.notified(clocks, at)


def _confirm(column: str, version: str) -> Callable[[Clocks, Any], None]:
    return lambda clocks, value: setattr(clocks.complaint, column, version if value else "")


def _ask(name: str) -> Callable[[Clocks, Any], None]:
    def ask(clocks: Clocks, value: str | date | None) -> None:
        if value is not None:
            extending.ask(clocks, **{name: value})

    return ask


def _pause(reason: str, name: str) -> Callable[[Clocks, Any], None]:
    def pause(clocks: Clocks, day: date | None) -> None:
        if day is not None or any(row.reason == reason for row in clocks.complaint.pauses):
            clocks.pause(reason, **{name: day})

    return pause


def _wait(name: str) -> Callable[[Clocks, Any], None]:
    def wait(clocks: Clocks, day: date | None) -> None:
        reason = fact(clocks.complaint, "waiting.reason")
        if day is not None and reason is None:
            raise InvalidInput(why="the reason of waiting is missing")
        if day is not None:
            clocks.wait(reason, **{name: day})

    return wait


def _happened(reason: str) -> Callable[[Clocks, Any], None]:
    """On record only: where a regime lets nothing of the kind stop its clock, the clock runs on."""

    def happened(clocks: Clocks, day: date | None) -> None:
        if day is not None:
            clocks.wait(reason, from_on=day)

    return happened


def _keep(path: str) -> Callable[[Clocks, Any], None]:
    return lambda clocks, value: set_fact(clocks.complaint, path, value)


#: path → what writing it does
DEEDS: Mapping[str, Callable[[Clocks, Any], None]] = {
    "received_at": _receive,
    "truth_statement": _confirm("truth_version", TRUTH_VERSION),
    "privacy_notice_read": _confirm("privacy_version", PRIVACY_VERSION),
    "decided": _decided,
    "decided_at": _decide,
    "withdrawn_at": _withdraw,
    "closed_at": _close,
    "regulator.reply_due_at": _reply_due,
    "review.applied_at": _apply_for_review,
    "clock.start": _start,
    "clock.acknowledged_at": _acknowledge,
    "clock.agreed_due_at": _agree,
    "clock.new_facts_at": _new_facts,
    "extension.deadline_id": _ask("from_id"),
    "extension.reason_code": _ask("reason_code"),
    "extension.approver": _ask("approver"),
    "extension.to_due": _ask("to_on"),
    "extension.decision": _decide_extension,
    "extension.notified_at": _notified,
    "waiting.from_on": _wait("from_on"),
    "waiting.to_on": _wait("to_on"),
    "waiting.appraisal_on": _happened(PAUSES["appraisal"]),
    "waiting.mediation_on": _happened(PAUSES["mediation"]),
    **{path: _keep(path) for path in ("product_line", "tenant.jurisdiction", "tenant.sector")},
    **{
        f"pause.{name}.{day}": _pause(reason, day)
        for name, reason in PAUSES.items()
        for day in ("from_on", "to_on", "told_on")
        if f"pause.{name}.{day}" in PATHS
    },
}
