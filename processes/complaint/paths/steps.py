"""What the forms of the steps ask besides, and the notices that went out."""

from processes.complaint.paths.fields import (
    COUNT,
    DEED,
    FACTS,
    LOG,
    MARK,
    MOMENT,
    TEXTS,
    Field,
    each,
    under,
)

#: What the forms of the steps ask besides.
STEPS = {
    # acceptance
    "unit": Field("string", FACTS),
    **each("partner routing_why", Field("string", FACTS)),
    "insurance_link": Field("string", FACTS, codes=("insurance_link",)),
    "accused": Field("list", TEXTS),
    "accused_head": Field("boolean", FACTS, default=False),
    "wishes": Field("list", FACTS, codes=("contact_wish",)),
    "answered_late": Field("boolean", DEED, writable=False),
    "archive_missing": Field("list", DEED, writable=False),
    "onsite.scene": Field("string", FACTS, codes=("scene",)),
    "onsite.place": Field("string", FACTS, codes=("onsite_place",)),
    "onsite.actions": Field("list", FACTS, codes=("onsite_action",)),
    "onsite.agreed": Field("boolean", FACTS, default=False),
    "quick.agreed_at": Field(MOMENT, FACTS),
    "quick.proof": Field("string", FACTS, codes=("quick_proof",)),
    "material.requests": Field("list", TEXTS),
    **under("transfer", "to unit person", Field("string", FACTS)),
    "transfer.reason": Field("string", FACTS, codes=("transfer_reason",)),
    # investigation
    "contact_attempts": Field("list", FACTS),
    "issues_planned": Field("list", TEXTS),
    "questions": Field("list", TEXTS),
    "enquiries": Field("list", TEXTS, writable=False),
    **each("enquiry_answers staff_statements measures_suggested", Field("list", LOG, log="enquiries")),
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
    **under("qa", "registration classification timeliness contact investigation", Field("number", FACTS, bounds=MARK)),
    **under("qa", "evidence solution notice privacy record", Field("number", FACTS, bounds=MARK)),
    "close_missing": Field("string", FACTS, codes=("close_owner",)),
    "close_checklist": Field("list", FACTS, codes=("close_item",)),
    "papers_supplied": Field("list", FACTS, codes=("archive_item",)),
    "accountability.level": Field("string", FACTS, codes=("accountability_level",)),
    "archived": Field("boolean", FACTS, default=False),
    # at any time
    "extension.notify_method": Field("string", FACTS, codes=("delivery_method",)),
    "withdrawal.by": Field("string", FACTS, codes=("withdrawal_by",)),
    "withdrawal.identity_check": Field("string", FACTS, codes=("identity_check",)),
    **under("litigation", "court number", Field("string", TEXTS)),
    "litigation.on": Field("date", FACTS),
    "leak.kinds": Field("list", FACTS, codes=("leak_kind",)),
    "leak.found_at": Field(MOMENT, FACTS),
    **under(
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

NOTICES = {
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
