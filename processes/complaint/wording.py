"""What the notices' variables are: the case, in the words of one language."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import reference
from engine.models import Person
from processes.complaint import access_code, codes, extending
from processes.complaint.clocks import DECISION
from processes.complaint.facts import fact
from processes.complaint.notices import words
from processes.complaint.readings import DONE, PAUSES, last_day_for_review, pause_of
from processes.complaint.record import ComplaintRecord
from processes.complaint.tables import ComplaintMeasure

EXCERPT = 200

#: Variables that are long texts of the record: name → path.
TEXTS = {
    "verification_result": "texts.verification_result",
    "decision_text": "texts.decision_text",
    "grounds": "texts.grounds",
    "remedy_note": "texts.remedy_note",
    "refusal_reason": "texts.refusal_reason",
    "target": "texts.target",
    "progress_done": "texts.progress_done",
    "progress_next": "texts.progress_next",
    "new_facts": "texts.new_facts",
    "closing_summary": "texts.closing_summary",
    "handover_reason": "texts.handover_reason",
    "done_so_far": "extension.done_so_far",
    "plan": "extension.plan",
    "regulator_query": "texts.regulator_query",
    "regulator_query_answer": "texts.regulator_query_answer",
    "basics": "texts.regulator_basics",
    "dispute": "texts.regulator_dispute",
    "findings_evidence": "texts.regulator_findings",
    "basis": "texts.regulator_grounds",
    "communication": "texts.regulator_communication",
    "extension_note": "texts.regulator_extension",
    "offer_terms": "texts.offer_terms",
    "material_items": "material.items",
    "material_help": "material.help",
}

#: Who has no name on record.
CUSTOMER = {"zh": "消费者", "en": "customer"}

#: Beginning of the regimes' names → variable that is true where one of them holds.
REGIMES = {"CN": "regime_cn", "UK": "regime_uk", "AU": "regime_au", "EU": "regime_eu", "US": "regime_us"}

#: Remedies told with a short decision on which nobody chose any.
USUAL_REMEDIES = ("review", "mediation", "litigation")


def variables(
    session: Session | None, record: ComplaintRecord, language: str, *, at: datetime, portal: str = ""
) -> dict[str, Any]:
    """Everything that a notice to the consumer may say of `record` at `at`; what is not known is None.

    Without a `session`, as in a dry run, nobody has a name and there is no access code.
    """
    complaint = record.complaint
    narrative = record.get("narrative") or ""
    pause_from_on = getattr(pause_of(record.clocks, PAUSES["appraisal"]), "from_on", None)
    return {
        **internal(record, language),
        **{name: record.get(path) for name, path in TEXTS.items()},
        **_people(session, record, language),
        **_remedies(record, complaint.remedies, language),
        **_extension(record, language),
        **_regimes(record),
        "complainant_name": record.get("person.full_name") or CUSTOMER[_short(language)],
        "received_at": complaint.received_at,
        "sent_at": at,
        "portal_link": portal,
        "narrative_excerpt": narrative[:EXCERPT] + ("…" if len(narrative) > EXCERPT else ""),
        "access_code": access_code.current(session, complaint.instance_id) if session else "",
        "reply_by": fact(complaint, "material.reply_by"),
        "legal_basis": codes.label("legal_basis", fact(complaint, "legal_basis"), language),
        "root_case": complaint.root_case,
        "withdrawn_at": complaint.withdrawn_at,
        "review_apply_by": last_day_for_review(record.clocks),
        "pause_from_on": pause_from_on,
        "pause_not_known": pause_from_on is None,
        "proposal": record.get("texts.draft_notice") or record.get("texts.conclusion"),
        "satisfaction": _satisfaction(record, language),
        "approved_by": None,
        "measures_planned": _measures(record, complaint.measures, language),
        "measures_done": _measures(record, [row for row in complaint.measures if row.state in DONE], language)
        or _measures(record, complaint.measures, language),
    }


def internal(record: ComplaintRecord, language: str) -> dict[str, Any]:
    """What a notice to staff says: nothing personal, for it goes by mail to groups."""
    complaint = record.complaint
    return {
        **elsewhere(complaint.number, language),
        "status": codes.label("public_status", complaint.status, language),
        "level": codes.label("level", complaint.level, language),
        "due_date": record.clocks.due_at(),
        "regulator": codes.label("regulator", complaint.regulator_authority, language),
        "regulator_number": complaint.regulator_number,
        "regulator_due": complaint.regulator_reply_due_at,
    }


def elsewhere(number: str, language: str) -> dict[str, Any]:
    """What a notice may say that belongs to the case `number`, which is about no one complaint."""
    return {**institution(_short(language)), "case_no": number, "status": None, "level": None, "due_date": None}


def short_decision(record: ComplaintRecord, known: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The parts of a decision (Art. 19) in short, for what was settled at once: what is missing in `known`."""
    conclusion = record.get("texts.conclusion")
    parts = {
        "verification_result": known["verification_result"] or conclusion,
        "decision_text": known["decision_text"] or known["measures_planned"],
        "grounds": known["grounds"] or conclusion,
    }
    return parts if known["remedies"] else parts | _remedies(record, USUAL_REMEDIES, language)


