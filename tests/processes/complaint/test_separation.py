"""Recusal at work on real complaints: who is given a step, who is refused, and where it goes instead."""

import pytest
from sqlalchemy import select

from engine import access, clock, commands, history, queries
from engine.assignment import Assignment
from engine.execution import TaskOpened
from engine.identity import SYSTEM
from engine.models import ProcessInstance, UserTask
from processes.complaint.access_rules import ComplainantObjected, DeclaredInterest, NamedInComplaint
from tests.bank import NOW
from tests.processes.complaint.test_budget import REGISTERED

OFFICE = "approver_t2@OUTLET"


@pytest.fixture
def case_id(bank):
    case_id = bank.file().case_id
    bank.work()
    return case_id


def note(bank, case_id, **values):
    """What is found out about the complaint: paths of its record."""
    with bank.database.transaction() as session:
        session.info["vault"] = bank.site.vault
        record = bank.site.applications["complaint"].record.open(session, case_id)
        for path, value in values.items():
            record.set(path, value)


def open_task(bank, element_id):
    with bank.reading() as session:
        return session.scalars(select(UserTask.id).filter_by(element_id=element_id, status="open")).one()


def given(bank, case_id, group, role="approver"):
    """Who would be given a new task of the case, and what history would say."""
    opened = TaskOpened(
        token_id="t",
        element_id="approve",
        definition_id=1,
        item="",
        assignee="",
        groups=(group,),
        users=(),
        due_at=None,
        follow_up_at=None,
        priority=50,
        role=role,
        properties={"role": role, "assign": "auto"},
    )
    with bank.reading() as session:
        one = Assignment(session, bank.site.applications["complaint"], case_id, NOW).given([opened])["t"]
        names = [actor for actor in PEOPLE if one.person_id == PEOPLE[actor]]
    return (names or [None])[0], [(line.kind, line.detail.get("to")) for line in one.lines]


PEOPLE = {}


@pytest.fixture(autouse=True)
def people(bank):
    PEOPLE.clear()
    for username, grant in (
        ("head1", "approver_t2@OUTLET"),
        ("head2", "approver_t2@OUTLET2"),
        ("branch", "approver_t2@BRANCH"),
        ("top", "approver_t2@HQ"),
    ):
        PEOPLE[username] = bank.person(username, grant).id


def test_the_head_of_the_accused_outlet_does_not_approve_and_the_superior_unit_does(bank, case_id):
    note(bank, case_id, accused_staff=["teller"])
    assert given(bank, case_id, OFFICE) == ("head1", [("task_given", "head1")])

    note(bank, case_id, accused_unit="OUTLET")
    assert given(bank, case_id, OFFICE) == ("branch", [("task_moved_up", "BRANCH"), ("task_given", "branch")])

    note(bank, case_id, recused=["branch"])
    assert given(bank, case_id, OFFICE) == ("top", [("task_moved_up", "HQ"), ("task_given", "top")])

    note(bank, case_id, declared=["top"])
    assert given(bank, case_id, OFFICE) == (None, [("nobody_eligible", None)])


def test_an_outlet_that_is_not_accused_approves_itself(bank, case_id):
    note(bank, case_id, accused_unit="OUTLET2")

    assert given(bank, case_id, OFFICE)[0] == "head1"
    assert given(bank, case_id, "approver_t2@OUTLET2")[0] == "branch"


def test_a_named_person_is_refused_and_the_attempt_is_in_the_history(bank, case_id):
    named = bank.person("li", "intake")
    note(bank, case_id, accused_staff=["li"])
    with bank.reading() as session:
        task_id = queries.tasks_of(session, case_id, SYSTEM, "en", NOW)[0].id

    with pytest.raises(NamedInComplaint, match="rule 1"):
        commands.claim_task(bank.site, task_id, actor=named, now=clock.now())
    with pytest.raises(NamedInComplaint):
        commands.assign_task(bank.site, task_id, "li", actor=bank.person("root", "admin"), now=clock.now())

    with bank.reading() as session:
        lines = history.read(session, bank.site.vault, history.instance_stream(case_id))
        people = queries.assignable_people(session, bank.site, task_id, access.offers(session, task_id))
    refused = [
        (line.actor, line.detail["person"], line.detail["rule"]) for line in lines if line.kind == "task_refused"
    ]
    assert refused == [("li", "li", "NamedInComplaint"), ("root", "li", "NamedInComplaint")]
    assert people == ()


