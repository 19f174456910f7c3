"""Every path of the record `complaint`: its FEEL type, where its value lies, and what it takes.

A dotted path lies in the column of the same name with `_` for the dots. Paths with the place DEED are computed
when read (`readings`) and do something when written (`deeds`): start a clock, approve an extension.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from engine.applications import PathType

COLUMN, FACTS, PERSON, TEXTS, DEED = "column", "facts", "sealed_person", "sealed_texts", "deed"

#: Sealed too, and never overwritten: what several people write at the same time is added to the list named in `log`.
LOG = "sealed_log"

MOMENT = "date and time"

#: Types of paths that timers may depend on.
MOMENTS = frozenset({"date", MOMENT})


class Bounds(NamedTuple):
    """The lowest and the highest number that a path takes."""

    lowest: int
    highest: int


AMOUNT = Bounds(0, 10**12)
SCORE = Bounds(1, 5)
COUNT = Bounds(0, 10**6)
#: one item of the quality sheet
MARK = Bounds(0, 10)


@dataclass(frozen=True)
class Field:
    """What is known of one path."""

    type: str
    place: str = COLUMN
    #: the lists of codes of which a text, or each item of a list, must be one; empty: free
    codes: tuple[str, ...] = ()
    bounds: Bounds | None = None
    #: longest text
    length: int = 100
    writable: bool = True
    #: what is read before anything was written
    default: object = None
    #: of a LOG: the path of the list that what is written is added to
    log: str = ""

    @property
    def personal(self) -> bool:
        """Whether the value stands only as ciphertext and FEEL must not read it."""
        return self.place.startswith("sealed_")

    def path_type(self) -> PathType:
        """What the engine's checks learn."""
        return PathType(self.type, personal=self.personal, readable=not self.personal)


def _coded(*names: str, **lists: str) -> dict[str, Field]:
    """Texts that are codes, of the list of the same name or of the named lists, separated by blanks."""
    named = {name: name for name in names} | lists
    return {path: Field("string", codes=tuple(found.split())) for path, found in named.items()}


def _each(names: str, field: Field) -> dict[str, Field]:
    """The same field for all `names`, separated by blanks."""
    return dict.fromkeys(names.split(), field)


def _under(prefix: str, names: str, field: Field) -> dict[str, Field]:
    return {f"{prefix}.{name}": field for name in names.split()}


_ORIGIN = {
    **_coded("channel", "capacity", "authority_proof", "identity_verified", "language", "preferred_channel"),
    **_coded("earlier_contact", "other_forum"),
    "number": Field("string", writable=False),
    "imported": Field("boolean", FACTS, default=False),
    "received_at": Field(MOMENT, DEED),
    "registered_at": Field(MOMENT, writable=False),
    "received_by_unit": Field("string"),
    "special_needs": Field("list", codes=("special_group",)),
    "contact_known": Field("boolean", FACTS, writable=False, default=False),
    "identity_known": Field("boolean", DEED, writable=False),
    **_under(
        "person", "full_name id_type id_no uscc mobile preferred_time agent_name agent_id_no", Field("string", PERSON)
    ),
    **_under("person", "agent_contact customer_ref account_ref staff_named", Field("string", PERSON)),
    "person.email": Field("string", PERSON, length=254),
    "person.postal_address": Field("string", PERSON, length=200),
    "person.representatives": Field("list", PERSON),
    **_each("truth_statement privacy_notice_read", Field("boolean", DEED)),
    "publish_consent": Field("boolean"),
}

_LINKS = {
    "dup_state": Field("string", DEED, codes=("dup_state",)),
    "dup_candidates": Field("list", DEED, writable=False),
    "repeat_count": Field("number", DEED, bounds=COUNT),
    "root_case": Field("string", DEED),
    "amount_total": Field("number", DEED, writable=False),
    "reopens": Field("string", FACTS),
}

