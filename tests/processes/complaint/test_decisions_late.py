"""The decision tables of solution, follow-up and close, row by row: authority, follow-up, quality sample."""

from decimal import Decimal

import pytest

from processes.complaint.sampling import in_sample
from tests.processes.complaint.deciding import decide, decisions
from tests.processes.complaint.filing import local

KNOWN = {"person.full_name": "张小三", "person.mobile": "13800008000", "preferred_channel": "portal"}


def approvers(values):
    """Rules, tiers and informed groups of a case."""
    matched, rows = decide("authority", values)
    tiers = {tier for row in rows for tier in row["tiers"]}
    return (
        matched,
        [tier for tier in ("t1", "t2", "t3", "t4", "legal", "t5") if tier in tiers],
        [group for row in rows for group in row["informed"]],
    )


AMOUNTS = [
    ("0", None, "no_money", []),
    ("0.01", "contractual", "to_t1", ["t1"]),
    ("500", "contractual", "to_t1", ["t1"]),
    ("500.01", "contractual", "to_t2", ["t1", "t2"]),
    ("2000", "contractual", "to_t2", ["t1", "t2"]),
    ("2000.01", "contractual", "to_t3", ["t2", "t3"]),
    ("20000", "legal_liability", "to_t3", ["t2", "t3"]),
    ("20000.01", "legal_liability", "to_t4", ["t3", "t4", "legal"]),
    ("100000", "legal_liability", "to_t4", ["t3", "t4", "legal"]),
    ("100000.01", "legal_liability", "above_t4", ["t3", "t4", "legal", "t5"]),
    ("500", "fee_refund", "fee_to_t1", []),
    ("2000", "fee_refund", "fee_to_t2", ["t1"]),
    ("20000", "fee_refund", "fee_to_t3", ["t1", "t2"]),
    ("100000", "fee_refund", "fee_to_t4", ["t2", "t3", "legal"]),
    ("100001", "fee_refund", "fee_above_t4", ["t3", "t4", "legal"]),
]


@pytest.mark.parametrize(("amount", "nature", "rule", "tiers"), AMOUNTS)
def test_the_amount_says_who_approves(amount, nature, rule, tiers):
    matched, found, _ = approvers({"amount_proposed": Decimal(amount), "nature": nature})

    assert (matched, found) == ([rule], tiers)


GOODWILL = [
    ("250", ["to_t1"], ["t1"]),
    ("250.01", ["to_t1", "goodwill_t1"], ["t1", "t2"]),
    ("1000.01", ["to_t2", "goodwill_t2"], ["t1", "t2", "t3"]),
    ("10000.01", ["to_t3", "goodwill_t3"], ["t2", "t3", "t4"]),
    ("50000.01", ["to_t4", "goodwill_t4"], ["t3", "t4", "legal", "t5"]),
]


@pytest.mark.parametrize(("amount", "rules", "tiers"), GOODWILL)
def test_goodwill_above_half_of_a_limit_asks_the_next_tier_too(amount, rules, tiers):
    assert approvers({"amount_proposed": Decimal(amount), "nature": "goodwill"})[:2] == (rules, tiers)


CIRCUMSTANCES = [
    ("against_law", {"policy_conflicts_with_law": True}, ["legal"], []),
    ("legal_flag", {"flags": ["legal"]}, ["legal"], []),
    ("in_court", {"other_forum": "court"}, ["legal"], []),
    ("major", {"level": "MAJOR"}, ["t4"], ["approver_t5"]),
    ("rejection", {"full_rejection": True}, ["t1"], []),
    ("rejection_special", {"full_rejection": True, "special_needs": ["elderly"]}, ["t2"], []),
    ("secrecy", {"confidentiality_clause": True}, ["t4", "legal"], []),
    ("staff_admission", {"staff_admission": True}, [], ["dept_audit"]),
]


@pytest.mark.parametrize(("rule", "values", "tiers", "informed"), CIRCUMSTANCES)
def test_circumstances_add_approvers_whatever_the_amount(rule, values, tiers, informed):
    assert approvers(values) == (["no_money", rule], tiers, informed)


