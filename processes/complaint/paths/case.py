"""What a complaint is, what was decided about it, and its times."""

from processes.complaint.paths.field import (
    AMOUNT,
    COUNT,
    DEED,
    FACTS,
    MOMENT,
    PERSON,
    SCORE,
    TEXTS,
    Bounds,
    Field,
    coded,
    each,
    under,
)

_ORIGIN = {
    **coded("channel", "capacity", "authority_proof", "identity_verified", "language", "preferred_channel"),
    **coded("earlier_contact", "other_forum"),
    "number": Field("string", writable=False),
    "imported": Field("boolean", FACTS, default=False),
    "received_at": Field(MOMENT, DEED),
    "registered_at": Field(MOMENT, writable=False),
    "received_by_unit": Field("string"),
    "special_needs": Field("list", codes=("special_group",)),
    "contact_known": Field("boolean", FACTS, writable=False, default=False),
    "identity_known": Field("boolean", DEED, writable=False),
    **under(
        "person", "full_name id_type id_no uscc mobile preferred_time agent_name agent_id_no", Field("string", PERSON)
    ),
    **under("person", "agent_contact customer_ref account_ref staff_named", Field("string", PERSON)),
    "person.email": Field("string", PERSON, length=254),
    "person.postal_address": Field("string", PERSON, length=200),
    "person.representatives": Field("list", PERSON),
    **each("truth_statement privacy_notice_read", Field("boolean", DEED)),
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
    **each("product institution_unit accused_unit owner_unit sales_staff handler", Field("string")),
    "event_on": Field("date"),
    **each("amount_claimed amount_proposed amount_paid", Field("number", bounds=AMOUNT)),
    "minimum_owed": Field("number", FACTS, bounds=AMOUNT),
    **coded("currency", "nature", "matter_type", "respondent_scope", "facts_sufficient", "event_cause", "emotion"),
    **coded("touchpoint", "sales_channel", "cat_a", "cat_c", cat_b="cat_b cat_b_insurance"),
    "has_civil_claim": Field("boolean"),
    **each(
        "quick_agreed regulator_designated public_spread partner_involved appraisal_needed "
        "systemic new_facts policy_conflicts_with_law confidentiality_clause full_rejection staff_admission "
        "risk_continues",
        Field("boolean", FACTS, default=False),
    ),
    **each("facts_clear dispute_simple", Field("boolean", FACTS)),
    "regulator_forwarded": Field("boolean", DEED, writable=False),
    "joint_persons": Field("number", bounds=COUNT),
    **_LINKS,
    "affected_persons": Field("number", FACTS, bounds=COUNT, default=0),
    "tags": Field("list"),
    "flags": Field("list", codes=("flag",)),
    "unit": Field("string", FACTS),
    "co_units": Field("list", FACTS),
    **each("recused declared", Field("list", FACTS)),
    "accused_staff": Field("list"),
}

_DECISION = {
    **coded("outcome", "level", "phase", "finding", "root_cause", "responsibility", reason_code="outcome_reason"),
    **coded(status="public_status", close_reason="close_reason"),
    "legal_risk": Field("string", FACTS, codes=("legal_risk",)),
    "withdrawal_reason": Field("string", FACTS, codes=("withdrawal_reason",)),
    **each("legal_basis level_why", Field("string", FACTS, length=500)),
    "priority": Field("number", bounds=Bounds(1, 4)),
    "fast_lane": Field("boolean"),
    "regime": Field("string", DEED, writable=False),
    **each("severity_scope severity_satisfaction severity_operation", Field("number", FACTS, bounds=SCORE)),
    **under(
        "texts",
        "conclusion refusal_reason target fivedim_complainant fivedim_content fivedim_process fivedim_external "
        "fivedim_internal legal_opinion verification_result decision_text grounds remedy_note contact progress_done "
        "progress_next new_facts closing_summary handover_reason",
        Field("string", TEXTS, length=10_000),
    ),
    **each("issues evidence demand_answers offers", Field("list", TEXTS)),
    "remedies": Field("list", codes=("remedy",)),
    "branch_decision": Field("boolean", FACTS, default=True),
    "decided": Field("boolean", DEED),
    "decided_at": Field(MOMENT, DEED),
    "measures": Field("list", DEED),
    **each("measure_started measures_done withdrawn", Field("boolean", DEED, writable=False)),
    **each("withdrawn_at closed_at", Field(MOMENT, DEED)),
}

