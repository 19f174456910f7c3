"""Who complains about what, how it came, and what other cases say of it."""

from processes.complaint.paths.fields import (
    AMOUNT,
    COUNT,
    DEED,
    FACTS,
    MOMENT,
    PERSON,
    TEXTS,
    Field,
    coded,
    each,
    under,
)

ORIGIN = {
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

LINKS = {
    "dup_state": Field("string", DEED, codes=("dup_state",)),
    "dup_candidates": Field("list", DEED, writable=False),
    "repeat_count": Field("number", DEED, bounds=COUNT),
    "root_case": Field("string", DEED),
    "amount_total": Field("number", DEED, writable=False),
    "reopens": Field("string", FACTS),
}

MATTER = {
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
    **LINKS,
    "affected_persons": Field("number", FACTS, bounds=COUNT, default=0),
    "tags": Field("list"),
    "flags": Field("list", codes=("flag",)),
    "unit": Field("string", FACTS),
    "co_units": Field("list", FACTS),
    **each("recused declared", Field("list", FACTS)),
    "accused_staff": Field("list"),
}
