"""Who must not touch a complaint, rule by rule."""

import pytest

import processes
from engine import clock
from engine.applications import TaskFacts
from engine.errors import NotAllowed
from engine.organisation import KINDS
from processes.complaint import access_rules
from processes.complaint.access_rules import RULES
from tests.processes.complaint.filing import SUBMITTED, local

#: Somebody who works at the main outlet of the first branch, in any group that matters there.
OUTLET_HEAD = frozenset({("approver_t2", "OUTLET")})
OUTLET_CLERK = frozenset({("handler_branch", "OUTLET")})


def facts(role="handler", username="wang", held_on=frozenset(), acted=(), insisted=False):
    return TaskFacts(
        instance_id="case-1",
        element_id="task",
        properties={"role": role},
        person_id=1,
        person_groups=frozenset(group for group, _ in held_on),
        acted={1: frozenset(acted)},
        username=username,
        held_on=held_on,
        insisted=insisted,
    )


@pytest.fixture
def refusals(file_complaint, record_of, transaction):
    """Sets paths of a complaint, then tells which rule refuses these facts: its error, or None."""
    file_complaint()

    def ask(asked, **values):
        record_of(lambda record: [record.set(path.replace("__", "."), value) for path, value in values.items()])
        with clock.at(local("2026-03-11")), transaction() as session:
            for rule in RULES:
                try:
                    rule(session, asked)
                except NotAllowed as refused:
                    return type(refused).__name__
        return None

    return ask


EVERY_ROLE = ("intake", "handler", "dept", "approver", "legal", "followup", "qa", "reviewer", "")


@pytest.mark.parametrize(
    ("values", "person", "error", "roles"),
    [
        ({"accused_staff": ["wang"]}, {}, "NamedInComplaint", EVERY_ROLE),
        (
            {"accused_unit": "OUTLET", "cat_c": "C.ATT"},
            {"held_on": OUTLET_CLERK},
            "OfAccusedUnit",
            ("handler", "approver", "followup", "qa"),
        ),
        ({"sales_staff": "wang"}, {}, "DidTheBusiness", ("handler", "approver", "reviewer")),
        ({"declared": ["wang"]}, {}, "DeclaredInterest", EVERY_ROLE),
        ({"accused_unit": "OUTLET"}, {"held_on": OUTLET_HEAD}, "HeadOfAccusedUnit", ("approver", "reviewer")),
        ({}, {"acted": ["approver"]}, "TookPartInDecision", ("reviewer", "qa")),
        ({"handler": "wang"}, {}, "IsHandler", ("followup", "qa", "approver")),
        ({"recused": ["wang"]}, {}, "ComplainantObjected", EVERY_ROLE),
    ],
)
def test_each_rule_bars_its_people_from_its_roles_and_nobody_else(refusals, values, person, error, roles):
    found = {role: refusals(facts(role, **person), **values) for role in EVERY_ROLE}

    assert found == {role: error if role in roles else None for role in EVERY_ROLE}
    assert refusals(facts("handler", username="li")) is None


def test_whoever_drafted_does_not_approve_follow_up_or_check(refusals):
    assert refusals(facts("approver", acted=["handler"])) == "IsHandler"
    assert refusals(facts("handler", acted=["handler"])) is None


def test_a_complaint_about_a_charge_keeps_the_unit_itself_but_not_its_head(refusals):
    assert refusals(facts("handler", held_on=OUTLET_CLERK), accused_unit="OUTLET", cat_c="C.PRICE") is None
    assert refusals(facts("approver", held_on=OUTLET_HEAD)) == "HeadOfAccusedUnit"


@pytest.mark.parametrize("unit", ["BRANCH", "OUTLET2", "HQ.CP", "no such unit"])
def test_people_of_other_units_act_on_a_complaint_about_conduct(refusals, unit):
    elsewhere = frozenset({("handler", unit), ("approver_t2", unit)})

    assert refusals(facts("approver", held_on=elsewhere), accused_unit="OUTLET", cat_c="C.ATT") is None


def test_the_whole_head_office_is_nobodys_own_unit(refusals):
    at_the_top = frozenset({("handler", "HQ")})

    assert refusals(facts("handler", held_on=at_the_top), accused_unit="HQ", flags=["staff_misconduct"]) is None


@pytest.mark.parametrize(("later", "handles"), [("2026-03-12", False), ("2026-09-06", False), ("2026-09-20", True)])
def test_an_open_complaint_of_the_same_person_within_180_days_advises_against_its_target(
    file_complaint, record_of, transaction, later, handles
):
    file_complaint("earlier")
    record_of(lambda record: record.set("accused_staff", ["wang"]), "earlier")
    file_complaint("case-1", {**SUBMITTED, "narrative": "又是同一位工作人员。"}, at=local(later), number="TS-1")
    with clock.at(local(later)), transaction() as session:
        rule = RULES[8]
        if handles:
            rule(session, facts())
        else:
            with pytest.raises(access_rules.AccusedRecently, match="a lead may still assign it"):
                rule(session, facts())
            rule(session, facts(insisted=True))
            rule(session, facts(username="li"))
            rule(session, facts("approver"))


def test_a_closed_complaint_advises_against_nobody(file_complaint, record_of, transaction):
    file_complaint("earlier")
    record_of(
        lambda record: [record.set("accused_staff", ["wang"]), record.set("closed_at", local("2026-03-11"))], "earlier"
    )
    file_complaint("case-1", at=local("2026-03-12"))
    with clock.at(local("2026-03-12")), transaction() as session:
        RULES[8](session, facts())


def test_a_complainant_of_whom_nothing_is_known_has_no_other_complaint(file_complaint, transaction):
    file_complaint("case-1", {"narrative": "匿名投诉。", "channel": "CH.PORTAL"})
    with clock.at(local("2026-03-11")), transaction() as session:
        RULES[8](session, facts())


def test_every_refusal_names_its_rule():
    for number, rule in enumerate(RULES, 1):
        assert f"rule {number})" in rule.error().message


def test_a_case_that_is_no_complaint_is_nobodys(transaction):
    with transaction() as session:
        for rule in RULES:
            rule(session, facts("handler"))


def test_every_kind_of_unit_has_groups_that_head_it():
    keys = {group.key for group in processes.load()["complaint"].groups}

    assert set(access_rules.HEADS) == set(KINDS)
    assert set().union(*access_rules.HEADS.values()) <= keys
