"""What the notices' variables are: the case, in the words of one language."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.models import Person
from processes.complaint import access_code, codes, extending
from processes.complaint.deadlines import DATA
from processes.complaint.facts import fact
from processes.complaint.readings import PAUSES, last_day_for_review, pause_of
from processes.complaint.register import ComplaintRecord
from processes.complaint.sheets import read

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
    "material_items": "material.items",
    "material_help": "material.help",
}

#: Who has no name on record.
CUSTOMER = {"zh": "消费者", "en": "customer"}

#: Steps that the diagram names in reminders.
STEPS = {
    "register": ("登记与初审", "registration"),
    "first_contact": ("首次联系", "first contact"),
    "enquiry": ("部门协查", "department enquiry"),
    "measure": ("执行措施", "carrying out a measure"),
    "follow_up": ("回访", "follow-up"),
    "close_check": ("结案检查", "close check"),
    "suspension": ("暂停期间", "suspension"),
}


def variables(
    session: Session | None, record: ComplaintRecord, language: str, *, at: datetime, portal: str = ""
) -> dict[str, Any]:
    """Everything that a notice to the consumer may say of `record` at `at`; what is not known is None.

    Without a `session`, as in a dry run, nobody has a name and there is no access code.
    """
    complaint = record.complaint
    narrative = record.get("narrative") or ""
    return {
        **internal(record, language),
        **{name: record.get(path) for name, path in TEXTS.items()},
        **_people(session, record, language),
        **_remedies(record, language),
        **_extension(record, language),
        "complainant_name": record.get("person.full_name") or CUSTOMER[_short(language)],
        "received_at": complaint.received_at,
        "sent_at": at,
        "portal_link": portal,
        "narrative_excerpt": narrative[:EXCERPT] + ("…" if len(narrative) > EXCERPT else ""),
        "access_code": access_code.current(session, complaint.instance_id) if session else "",
        "reply_by": fact(complaint, "material.reply_by"),
        "legal_basis": fact(complaint, "legal_basis"),
        "root_case": complaint.root_case,
        "withdrawn_at": complaint.withdrawn_at,
        "review_apply_by": last_day_for_review(record.clocks),
        "pause_from_on": getattr(pause_of(record.clocks, PAUSES["appraisal"]), "from_on", None),
    }


def internal(record: ComplaintRecord, language: str) -> dict[str, Any]:
    """What a notice to staff says: nothing personal, for it goes by mail to groups."""
    complaint = record.complaint
    return {
        **institution(_short(language)),
        "case_no": complaint.number,
        "status": codes.label("public_status", complaint.status, language),
        "level": codes.label("level", complaint.level, language),
        "due_date": record.clocks.due_at(),
        "regulator": codes.label("regulator", complaint.regulator_authority, language),
        "regulator_due": complaint.regulator_reply_due_at,
    }


def step(name: object, language: str) -> str:
    """The words for a step that the diagram names."""
    words = STEPS.get(str(name))
    return "" if words is None else words[_short(language) == "en"]


@cache
def institution(language: str) -> Mapping[str, str]:
    """Name and contacts of the institution: `data/institution.csv`."""
    return dict(read(DATA / "institution.csv", lambda cells: (cells["key"], cells[language])))


def _people(session: Session | None, record: ComplaintRecord, language: str) -> dict[str, Any]:
    known = institution(_short(language))
    name = None
    if session and record.complaint.handler:
        name = session.scalar(select(Person.name).where(Person.username == record.complaint.handler))
    return {"handler_name": name or known["contact_point"], "handler_phone": known["hotline"]}


def _remedies(record: ComplaintRecord, language: str) -> dict[str, Any]:
    remedies = record.complaint.remedies
    shown = {f"remedy_{code}": code in remedies for code in codes.lists()["remedy"]}
    shown["remedy_review"] = shown["remedy_review"] and record.get(
        "branch_decision"
    )  # no superior reviews the head office
    names = [codes.label("remedy", code, language) for code in remedies]
    return {**shown, "remedies": [name for name in names if name], "remedy_names": names}


def _extension(record: ComplaintRecord, language: str) -> dict[str, Any]:
    request = extending.latest(record.clocks)
    if request is None or request.state not in {extending.APPROVED, extending.VALID}:
        return {}
    return {
        "reason_text": codes.label("extension_reason", request.reason_code, language),
        "approver_level": codes.label("approver", request.approver, language),
        "old_due": request.from_due_at,
        "new_due": request.to_due_at,
    }


def _short(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"
