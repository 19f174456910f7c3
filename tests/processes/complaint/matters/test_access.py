"""Recusal in companion cases: the complaint that they are about counts, through the commands that people use."""

import pytest

from engine import clock, commands
from engine.errors import NotAllowed
from engine.models import UserTask
from processes.complaint.access_rules import (
    ComplainantObjected,
    DeclaredInterest,
    DidTheBusiness,
    HeadOfAccusedUnit,
    NamedInComplaint,
)
from processes.complaint.facts import set_fact
from processes.complaint.tables import Complaint

NOT_AGAIN = "took part in the first decision"


@pytest.fixture
def complaint(bank):
    return bank.file()


@pytest.fixture
def review(bank, desk, complaint):
    """A review that was admitted, and waits to be examined."""
    desk.send("review_request", complaint.number, **{"matter.review.grounds": ["result"]})
    [case] = desk.cases("review")
    desk.complete(case, bank.person("ying", "intake"), matter__review__admission="admit")
    return case


def claim(desk, case, actor):
    with clock.at(desk.now):
        commands.claim_task(desk.site, desk.task(case), actor=actor, now=desk.now)


def holder(bank, desk, case):
    """Who has the open task of a case."""
    with bank.database.reading() as session:
        return session.get_one(UserTask, desk.task(case)).assignee_id


def acted(bank, case_id, person, role):
    """Let somebody have completed a task of the complaint in a role."""
    with bank.database.transaction() as session:
        task = session.query(UserTask).filter_by(instance_id=case_id).first()
        done = {"status": "completed", "completed_by": person.id, "role": role, "priority": 20, "item": ""}
        session.add(
            UserTask(
                id=f"{person.username}-{role}",
                instance_id=case_id,
                definition_id=task.definition_id,
                element_id=task.element_id,
                created_at=task.created_at,
                **done,
            )
        )


def note(bank, case_id, **facts):
    with bank.database.transaction() as session:
        for name, value in facts.items():
            set_fact(session.get_one(Complaint, case_id), name, value)


@pytest.mark.parametrize("role", ["handler", "approver", "dept", "intake", "legal"])
def test_whoever_acted_in_the_complaint_does_not_review_it(bank, desk, complaint, review, role):
    he = bank.person("he", "reviewer")
    acted(bank, complaint.case_id, he, role)

    with pytest.raises(NotAllowed, match=NOT_AGAIN + "|another must act"):
        claim(desk, review, he)
    claim(desk, review, bank.person("shen", "reviewer"))


@pytest.mark.parametrize("role", ["followup", "qa"])
def test_whoever_came_after_the_decision_may_review_it(bank, desk, complaint, review, role):
    he = bank.person("he", "reviewer")
    acted(bank, complaint.case_id, he, role)

    claim(desk, review, he)

    assert holder(bank, desk, review) == he.id


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"accused_staff": ["he"]}, NamedInComplaint),
        ({"sales_staff": "he"}, DidTheBusiness),
        ({"accused_unit": "OUTLET"}, HeadOfAccusedUnit),
    ],
)
def test_whom_a_complaint_is_about_does_not_review_it(bank, desk, complaint, review, columns, error):
    he = bank.person("he", "reviewer", "approver_t2@OUTLET")
    bank.change(complaint.case_id, **columns)

    with pytest.raises(error):
        claim(desk, review, he)


@pytest.mark.parametrize(
    ("facts", "error"), [({"declared": ["he"]}, DeclaredInterest), ({"recused": ["he"]}, ComplainantObjected)]
)
def test_who_declared_an_interest_or_was_objected_to_stays_away(bank, desk, complaint, review, facts, error):
    note(bank, complaint.case_id, **facts)

    with pytest.raises(error):
        claim(desk, review, bank.person("he", "reviewer"))


def test_named_staff_have_no_part_in_a_rectification_and_the_handler_may(bank, desk, complaint):
    desk.send("rectification", complaint.number, **{"matter.rectification.problem": "收费前没有提示。"})
    [case] = desk.cases("rectification")
    bank.change(complaint.case_id, accused_staff=["he"], handler="lin")

    with pytest.raises(NamedInComplaint):
        claim(desk, case, bank.person("he", "cp_manager"))
    claim(desk, case, bank.person("lin", "cp_manager"))


def test_the_handler_of_the_complaint_approves_nothing_in_its_companions(bank, desk, complaint, review):
    shen, he = bank.person("shen", "reviewer"), bank.person("he", "approver_t4")
    bank.change(complaint.case_id, handler="he")
    desk.complete(
        review,
        shen,
        matter__review__process_ok="ok",
        matter__review__time_ok="ok",
        matter__review__result_ok="ok",
        matter__review__finding="调取了系统记录、通话录音和审批材料，办理程序完整，依据充分，没有发现遗漏的事实。",
        matter__review__outcome="uphold",
    )

    with pytest.raises(NotAllowed, match="approve, follow up or check it|" + NOT_AGAIN):
        claim(desk, review, he)


def test_a_case_about_no_complaint_keeps_nobody_away(bank, desk):
    desk.send("rectification")
    [case] = desk.cases("rectification")

    he = bank.person("he", "cp_manager")
    claim(desk, case, he)

    assert holder(bank, desk, case) == he.id