_AFTERWARDS = {
    "followup.method": Field("string", FACTS, codes=("followup_method",)),
    "followup.reached": Field("string", FACTS, codes=("contact_result",)),
    "followup.measures_received": Field("string", FACTS, codes=("yes_partly_no",)),
    "followup.solved": Field("string", FACTS, codes=("solved_answer",)),
    "followup.tries": Field("number", FACTS, bounds=COUNT, default=0),
    **under("followup", "score_process score_result score_attitude", Field("number", bounds=SCORE)),
    "followup.dissatisfied_reason": Field("list", FACTS, codes=("dissatisfied_reason",)),
    **under("followup", "new_facts wants_review", Field("boolean", FACTS, default=False)),
    "followup.comment": Field("string", TEXTS, length=2_000),
    "qa.score": Field("number", bounds=Bounds(0, 100)),
    "qa.passed": Field("boolean", FACTS),
    "qa.critical_error": Field("list", FACTS, codes=("critical_error",)),
    "regulator.authority": Field("string", codes=("regulator",)),
    "regulator.number": Field("string"),
    "regulator.contact": Field("string", TEXTS),
    "regulator.handover_at": Field(MOMENT),
    "regulator.reply_due_at": Field(MOMENT, DEED),
    **under("material", "items help", Field("string", TEXTS, length=2_000)),
    "material.reply_by": Field("date", FACTS),
    **under("material", "asked_at answered_at", Field(MOMENT, FACTS)),
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
    **under("clock", "due_at acknowledge_by", Field(MOMENT, DEED, writable=False)),
    "clock.warnings": Field("list", DEED, writable=False),
    **under("clock", "revision used_percent", Field("number", DEED, writable=False)),
    "clock.deadline_id": Field("string", DEED, writable=False),
    **under("clock", "paused overdue met", Field("boolean", DEED, writable=False)),
    **under("clock", "acknowledged_at agreed_due_at new_facts_at", Field(MOMENT, DEED)),
    "clock.start": Field("list", DEED),
    **under("pause", "appraisal.from_on appraisal.to_on appraisal.told_on", Field("date", DEED)),
    **under("pause", "mediation.from_on mediation.to_on consumer.from_on consumer.to_on", Field("date", DEED)),
    **under("extension", "next notice state", Field("string", DEED, writable=False)),
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
    **under("waiting", "from_on to_on", Field("date", DEED)),
    "extension.to_due": Field("date", DEED),
    "extension.reason_code": Field("string", DEED, codes=("extension_reason",)),
    **under("extension", "facts done_so_far plan", Field("string", TEXTS, length=2_000)),
    "extension.approver": Field("string", DEED, codes=("approver",)),
    "extension.decision": Field("string", DEED, codes=("tier_reply",)),
    "extension.notified_at": Field(MOMENT, DEED),
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
    "regulator.satisfaction": Field("string", FACTS, codes=("regulator_satisfaction",)),
    **under(
        "texts",
        "draft_notice offer_terms regulator_basics regulator_dispute regulator_findings regulator_grounds "
        "regulator_communication regulator_extension regulator_query regulator_query_answer",
        Field("string", TEXTS, length=10_000),
    ),
}

#: All of them.
CASE = {**_NOTICES, **_ORIGIN, **_MATTER, **_DECISION, **_AFTERWARDS, **_TIME}
