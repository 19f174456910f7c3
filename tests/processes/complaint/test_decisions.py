"""The decision tables of acceptance, row by row: admissibility, level, priority, fast lane, routing."""

import pytest

from tests.processes.complaint.deciding import decide, decisions

KNOWN = {"person.full_name": "张小三", "person.mobile": "13800008000"}

ADMISSION = [
    ("praise", {"matter_type": "praise"}, "convert", "CNV-PRAISE", ["N06"]),
    ("inquiry", {"matter_type": "inquiry", "has_civil_claim": False}, "convert", "CNV-INQ", ["N06"]),
    ("suggestion", {"matter_type": "suggestion", "has_civil_claim": False}, "convert", "CNV-SUG", ["N06"]),
    ("whistleblowing", {"matter_type": "whistleblowing", "has_civil_claim": False}, "convert", "CNV-WHISTLE", ["N06"]),
    ("petition", {"matter_type": "petition", "has_civil_claim": False}, "convert", "CNV-PETITION", ["N06"]),
    ("other_entity", {"respondent_scope": "other_entity"}, "refer", "REF-OTHER", ["N06"]),
    ("authority_missing", {"capacity": "third_party", "authority_proof": "missing"}, "need_info", "INF-AUTH", ["N03"]),
    ("same_open", {"dup_state": "same_open", "new_facts": False}, "merge", "MRG-SAME", ["N05"]),
    ("same_open_new_facts", {"dup_state": "same_open", "new_facts": True}, "merge", "MRG-NEW", ["N05", "N17"]),
    ("repeat_in_review_time", {"dup_state": "same_closed_within_review"}, "accept", "ACC-REPEAT-REV", ["N02", "N13"]),
    ("repeat", {"dup_state": "same_closed_within_review", "new_facts": True}, "accept", "ACC-REPEAT", ["N02"]),
    ("repeat", {"dup_state": "same_closed_after_review"}, "accept", "ACC-REPEAT", ["N02"]),
    ("lead", {"person.full_name": None, "person.mobile": None}, "accept", "ACC-LEAD", []),
    ("facts_missing", {"facts_sufficient": "no_consumer_only"}, "need_info", "INF-FACTS", ["N03"]),
    ("accept", {"facts_sufficient": "no_but_we_can_obtain"}, "accept", "ACC", ["N02"]),
    ("other_forum", {"other_forum": "arbitration"}, "accept", "ACC-LEGAL", ["N02"]),
    ("accept", {"matter_type": "inquiry", "has_civil_claim": True}, "accept", "ACC", ["N02"]),
    ("accept", {}, "accept", "ACC", ["N02"]),
]


@pytest.mark.parametrize(("rule", "values", "outcome", "reason", "notices"), ADMISSION)
def test_a_complaint_is_taken_up_unless_a_row_says_otherwise(rule, values, outcome, reason, notices):
    matched, found = decide("admissibility", KNOWN | values, {"material_waited": False})

    assert matched == [rule]
    assert (found["outcome"], found["reason_code"], found["notice"]) == (outcome, reason, notices)


def test_a_friend_without_authority_may_be_declined_only_when_the_time_for_it_is_over():
    friend = KNOWN | {"capacity": "third_party", "authority_proof": "asked"}

    assert decide("admissibility", friend, {"material_waited": False})[1]["outcome"] == "need_info"
    matched, found = decide("admissibility", friend, {"material_waited": True})
    assert (matched, found["reason_code"]) == (["not_entitled"], "DEC-NOT-ENTITLED")
    assert found["legal_basis"] == "CN-NFRA-18"