def measure(context: Mapping[str, Any], language: str) -> str:
    """One measure of the record in words: what, how much, when, reference."""
    amount = context.get("paid_amount") or context.get("amount")
    parts = (
        codes.label("measure", str(context.get("type") or ""), language),
        None if amount is None else words(amount, language),
        context.get("done_on") or context.get("due_on"),
        context.get("payment_ref"),
    )
    return words([part for part in parts if part], language)


def step(name: object, language: str) -> str:
    """The words for a step that the diagram names."""
    return codes.label("step", "" if name is None else str(name), language)


@reference.derived("institution")
def institution(language: str) -> Mapping[str, str]:
    """Name and contacts of the institution: the table `institution`."""
    return {cells["key"]: cells[language] for cells in reference.rows("institution")}


def _people(session: Session | None, record: ComplaintRecord, language: str) -> dict[str, Any]:
    known = institution(_short(language))
    name = None
    if session and record.complaint.handler:
        name = session.scalar(select(Person.name).where(Person.username == record.complaint.handler))
    return {"handler_name": name or known["contact_point"], "handler_phone": known["hotline"]}


def _satisfaction(record: ComplaintRecord, language: str) -> str | None:
    found = record.get("regulator.satisfaction")
    return codes.label("regulator_satisfaction", found, language) if found else None


def _remedies(record: ComplaintRecord, remedies: Sequence[str], language: str) -> dict[str, Any]:
    shown = {f"remedy_{code}": code in remedies for code in codes.lists()["remedy"]}
    # no superior reviews the head office
    shown["remedy_review"] = shown["remedy_review"] and record.get("branch_decision")
    names = [codes.label("remedy", code, language) for code in remedies]
    return {**shown, "remedies": [name for name in names if name], "remedy_names": names}


def _extension(record: ComplaintRecord, language: str) -> dict[str, Any]:
    request = extending.latest(record.clocks)
    granted = request is not None and request.state in {extending.APPROVED, extending.VALID}
    if request is None or not granted:
        names = ("reason_text", "approver_level", "old_due", "new_due")
        return {**dict.fromkeys(names), "approver_not_known": True, "old_due_not_known": True}
    return {
        "reason_text": codes.label("extension_reason", request.reason_code, language),
        "approver_level": codes.label("approver", request.approver, language),
        "old_due": request.from_due_at,
        "new_due": request.to_due_at,
        "approver_not_known": not request.approver,
        "old_due_not_known": request.from_due_at is None,
    }


def _regimes(record: ComplaintRecord) -> dict[str, bool]:
    """Which rules hold for the complaint, by the clocks that ran or run for it."""
    clocks = [row for row in record.complaint.clocks if row.purpose == DECISION and row.ended_at is None]
    found = {row.regime.split("-")[0] for row in clocks or record.complaint.clocks if row.purpose == DECISION}
    shown = {name: country in found for country, name in REGIMES.items()}
    statutory = any(shown.values())
    return {**shown, "regime_statutory": statutory, "regime_generic": not statutory}


def _measures(record: ComplaintRecord, rows: Iterable[ComplaintMeasure], language: str) -> str:
    """Each measure on a line, with its description."""
    lines = []
    for row in rows:
        facts = {name: getattr(row, name) for name in ("type", "amount", "due_on", "done_on", "paid_amount")}
        lines.append("\n".join(filter(None, (measure(facts, language), record.measures.describe(row)))))
    return "\n".join(lines)


def _short(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"
