"""Who must not work on a companion case because of its complaint."""

import pytest

from engine.applications import TaskFacts
from engine.errors import NotAllowed
from engine.models import UserTask
from processes.complaint.matters.access import refuse_first_decision, refuse_named

EXAMINE = {"role": "reviewer", "not_involved": "true"}


@pytest.fixture
def review(bank, desk):
    """A review of a complaint in which wang was the handler and li answers for the accused unit."""
    filed = bank.file()
    bank.change(filed.case_id, handler="wang", accused_staff=["li"])
    desk.send("review_request", filed.number)
    return desk.cases("review")[0], filed.case_id


def facts(case, person, properties=EXAMINE):
    return TaskFacts(case, "review_examine", properties, person.id, frozenset(), {})


def test_who_is_named_in_the_complaint_does_nothing_in_cases_about_it(bank, review):
    li, other = bank.person("li"), bank.person("zhao")
    with bank.database.reading() as session:
        with pytest.raises(NotAllowed, match="concerns you"):
            refuse_named(session, facts(review[0], li))
        refuse_named(session, facts(review[0], other))


def test_who_took_part_in_the_first_decision_does_not_review_it(bank, review):
    case, complaint = review
    wang, approver, caller = (bank.person(name) for name in ("wang", "wu", "qin"))
    with bank.database.transaction() as session:
        template = session.query(UserTask).filter_by(instance_id=complaint).first()
        for person, role in ((approver, "approver"), (caller, "followup")):
            session.add(UserTask(**{**columns(template), "id": f"t-{role}", "completed_by": person.id, "role": role}))
    with bank.database.reading() as session:
        for person in (wang, approver):
            with pytest.raises(NotAllowed, match="first decision"):
                refuse_first_decision(session, facts(case, person))
            refuse_first_decision(session, facts(case, person, {"role": "owner"}))
        refuse_first_decision(session, facts(case, caller))


def columns(row):
    return {column.key: getattr(row, column.key) for column in UserTask.__table__.columns}