_MATTER = {
    "narrative": Field("string", "sealed_narrative", length=20_000),
    "summary": Field("string", "sealed_summary", length=300),
    "demands": Field("list", codes=("demand",)),
    "demand_text": Field("string", TEXTS, length=2_000),
    **_each("product institution_unit accused_unit owner_unit sales_staff handler", Field("string")),
    "event_on": Field("date"),
    **_each("amount_claimed amount_proposed amount_paid", Field("number", bounds=AMOUNT)),
    "minimum_owed": Field("number", FACTS, bounds=AMOUNT),
    **_coded("currency", "nature", "matter_type", "respondent_scope", "facts_sufficient", "event_cause", "emotion"),
    **_coded("touchpoint", "sales_channel", "cat_a", "cat_c", cat_b="cat_b cat_b_insurance"),
    "has_civil_claim": Field("boolean"),
    **_each(
        "quick_agreed regulator_designated public_spread partner_involved appraisal_needed "
        "systemic new_facts policy_conflicts_with_law confidentiality_clause full_rejection staff_admission "
        "risk_continues",
        Field("boolean", FACTS, default=False),
    ),
    **_each("facts_clear dispute_simple", Field("boolean", FACTS)),
    "regulator_forwarded": Field("boolean", DEED, writable=False),
    "joint_persons": Field("number", bounds=COUNT),
    **_LINKS,
    "affected_persons": Field("number", FACTS, bounds=COUNT, default=0),
    "tags": Field("list"),
    "flags": Field("list", codes=("flag",)),
    "unit": Field("string", FACTS),
    "co_units": Field("list", FACTS),
    **_each("recused declared", Field("list", FACTS)),
    "accused_staff": Field("list"),
}

_DECISION = {
    **_coded("outcome", "level", "phase", "finding", "root_cause", "responsibility", reason_code="outcome_reason"),
    **_coded(status="public_status", close_reason="close_reason"),
    "legal_risk": Field("string", FACTS, codes=("legal_risk",)),
    "withdrawal_reason": Field("string", FACTS, codes=("withdrawal_reason",)),
    **_each("legal_basis level_why", Field("string", FACTS, length=500)),
    "priority": Field("number", bounds=Bounds(1, 4)),
    "fast_lane": Field("boolean"),
    "regime": Field("string", DEED, writable=False),
    **_each("severity_scope severity_satisfaction severity_operation", Field("number", FACTS, bounds=SCORE)),
    **_under(
        "texts",
        "conclusion refusal_reason target fivedim_complainant fivedim_content fivedim_process fivedim_external "
        "fivedim_internal legal_opinion verification_result decision_text grounds remedy_note contact progress_done "
        "progress_next new_facts closing_summary handover_reason",
        Field("string", TEXTS, length=10_000),
    ),
    **_each("issues evidence demand_answers offers", Field("list", TEXTS)),
    "remedies": Field("list", codes=("remedy",)),
    "branch_decision": Field("boolean", FACTS, default=True),
    "decided": Field("boolean", DEED),
    "decided_at": Field(MOMENT, DEED),
    "measures": Field("list", DEED),
    **_each("measure_started measures_done withdrawn", Field("boolean", DEED, writable=False)),
    **_each("withdrawn_at closed_at", Field(MOMENT, DEED)),
}

_AFTERWARDS = {
    "followup.method": Field("string", FACTS, codes=("followup_method",)),
    "followup.reached": Field("string", FACTS, codes=("contact_result",)),
    "followup.measures_received": Field("string", FACTS, codes=("yes_partly_no",)),
    "followup.solved": Field("string", FACTS, codes=("solved_answer",)),
    "followup.tries": Field("number", FACTS, bounds=COUNT, default=0),
    **_under("followup", "score_process score_result score_attitude", Field("number", bounds=SCORE)),
    "followup.dissatisfied_reason": Field("list", FACTS, codes=("dissatisfied_reason",)),
    **_under("followup", "new_facts wants_review", Field("boolean", FACTS, default=False)),
    "followup.comment": Field("string", TEXTS, length=2_000),
    "qa.score": Field("number", bounds=Bounds(0, 100)),
    "qa.passed": Field("boolean", FACTS),
    "qa.critical_error": Field("list", FACTS, codes=("critical_error",)),
    "regulator.authority": Field("string", codes=("regulator",)),
    "regulator.number": Field("string"),
    "regulator.contact": Field("string", TEXTS),
    "regulator.handover_at": Field(MOMENT),
    "regulator.reply_due_at": Field(MOMENT, DEED),
    **_under("material", "items help", Field("string", TEXTS, length=2_000)),
    "material.reply_by": Field("date", FACTS),
    **_under("material", "asked_at answered_at", Field(MOMENT, FACTS)),
    "material.awaited": Field("boolean", DEED, writable=False),
    "material.reminders": Field("number", FACTS, bounds=COUNT, default=0),
    "review.decision_received_on": Field("date", FACTS),
    "review.applied_at": Field(MOMENT, DEED),
    "review.apply_by": Field("date", DEED, writable=False),
    "review.in_time": Field("boolean", DEED, writable=False),
    "review.due_at": Field(MOMENT, DEED, writable=False),
    "review.outcome": Field("string", FACTS, codes=("review_outcome",)),
    "review.finding": Field("string", TEXTS, length=10_000),
}

