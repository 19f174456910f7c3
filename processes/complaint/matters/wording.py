"""What the notices of a companion case may say, in the words of one language."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from processes.complaint import codes
from processes.complaint.matters.kinds import KINDS
from processes.complaint.matters.record import MatterRecord
from processes.complaint.wording import institution

#: Steps that the diagrams name in reminders.
STEPS = {
    "review": ("核查申请", "review"),
    "rectification": ("整改", "rectification"),
    "warning": ("处置预警", "early warning"),
    "crisis": ("重大投诉应急", "crisis"),
    "crisis_report": ("重大事件报告", "major-event report"),
    "partner": ("合作机构协查", "partner enquiry"),
    "leak": ("信息安全事件", "privacy incident"),
}


#: What can be done against a review.
FURTHER_REMEDIES = ("mediation", "arbitration", "litigation")

#: The code of review_admission with which a review goes on.
ADMITTED = "admit"


def short(language: str) -> str:
    """`zh` or `en`."""
    return "zh" if language.startswith("zh") else "en"


def variables(record: MatterRecord, language: str, at: datetime) -> dict[str, Any]:
    """Everything that a notice may say of `record` at `at`; what is not known is None. Raises Erased."""
    row = record.row
    level = codes.label("level", record.get("complaint.level"), language)
    return {
        **institution(short(language)),
        **own(record, language),
        "case_no": row.number,
        "complaint_no": record.get("complaint.number"),
        "status": KINDS[row.kind].label(language),
        "level": level,
        "due_date": row.due_at,
        "sent_at": at,
    }


def own(record: MatterRecord, language: str) -> dict[str, Any]:
    """What only this kind of case has to say. Raises Erased."""
    return _OWN.get(record.row.kind, _nothing)(record, language)


def step(name: object, language: str) -> str:
    """The words for a step that a diagram names."""
    words = STEPS.get(str(name))
    return "" if words is None else words[short(language) == "en"]


def _nothing(_record: MatterRecord, _language: str) -> dict[str, Any]:
    return {}


def _review(record: MatterRecord, language: str) -> dict[str, Any]:
    """A review is answered like the complaint itself: findings, decision, grounds, remedies (No. 3 Art. 19 and 20)."""
    remedies = [codes.label("remedy", code, language) for code in FURTHER_REMEDIES]
    what: str | None
    admission = record.get("review.admission")
    why: str | None
    what: str | None
    if admission not in {None, ADMITTED}:
        why, what = record.get("review.reply"), codes.label("review_admission", admission, language)
    else:
        why = "\n".join([*_checked(record, language), record.get("review.finding") or ""]).strip() or None
        what = codes.label("review_outcome", record.get("review.outcome"), language) or None
    new = record.get("review.new_decision")
    return {
        "review_finding": why,
        "review_outcome": f"{what}\n{new}" if new else what,
        "verification_result": why,
        "decision_text": f"{what}\n{new}" if new else what,
        "grounds": why,
        "remedies": remedies,
    }


def _checked(record: MatterRecord, language: str) -> list[str]:
    """What was found of process, time and result."""
    found = {ground: record.get(f"review.{ground}_ok") for ground in ("process", "time", "result")}
    return [
        f"{codes.label('review_ground', ground, language)}: {codes.label('review_check', check, language)}"
        for ground, check in found.items()
        if check
    ]


def _warning(record: MatterRecord, language: str) -> dict[str, Any]:
    rule = codes.label("warning_rule", record.get("warning.rule"), language)
    severity = codes.label("severity", record.get("warning.severity"), language)
    numbers = _joined(record.get("warning.evidence"), language)
    parts = [f"{severity} {rule}", record.get("warning.key"), numbers]
    return {"warning": (" · ").join(filter(None, parts))}


def _rectification(record: MatterRecord, language: str) -> dict[str, Any]:  # noqa: ARG001 - as the others
    return {"item": record.get("rectification.problem"), "due_on": record.get("rectification.due_on")}


def _crisis(record: MatterRecord, language: str) -> dict[str, Any]:
    done = [codes.label("crisis_check", code, language) for code in record.get("crisis.checklist")]
    type_ = codes.label("crisis_type", record.get("crisis.type"), language)
    return {
        "event": "\n".join(filter(None, [type_, record.get("crisis.facts")])) or None,
        "persons": record.get("crisis.persons"),
        "place": record.get("crisis.place"),
        "measures_taken": record.get("crisis.report") or _joined(done, language),
        "next_steps": None,
    }


def _leak(record: MatterRecord, language: str) -> dict[str, Any]:
    kinds = [codes.label("leak_data", code, language) for code in record.get("leak.data_kinds")]
    return {
        "leak_data": _joined(kinds, language),
        "leak_cause": record.get("leak.cause"),
        "leak_harm": record.get("leak.harm"),
        "leak_measures": record.get("leak.measures"),
        "leak_advice": record.get("leak.advice"),
        "affected_persons": record.get("leak.persons"),
    }


def _joined(texts: Iterable[str], language: str) -> str:
    return ("、" if short(language) == "zh" else ", ").join(texts)


_OWN: Mapping[str, Callable[[MatterRecord, str], dict[str, Any]]] = {
    "review": _review,
    "early_warning": _warning,
    "rectification": _rectification,
    "crisis": _crisis,
    "privacy_incident": _leak,
}
