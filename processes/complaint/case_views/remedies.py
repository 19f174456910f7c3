"""What was wanted, found, offered and done to put it right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from processes.complaint import codes, masking
from processes.complaint.case_views.labels import group_name, is_readable, words
from processes.complaint.record import ComplaintRecord
from processes.complaint.tables import ComplaintMeasure

#: What the follow-up asks about the result.
HEARD = ("followup.measures_received", "followup.solved", "followup.score_result")


@dataclass(frozen=True)
class MeasureSheet:
    """One measure with everything that was reported on it."""

    number: int
    type: str
    description: str
    group: str
    due_on: date | None
    amount: Decimal | None
    state: str
    state_code: str
    done_on: date | None
    paid: Decimal | None
    payment_ref: str


@dataclass(frozen=True)
class Remedy:
    """What the consumer wanted, what we found, offered and did, and what came of it."""

    demands: Sequence[str]
    finding: str
    outcome: str
    remedies: Sequence[str]
    nature: str
    amount_claimed: Decimal | None
    amount_proposed: Decimal | None
    amount_paid: Decimal | None
    currency: str
    decided_at: datetime | None
    decision_method: str
    #: each demand with our answer and its grounds
    answers: Sequence[tuple[str, str, str]]
    #: of the negotiation: day or moment, `institution` or the complainant, what, amount, reply
    offers: Sequence[Mapping[str, Any]]
    #: what the consumer said to the proposal
    reply: str
    agreement: str
    measures: Sequence[MeasureSheet]
    #: what the follow-up heard: (path, text)
    heard: Sequence[tuple[str, str]]
    is_erased: bool


def remedy(record: ComplaintRecord, language: str) -> Remedy:
    """What was done to put it right."""
    row, readable = record.complaint, is_readable(record)
    return Remedy(
        demands=[words("demands", code, language) for code in row.demands],
        finding=words("finding", row.finding, language),
        outcome=words("outcome", row.outcome, language),
        remedies=[words("remedies", code, language) for code in row.remedies],
        nature=words("nature", row.nature, language),
        amount_claimed=row.amount_claimed,
        amount_proposed=row.amount_proposed,
        amount_paid=row.amount_paid,
        currency=row.currency or "",
        decided_at=row.decided_at,
        decision_method=words("decision_method", record.get("decision_method"), language),
        answers=_answers(record, language) if readable else [],
        offers=[_offer(each) for each in record.get("offers")] if readable else [],
        reply=words("consult.reply", record.get("consult.reply"), language),
        agreement=words("agreement", record.get("agreement"), language),
        measures=[_sheet(each, language, record.measures.describe(each) if readable else "") for each in row.measures],
        heard=[(path, words(path, value, language)) for path in HEARD if (value := record.get(path)) is not None],
        is_erased=not readable,
    )


def _answers(record: ComplaintRecord, language: str) -> list[tuple[str, str, str]]:
    return [
        (
            words("demands", row.get("demand"), language),
            codes.label("demand_answer", row.get("answer"), language),
            masking.scrub(str(row.get("reason") or "")),
        )
        for row in record.get("demand_answers")
        if isinstance(row, Mapping)
    ]


def _offer(row: Any) -> dict[str, Any]:
    return {**row, "offer": masking.scrub(str(row.get("offer") or ""))} if isinstance(row, Mapping) else {}


def _sheet(row: ComplaintMeasure, language: str, description: str) -> MeasureSheet:
    return MeasureSheet(
        number=row.number,
        type=codes.label("measure", row.type, language),
        description=masking.scrub(description),
        group=group_name(row.group, language) if row.group else "",
        due_on=row.due_on,
        amount=row.amount,
        state=codes.label("measure_result", row.state, language) if row.state != "planned" else "",
        state_code=row.state,
        done_on=row.done_on,
        paid=row.paid_amount,
        payment_ref=row.payment_ref,
    )