_TIME = {
    **_under("clock", "due_at acknowledge_by", Field(MOMENT, DEED, writable=False)),
    "clock.warnings": Field("list", DEED, writable=False),
    **_under("clock", "revision used_percent", Field("number", DEED, writable=False)),
    "clock.deadline_id": Field("string", DEED, writable=False),
    **_under("clock", "paused overdue met", Field("boolean", DEED, writable=False)),
    **_under("clock", "acknowledged_at agreed_due_at new_facts_at", Field(MOMENT, DEED)),
    "clock.start": Field("list", DEED),
    **_under("pause", "appraisal.from_on appraisal.to_on appraisal.told_on", Field("date", DEED)),
    **_under("pause", "mediation.from_on mediation.to_on consumer.from_on consumer.to_on", Field("date", DEED)),
    **_under("extension", "next notice state", Field("string", DEED, writable=False)),
    "extension.approvers": Field("list", DEED, writable=False),
    "extension.to_due_at": Field(MOMENT, DEED, writable=False),
    "extension.deadline_id": Field("string", DEED),
    "clock.findings_by": Field(MOMENT, DEED, writable=False),
    "clock.provisional": Field("boolean", DEED, writable=False),
    "clock.list": Field("list", DEED, writable=False),
    "late_registration": Field("boolean", DEED, writable=False),
    "retention_until": Field("date", DEED, writable=False),
    "hold": Field("boolean", FACTS, default=False),
    "product_line": Field("string", DEED, codes=("product_line",)),
    "tenant.jurisdiction": Field("string", DEED, codes=("jurisdiction",)),
    "tenant.sector": Field("string", DEED, codes=("sector",)),
    "waiting.reason": Field("string", FACTS, codes=("waiting_reason",)),
    **_under("waiting", "from_on to_on", Field("date", DEED)),
    "extension.to_due": Field("date", DEED),
    "extension.reason_code": Field("string", DEED, codes=("extension_reason",)),
    **_under("extension", "facts done_so_far plan", Field("string", TEXTS, length=2_000)),
    "extension.approver": Field("string", DEED, codes=("approver",)),
    "extension.decision": Field("string", DEED, codes=("tier_reply",)),
    "extension.notified_at": Field(MOMENT, DEED),
}

