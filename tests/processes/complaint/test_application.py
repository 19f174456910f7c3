"""What the folder tells the engine, and who must not touch a case."""

import pytest

import processes
from engine.applications import TaskFacts
from engine.errors import NotAllowed
from engine.models import Person
from processes.complaint.access_rules import refuse_accused
from tests.processes.complaint.filing import local


def test_the_folder_is_found_by_being_there():
    application = processes.load()["complaint"]
    assert application.record.name == "complaint"
    assert {"intake", "handler", "approver_t5", "reviewer"} <= {group.key for group in application.groups}
    assert {"notice", "matter_notice", "raise_warnings", "invite_partner"} <= set(application.topics)
    assert {"codes", "code_label", "business_days_after", "matter_due", "script"} <= set(application.functions)


@pytest.mark.parametrize(("path", "value"), [("accused_staff", ["wang"]), ("sales_staff", "wang")])
def test_staff_whom_a_complaint_concerns_do_nothing_in_it(file_complaint, record_of, transaction, path, value):
    file_complaint()
    record_of(lambda record: record.set(path, value))
    with transaction() as session:
        for number, username in enumerate(("wang", "li"), 1):
            session.add(Person(id=number, username=username, name=username, created_at=local("2026-01-01")))
        session.flush()
        with pytest.raises(NotAllowed, match="another person"):
            refuse_accused(session, facts(1))
        refuse_accused(session, facts(2))


def facts(person_id):
    return TaskFacts("case-1", "approve", {}, person_id, frozenset(), {})