def test_whoever_has_a_task_cannot_complete_it_once_an_objection_is_accepted(bank, case_id):
    clerk = bank.person("li", "intake")
    with bank.reading() as session:
        task_id = queries.tasks_of(session, case_id, SYSTEM, "en", NOW)[0].id
    commands.claim_task(bank.site, task_id, actor=clerk, now=clock.now())
    note(bank, case_id, recused=["li"])

    with pytest.raises(ComplainantObjected, match="rule 8"):
        commands.complete_task(bank.site, task_id, commands.Submitted(values={}), actor=clerk, now=clock.now())


def work(bank, clerk, element, answers):
    """Somebody takes a step and completes it."""
    task_id = open_task(bank, element)
    commands.claim_task(bank.site, task_id, actor=clerk, now=clock.now())
    commands.complete_task(bank.site, task_id, commands.Submitted(answers), actor=clerk, now=clock.now())


RETURNED = {"assignment_reply": ["reject"], "reject_reason": ["conflict"], "reject_note": ["客户是我的亲戚"]}


def test_whoever_returns_a_case_for_a_conflict_of_interest_is_not_asked_again(bank, case_id):
    clerk = bank.person("li", "intake", "handler_credit", "cp_manager")
    work(bank, clerk, "register", REGISTERED | {"complaint.received_at": ["2026-03-02T08:30"]})
    work(bank, clerk, "accept_assignment", RETURNED)

    with bank.reading() as session:
        assert bank.site.applications["complaint"].record.open(session, case_id).get("declared") == ["li"]
    with pytest.raises(DeclaredInterest, match="rule 4"):
        commands.claim_task(bank.site, open_task(bank, "assign"), actor=clerk, now=clock.now())


def test_what_such_a_person_had_open_in_the_case_is_given_anew(bank, case_id):
    clerk = bank.person("li", "intake", "handler_credit")
    work(bank, clerk, "register", REGISTERED | {"complaint.received_at": ["2026-03-02T08:30"]})
    with bank.reading() as session:
        number = session.get_one(ProcessInstance, case_id).business_key
    commands.correlate_message(
        bank.site, "extension", {}, business_key=number, sender_key="x", actor=clerk, now=clock.now()
    )
    extension = open_task(bank, "request_extension")
    commands.claim_task(bank.site, extension, actor=clerk, now=clock.now())

    lead = bank.person("boss", "cp_manager")
    work(bank, clerk, "accept_assignment", RETURNED)

    with bank.reading() as session:
        lines = history.read(session, bank.site.vault, history.instance_stream(case_id))
        told = {line.kind: line.detail for line in lines if line.kind in {"people_barred", "task_released"}}
        nobody = [line.detail["task"] for line in lines if line.kind == "nobody_eligible"]
    assert told == {"people_barred": {"people": ["li"]}, "task_released": {"task": extension, "from": "li"}}
    assert extension in nobody
    commands.claim_task(bank.site, extension, actor=lead, now=clock.now())


def test_a_complaint_concerns_its_units_as_they_become_known(bank, case_id):
    application = bank.site.applications["complaint"]
    note(bank, case_id, accused_unit="OUTLET", received_by_unit="HQ.CC", co_units=["dept_it@HQ.IT", "legal"])
    note(bank, case_id, institution_unit="the outlet near my home", unit="BRANCH2")
    with bank.reading() as session:
        found = list(application.units_of(application.record.open(session, case_id)))

    assert application.organisation().placed(found) == {"HQ", "OUTLET", "HQ.CC", "HQ.IT", "BRANCH2"}
