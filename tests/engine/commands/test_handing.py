"""Tasks go from person to person: leads assign them, their owners hand them over to somebody who accepts."""

import pytest

from engine import commands
from engine.errors import InvalidInput, NotAllowed, NotFound, SeparationOfDuty, TaskTaken
from engine.models import UserTask
from tests.agreement import disagreements
from tests.applications import model
from tests.units import hire, one_task, open_units, user_task


class AdvisedAgainst(NotAllowed):
    """Better somebody else."""


def advise_against_kin(_session, facts):
    if facts.username == "kin" and not facts.insisted:
        raise AdvisedAgainst


@pytest.fixture
def office(database, vault, tmp_path):
    office = open_units(database, vault, tmp_path, access_rules=(advise_against_kin,))
    office.deploy(one_task("clerk@N1"))
    for name in ("joe", "sue", "kin"):
        hire(office, name, "clerk@N1")
    hire(office, "chief", "chief@N")
    hire(office, "south", "chief@S", "clerk@S1")
    yield office
    assert disagreements(office) == []


@pytest.fixture
def case(office):
    return office.start(by="root")


def last(office, case):
    return office.history(case)[-1]


def who(office):
    row = office.task("a")
    names = {actor.id: name for name, actor in office.people.items()}
    return names.get(row.assignee_id), names.get(row.handed_to_id)


@pytest.mark.store
def test_whoever_leads_the_group_there_assigns_moves_and_takes_over_its_tasks(office, case):
    task_id = office.task("a").id

    office.do(commands.assign_task, task_id, "joe", by="chief")
    office.do(commands.assign_task, task_id, "Sue", by="chief", why="joe is on a training")
    assert who(office) == ("sue", None)
    assert (last(office, case).kind, last(office, case).actor) == ("task_assigned", "chief")
    assert last(office, case).detail["from"] == "joe"
    assert last(office, case).values == {"reason": "joe is on a training"}
    for by, error in (("joe", NotAllowed), ("south", NotFound)):
        with pytest.raises(error):
            office.do(commands.assign_task, task_id, "joe", by=by)
    with pytest.raises(InvalidInput, match="South is in none of the task's groups"):
        office.do(commands.assign_task, task_id, "south", by="chief")


def test_a_rule_that_only_advises_is_overridden_by_a_lead_with_a_reason_and_then_for_good(office, case):
    task_id = office.task("a").id

    with pytest.raises(AdvisedAgainst):
        office.do(commands.claim_task, task_id, by="kin")
    with pytest.raises(AdvisedAgainst):
        office.do(commands.assign_task, task_id, "kin", by="chief")
    office.do(commands.assign_task, task_id, "kin", by="chief", why="nobody else speaks the language")
    office.do(commands.complete_task, task_id, commands.Submitted(values={}), by="kin")
    assert office.instance(case).status == "completed"


@pytest.mark.store
def test_a_refused_attempt_changes_nothing_and_is_on_record(office, case):
    task_id = office.task("a").id

    with pytest.raises(AdvisedAgainst):
        office.do(commands.claim_task, task_id, by="kin")
    with pytest.raises(AdvisedAgainst):
        office.do(commands.assign_task, task_id, "kin", by="root")

    lines = [line for line in office.history(case) if line.kind == "task_refused"]
    assert [(line.actor, line.detail["person"], line.detail["rule"]) for line in lines] == [
        ("kin", "kin", "AdvisedAgainst"),
        ("root", "kin", "AdvisedAgainst"),
    ]
    assert who(office) == (None, None)


@pytest.mark.store
def test_a_task_that_is_handed_over_stays_with_its_owner_until_it_is_accepted(office, case):
    task_id = office.claim("a", by="joe")

    office.do(commands.delegate_task, task_id, "sue", "she knows the customer", by="joe")
    assert who(office) == ("joe", "sue")
    office.do(commands.save_draft, task_id, {"verdict": ["yes"]}, by="joe")
    with pytest.raises(TaskTaken):
        office.do(commands.complete_task, task_id, commands.Submitted(values={}), by="sue")

    office.do(commands.accept_task, task_id, by="sue")
    assert who(office) == ("sue", None)
    assert [line.kind for line in office.history(case)][-3:] == ["task_claimed", "task_handed", "task_accepted"]
    assert last(office, case).detail == {"task": task_id, "from": "joe", "to": "sue"}


def test_a_task_that_is_declined_stays_where_it_is(office, case):
    task_id = office.claim("a", by="joe")
    office.do(commands.delegate_task, task_id, "sue", "too much to do", by="joe")

    with pytest.raises(InvalidInput, match="3 to 500"):
        office.do(commands.decline_task, task_id, " ", by="sue")
    office.do(commands.decline_task, task_id, "so have I", by="sue")

    assert who(office) == ("joe", None)
    assert (last(office, case).kind, last(office, case).values) == ("task_declined", {"reason": "so have I"})
    with pytest.raises(NotAllowed, match="Nobody asked you"):
        office.do(commands.accept_task, task_id, by="sue")


def test_one_hands_over_only_what_one_has_to_somebody_else_who_may_do_it(office, case):
    task_id = office.task("a").id

    with pytest.raises(NotAllowed, match="Only the person who has this task"):
        office.do(commands.delegate_task, task_id, "sue", "no reason", by="joe")
    office.claim("a", by="joe")
    for name, error in (
        ("joe", "you have this task"),
        ("south", "none of the task's groups"),
        ("nobody", "nobody called"),
    ):
        with pytest.raises(InvalidInput, match=error):
            office.do(commands.delegate_task, task_id, name, "a reason", by="joe")
    with pytest.raises(AdvisedAgainst):
        office.do(commands.delegate_task, task_id, "kin", "a reason", by="joe")
    with pytest.raises(InvalidInput, match="3 to 500"):
        office.do(commands.delegate_task, task_id, "sue", "", by="joe")


def test_giving_back_or_assigning_ends_what_was_handed_over(office, case):
    task_id = office.claim("a", by="joe")
    office.do(commands.delegate_task, task_id, "sue", "a reason", by="joe")
    office.do(commands.assign_task, task_id, "joe", by="chief")
    assert who(office) == ("joe", None)
    office.do(commands.delegate_task, task_id, "sue", "a reason", by="joe")
    office.do(commands.release_task, task_id, by="joe")
    assert who(office) == (None, None)


def test_separation_of_duty_holds_when_a_task_is_accepted(office):
    drafted = user_task("a", "clerk", role="author") + user_task("b", "clerk", not_role="author")
    office.deploy(model(drafted, "start > a > b > end"), base_id=None)
    case = office.start(by="root")
    office.complete("a", by="sue", case=case)
    task_id = office.claim("b", by="joe", case=case)

    with pytest.raises(SeparationOfDuty):
        office.do(commands.delegate_task, task_id, "sue", "a reason", by="joe")
    assert office.rows(UserTask, UserTask.id == task_id)[0].handed_to_id is None