def test_in_the_fast_lane_the_handler_decides_alone_up_to_its_limit():
    assert approvers({"fast_lane": True, "amount_proposed": 200}) == (["fast_lane"], [], ["approver_t1"])
    assert approvers({"fast_lane": True, "amount_proposed": 201})[:2] == (["fast_above"], ["t1"])


FOLLOW_UPS = [
    ("no_contact", {"person.mobile": None}, "none", 0),
    ("withdrawn", {"withdrawn_at": local("2026-03-10", "15:00")}, "none", 2),
    ("no_further_contact", {"wishes": ["no_further_contact"], "level": "MAJOR"}, "none", 0),
    ("suited_email", {"special_needs": ["hearing"], "preferred_channel": "email"}, "email", 3),
    ("suited_visit", {"special_needs": ["hearing"], "preferred_channel": "phone"}, "visit", 3),
    ("suited", {"special_needs": ["language"]}, "sms", 3),
    ("major", {"level": "MAJOR"}, "call", 3),
    ("special", {"special_needs": ["elderly"]}, "call", 3),
    ("forwarded", {"channel": "CH.REG.NFRA"}, "call", 3),
    ("compensated", {"amount_proposed": 2001}, "call", 3),
    ("by_portal", {"amount_proposed": 2000}, "portal", 3),
    ("flagged", {"qa.flagged": True}, "call", 3),
    ("rejected", {"full_rejection": True}, "call", 2),
    ("not_upheld", {"finding": "partly"}, "call", 2),
    ("fast_by_sms", {"fast_lane": True, "preferred_channel": "sms"}, "sms", 1),
    ("fast", {"fast_lane": True}, "portal", 1),
    ("by_phone", {"preferred_channel": "phone"}, "call", 3),
    ("by_sms", {"preferred_channel": "sms"}, "sms", 3),
    ("by_email", {"preferred_channel": "email"}, "email", 3),
    ("by_portal", {}, "portal", 3),
]


@pytest.mark.parametrize(("rule", "values", "method", "tries"), FOLLOW_UPS)
def test_the_way_of_following_up_suits_the_case(rule, values, method, tries):
    matched, found = decide("follow_up", KNOWN | values)

    assert (matched, found["method"], found["tries"]) == ([rule], method, tries)


def test_those_who_get_a_survey_are_called_as_a_sample():
    assert decide("follow_up", KNOWN | {"level": "MAJOR"})[1]["call_sampled"] is True
    assert decide("follow_up", KNOWN)[1]["call_sampled"] == in_sample("follow_up", "TS-BLANK", Decimal(30))


SAMPLES = [
    ("major", {"level": "MAJOR"}, True),
    ("declined", {"outcome": "decline"}, True),
    ("forwarded", {"channel": "CH.REG.PBOC"}, True),
    ("flagged", {"qa.flagged": True}, True),
    ("withdrawn", {"withdrawn_at": local("2026-03-10", "15:00")}, in_sample("qa", "TS-BLANK", Decimal(10))),
    ("others", {}, in_sample("qa", "TS-BLANK", Decimal(10))),
]


@pytest.mark.parametrize(("rule", "values", "sampled"), SAMPLES)
def test_the_quality_sample_takes_what_the_rules_name_and_a_tenth_of_the_rest(rule, values, sampled):
    assert decide("qa_sampling", values) == ([rule], sampled)


def test_what_was_answered_late_is_always_reviewed():
    assert decide("qa_sampling", at=local("2026-03-26")) == (["late"], True)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("authority", {*(row[2] for row in AMOUNTS), *(rule for row in GOODWILL for rule in row[1])}
         | {row[0] for row in CIRCUMSTANCES} | {"fast_lane", "fast_above"}),
        ("follow_up", {row[0] for row in FOLLOW_UPS}),
        ("qa_sampling", {row[0] for row in SAMPLES} | {"late"}),
    ],
    ids=["authority", "follow_up", "qa_sampling"],
)  # fmt: skip
def test_every_row_has_its_vector(name, seen):
    assert seen == {rule.id for rule in decisions(name).get(name).rules}