LEVELS = [
    ("stays_major", {"level": "MAJOR"}, "MAJOR"),
    ("event_many", {"event_cause": "accident", "affected_persons": 2}, "MAJOR"),
    ("normal", {"event_cause": "accident", "affected_persons": 1}, "NORMAL"),
    ("joint_twenty", {"joint_persons": 20}, "MAJOR"),
    ("joint_five", {"joint_persons": 19}, "COMPLEX"),
    ("joint_five", {"joint_persons": 5}, "COMPLEX"),
    ("normal", {"joint_persons": 4}, "NORMAL"),
    ("designated", {"regulator_designated": True}, "MAJOR"),
    ("personal_safety", {"flags": ["personal_safety"]}, "MAJOR"),
    ("leak_many", {"flags": ["data_leak"], "affected_persons": 100}, "MAJOR"),
    ("serious_flags", {"flags": ["data_leak"], "affected_persons": 99}, "COMPLEX"),
    ("media_spread", {"flags": ["media"], "public_spread": True}, "MAJOR"),
    ("normal", {"flags": ["media"]}, "NORMAL"),
    ("stays_complex", {"level": "COMPLEX"}, "COMPLEX"),
    *[
        ("serious_flags", {"flags": [flag]}, "COMPLEX")
        for flag in ("legal", "petition_risk", "systemic", "staff_misconduct", "funds_at_risk")
    ],
    ("facts_unclear", {"facts_clear": False}, "COMPLEX"),
    ("dispute_hard", {"dispute_simple": False}, "COMPLEX"),
    ("wide", {"co_units": ["dept_it", "dept_credit"]}, "COMPLEX"),
    ("wide", {"partner_involved": True}, "COMPLEX"),
    ("wide", {"appraisal_needed": True}, "COMPLEX"),
    ("large_amount", {"amount_claimed": 50_000}, "COMPLEX"),
    ("normal", {"amount_claimed": 49_999}, "NORMAL"),
    ("repeated", {"repeat_count": 2}, "COMPLEX"),
    ("normal", {"co_units": ["dept_it"], "repeat_count": 1}, "NORMAL"),
]


@pytest.mark.parametrize(("rule", "values", "level"), LEVELS)
def test_the_level_follows_from_cause_reach_and_flags(rule, values, level):
    matched, found = decide("level", {"facts_clear": True, "dispute_simple": True} | values)

    assert (matched, found) == ([rule], {"level": level, "why": rule})


PRIORITIES = [
    ({"level": "MAJOR"}, 1),
    ({"flags": ["personal_safety"]}, 1),
    ({"flags": ["funds_at_risk"], "risk_continues": True}, 1),
    ({"flags": ["funds_at_risk"]}, 4),
    ({"flags": ["data_leak"]}, 1),
    ({"channel": "CH.REG.NFRA"}, 2),
    *[({"flags": [flag]}, 2) for flag in ("media", "petition_risk", "legal", "special_group")],
    ({"special_needs": ["elderly"]}, 2),
    ({"repeat_count": 1}, 2),
    ({"level": "COMPLEX"}, 3),
    ({"emotion": "threatening"}, 3),
    ({}, 4),
]


@pytest.mark.parametrize(("values", "priority"), PRIORITIES)
def test_the_most_urgent_reason_sets_the_priority(values, priority):
    assert decide("priority", values)[1] == priority


QUICK = {"level": "NORMAL", "quick_agreed": True, "facts_clear": True, "dispute_simple": True, "amount_proposed": 150}
FAST = [
    ("small_and_clear", {}, True),
    ("small_and_clear", {"amount_proposed": 200}, True),
    ("otherwise", {"amount_proposed": 201}, False),
    ("not_normal", {"level": "COMPLEX"}, False),
    *[("sensitive", {"flags": [flag]}, False) for flag in ("legal", "media", "data_leak", "staff_misconduct")],
    ("forwarded", {"channel": "CH.REG.PBOC"}, False),
    ("not_agreed", {"quick_agreed": False}, False),
    ("otherwise", {"dispute_simple": False}, False),
]


@pytest.mark.parametrize(("rule", "values", "fast"), FAST)
def test_the_fast_lane_is_for_what_is_small_clear_and_agreed(rule, values, fast):
    assert decide("fast_lane", QUICK | values) == ([rule], fast)