#: What the forms of the steps ask besides.
_STEPS = {
    # acceptance
    **_each("partner routing_why", Field("string", FACTS)),
    "insurance_link": Field("string", FACTS, codes=("insurance_link",)),
    "accused": Field("list", TEXTS),
    "accused_head": Field("boolean", FACTS, default=False),
    "wishes": Field("list", FACTS, codes=("contact_wish",)),
    "answered_late": Field("boolean", DEED, writable=False),
    "archive_missing": Field("list", DEED, writable=False),
    "onsite.scene": Field("string", FACTS, codes=("onsite_scene",)),
    "onsite.place": Field("string", FACTS, codes=("onsite_place",)),
    "onsite.actions": Field("list", FACTS, codes=("onsite_action",)),
    "onsite.agreed": Field("boolean", FACTS, default=False),
    "quick.agreed_at": Field(MOMENT, FACTS),
    "quick.proof": Field("string", FACTS, codes=("quick_proof",)),
    "material.requests": Field("list", TEXTS),
    **_under("transfer", "to unit person", Field("string", FACTS)),
    "transfer.reason": Field("string", FACTS, codes=("transfer_reason",)),
    # investigation
    "contact_attempts": Field("list", FACTS),
    "issues_planned": Field("list", TEXTS),
    "questions": Field("list", TEXTS),
    "enquiries": Field("list", TEXTS, writable=False),
    **_each("enquiry_answers staff_statements measures_suggested", Field("list", LOG, log="enquiries")),
    "accused_heard": Field("boolean", FACTS, writable=False, default=False),
    "enquiry_due_on": Field("date", FACTS),
    "evidence_wanted": Field("list", FACTS, codes=("evidence_type",)),
    "share_level": Field("string", FACTS, codes=("share_level",)),
    "site.checked_on": Field("date", FACTS),
    "site.place": Field("string", TEXTS, length=200),
    "site.witness": Field("string", TEXTS),
    "appraisal.body": Field("string", FACTS),
    "appraisal.expected_on": Field("date", FACTS),
    "appraisal.cost_bearer": Field("string", FACTS, codes=("cost_bearer",)),
    "legal_references": Field("list", FACTS),
    "investigation_steps": Field("list", FACTS, codes=("investigation_step",)),
    "responsible_staff": Field("list", FACTS),
    # solution
    "basis": Field("list", FACTS, codes=("solution_basis",)),
    "agreement": Field("string", FACTS, codes=("agreement",)),
    "consult.reply": Field("string", FACTS, codes=("consult_reply",)),
    "decision_method": Field("string", FACTS, codes=("delivery_method",)),
    "regulator.satisfaction": Field("string", FACTS, codes=("regulator_satisfaction",)),
    "regulator.sent_at": Field(MOMENT, FACTS),
    "regulator.query_due_on": Field("date", FACTS),
    # follow-up and close
    "followup.tries_wanted": Field("number", FACTS, bounds=COUNT),
    "followup.call_sampled": Field("boolean", FACTS, default=False),
    "qa.flagged": Field("boolean", FACTS, default=False),
    **_under("qa", "registration classification timeliness contact investigation", Field("number", FACTS, bounds=MARK)),
    **_under("qa", "evidence solution notice privacy record", Field("number", FACTS, bounds=MARK)),
    "close_missing": Field("string", FACTS, codes=("close_owner",)),
    "close_checklist": Field("list", FACTS, codes=("close_item",)),
    "papers_supplied": Field("list", FACTS, codes=("archive_item",)),
    "accountability.level": Field("string", FACTS, codes=("accountability_level",)),
    "archived": Field("boolean", FACTS, default=False),
    # at any time
    "extension.notify_method": Field("string", FACTS, codes=("delivery_method",)),
    "withdrawal.by": Field("string", FACTS, codes=("withdrawal_by",)),
    "withdrawal.identity_check": Field("string", FACTS, codes=("identity_check",)),
    **_under("litigation", "court number", Field("string", TEXTS)),
    "litigation.on": Field("date", FACTS),
    "leak.kinds": Field("list", FACTS, codes=("leak_kind",)),
    "leak.found_at": Field(MOMENT, FACTS),
    **_under(
        "texts",
        "earlier_reference late_reason override_reason corrections expectation confirmed_facts site_findings "
        "appraisal_subject appraisal_conclusion legal_question panel_opinion steps_skipped not_heard level_reason "
        "solution_basis feasibility cost risk alternatives draft_notice offer_terms agreement_terms work_done "
        "work_open lesson problem hearing_statement accountability rule_broken qa_comment appeal_grounds "
        "appeal_decision void_reason leak agreed_proof long_running regulator_basics regulator_dispute "
        "regulator_findings regulator_grounds regulator_communication regulator_extension regulator_query "
        "regulator_query_answer",
        Field("string", TEXTS, length=10_000),
    ),
    "consult.text": Field("string", TEXTS, length=2_000),
}

_NOTICES = {
    "progress.told_at": Field(MOMENT, DEED),
    "progress.due_at": Field(MOMENT, DEED, writable=False),
    "progress.moments": Field("list", DEED, writable=False),
    "progress.silent": Field("boolean", DEED, writable=False),
    "delivery.awaiting": Field("list", DEED, writable=False),
    "delivery.notice_id": Field("string", FACTS),
    "delivery.method": Field("string", FACTS, codes=("handing_over",)),
    "delivery.reference": Field("string", TEXTS, length=200),
    "delivery.note": Field("string", TEXTS, length=2_000),
    "delivery.delivered_at": Field(MOMENT, DEED),
}

PATHS: Mapping[str, Field] = {**_ORIGIN, **_MATTER, **_DECISION, **_AFTERWARDS, **_TIME, **_STEPS, **_NOTICES}