PLACE = {"accused_unit": "OUTLET"}
ROUTES = [
    ("major", {"level": "MAJOR"}, "handler", ["dept_office", "legal"]),
    ("accused_head", PLACE | {"accused_head": True}, "handler_branch", ["dept_audit"]),
    ("collection", {"cat_c": "C.COLL", "partner": "COLL"}, "handler_credit", ["dept_partner", "legal"]),
    ("information", {"cat_c": "C.INFO"}, "handler_security", ["dept_it", "legal"]),
    ("leak", {"flags": ["data_leak"]}, "handler_security", ["dept_it", "legal"]),
    ("funds", {"cat_c": "C.FUND"}, "handler_security", ["dept_credit", "dept_it"]),
    ("cards", {"cat_b": "B.CARD.CREDIT.USE"}, "handler_credit", ["dept_branch"]),
    ("loans", {"cat_b": "B.LOAN.HOUSE"}, "handler_credit", []),
    ("wealth", {"cat_b": "B.AGENCY"}, "handler_wealth", ["dept_partner"]),
    ("sold_by_bank", {"cat_b": "I.LIFE", "sales_channel": "bank"}, "handler_wealth", ["dept_partner"]),
    ("payment", {"cat_b": "B.PAY.E"}, "handler_ebank", ["dept_it"]),
    ("facilities", {"cat_c": "C.FAC"}, "handler_ebank", ["dept_it", "dept_branch"]),
    ("service", {"cat_c": "C.ATT"}, "handler_branch", ["dept_branch"]),
    ("claims", {"cat_b": "I.MOTOR", "insurance_link": "L.CLAIM"}, "handler_insurance", []),
    ("policies", {"cat_b": "I.LIFE", "insurance_link": "L.SURR"}, "handler_insurance", ["dept_branch"]),
    ("outlet", PLACE | {"level": "NORMAL", "channel": "CH.COUNTER"}, "handler_branch", []),
    ("place_known", PLACE, "handler_branch", ["dept_branch"]),
    ("head_office", {}, "handler", []),
]


@pytest.mark.parametrize(("rule", "values", "owner", "others"), ROUTES)
def test_a_complaint_goes_to_who_can_settle_it(rule, values, owner, others):
    matched, found = decide("routing", values)

    assert (matched, found["why"]) == ([rule], rule)
    assert (found["owner_unit"], found["co_units"]) == (owner, others)


UNITS = [
    ({"cat_c": "C.ATT", "accused_unit": "OUTLET2"}, "BRANCH"),
    ({"accused_head": True, "accused_unit": "BRANCH2"}, "HQ"),
    ({"cat_b": "B.LOAN.HOUSE", "institution_unit": "OUTLET3"}, "BRANCH2"),
    ({"accused_unit": "OUTLET4"}, "BRANCH2"),
    ({"accused_unit": "OUTLET", "level": "NORMAL", "channel": "CH.VISIT"}, "OUTLET"),
    ({"cat_b": "B.LOAN.HOUSE"}, None),
    ({}, "HQ.CP"),
]


@pytest.mark.parametrize(("values", "unit"), UNITS)
def test_the_unit_follows_from_the_place_and_from_who_stands_above_it(values, unit):
    assert decide("routing", values)[1]["unit"] == unit


def test_the_partner_concerned_comes_with_the_route():
    assert decide("routing", {"cat_c": "C.COLL", "partner": "COLL"})[1]["partner"] == "COLL"
    assert decide("routing", {"cat_c": "C.INFO", "partner": "COLL"})[1]["partner"] is None


@pytest.mark.parametrize(
    ("name", "vectors"), [("level", LEVELS), ("fast_lane", FAST), ("routing", ROUTES)], ids=lambda each: str(each)[:9]
)
def test_every_row_has_its_vector(name, vectors):
    assert {rule for rule, *_ in vectors} == {rule.id for rule in decisions(name).get(name).rules}
