"""Completing, claiming, releasing, assigning tasks and keeping drafts."""

from datetime import timedelta

import pytest

from engine import commands
from engine.commands import Submitted
from engine.errors import InvalidForm, InvalidInput, NotAllowed, NotFound, TaskNotActive, TaskTaken
from engine.models import Draft, UserTask
from tests.applications import DESK, model, task, timer
from tests.counting import counting


@pytest.fixture
def case(office):
    office.deploy(DESK)
    return office.start()


@pytest.mark.store
def test_a_case_goes_from_task_to_work_to_message_to_task_to_its_end(office, case):
    office.complete("a", verdict="yes")
    assert office.tick().jobs == 1
    assert office.send("answered", case, colour="red") == "delivered"
    office.complete("b", by="ben")

    assert office.instance(case).status == "completed"
    assert office.instance(case).ended_by == "end"
    assert [work.variables["verdict"] for work in office.topics.calls] == ["yes"]


def test_completing_a_task_is_one_commit_and_at_most_fifteen_statements(office):
    escalated = task("second") + timer("late2", "second", "=file.clock.due_at", kind="Date") + task("c", "boss")
    tasks = task("first") + timer("late", "first", "P9D") + escalated
    office.deploy(model(tasks, "start > first > second > end; late2 > c > end2; late > c"))
    office.start(file__level=1)
    task_id = office.claim("first")

    with counting(office.site.database) as count:
        office.do(
            commands.complete_task,
            task_id,
            Submitted(values={"verdict": "yes", "file.level": 2, "file.clock.due_at": office.now}),
            by="ann",
            key="k",
        )

    assert count.commits == 1
    assert len(count.statements) <= 15, "\n".join(count.statements)


def test_answers_of_a_form_become_typed_values_and_faults_change_nothing(office, case):
    task_id = office.claim("a")
    before = office.instance(case).revision

    with pytest.raises(InvalidForm):
        office.do(commands.complete_task, task_id, Submitted({"amount": ["x"]}), by="ann")
    assert office.instance(case).revision == before

    office.do(commands.complete_task, task_id, Submitted({"verdict": ["yes"], "amount": ["12.50"]}), by="ann")
    submitted = next(entry for entry in office.history(case) if entry.kind == "task_submitted")
    assert (submitted.actor, submitted.at) == ("ann", office.now)
    assert {name: str(value) for name, value in submitted.values.items()} == {"verdict": "yes", "amount": "12.50"}


@pytest.mark.store
def test_the_same_key_twice_completes_once_and_gives_the_first_result(office, case):
    task_id = office.claim("a")
    first = office.do(commands.complete_task, task_id, Submitted(values={}), by="ann", key="k")
    again = office.do(commands.complete_task, task_id, Submitted(values={"other": 1}), by="ann", key="k")

    assert first == again == {"instance_id": case, "parked": False}
    assert office.kinds(case).count("task_submitted") == 1


def test_a_completed_task_cannot_be_completed_again(office, case):
    task_id = office.task("a").id
    office.complete("a")

    with pytest.raises(TaskNotActive, match="no longer open: Ann completed it"):
        office.do(commands.complete_task, task_id, Submitted(values={}), by="ann")


def test_due_timers_fire_before_the_command_in_transactions_of_their_own(office):
    office.deploy(model(task("a") + timer("late", "a", "P1D") + task("c"), "start > a > end; late > c > end2"))
    case = office.start()
    task_id = office.claim("a")
    office.now += timedelta(days=1)

    with pytest.raises(TaskNotActive, match="the case went on without it"):
        office.do(commands.complete_task, task_id, Submitted(values={}), by="ann")

    assert office.open(case) == ["c"]


def test_a_task_belongs_to_the_one_who_took_it_until_it_is_given_back(office, case):
    task_id = office.claim("a", by="ann")

    with pytest.raises(TaskTaken, match="taken by Ann"):
        office.do(commands.claim_task, task_id, by="ben")
    with pytest.raises(TaskTaken, match="taken by Ann"):
        office.do(commands.complete_task, task_id, Submitted(values={}), by="ben")
    with pytest.raises(NotAllowed):
        office.do(commands.release_task, task_id, by="ben")

    office.do(commands.release_task, task_id, by="ann")
    office.claim("a", by="ben")
    assert office.task("a").assignee_id == office.people["ben"].id


def test_taking_again_what_is_ones_own_leaves_no_second_line(office, case):
    office.claim("a")
    office.claim("a")

    assert office.kinds(case).count("task_claimed") == 1


def test_what_somebody_may_not_see_is_not_there_and_what_they_may_not_do_is_refused(office, case):
    task_id = office.task("a").id

    for command in (commands.claim_task, commands.release_task):
        with pytest.raises(NotFound):
            office.do(command, task_id, by="eva")
    with pytest.raises(NotFound):
        office.do(commands.complete_task, task_id, Submitted(values={}), by="eva")
    with pytest.raises(NotFound):
        office.do(commands.claim_task, "no such task", by="ann")
    with pytest.raises(NotAllowed, match="Take this task first"):
        office.do(commands.complete_task, task_id, Submitted(values={}), by="ann")
    with pytest.raises(NotAllowed):
        office.do(commands.claim_task, task_id, by="root")


def test_an_admin_assigns_a_task_to_somebody_who_may_do_it(office, case):
    task_id = office.task("a").id

    with pytest.raises(NotAllowed):
        office.do(commands.assign_task, task_id, "ben", by="ann")
    with pytest.raises(InvalidInput, match="nobody called"):
        office.do(commands.assign_task, task_id, "nobody", by="root")
    with pytest.raises(InvalidInput, match="Eva is in none of the task's groups"):
        office.do(commands.assign_task, task_id, "eva", by="root")
    office.do(commands.assign_task, task_id, "ben", by="root")
    office.do(commands.assign_task, task_id, "ann", by="root")

    line = office.history(case)[-1]
    assert (line.kind, line.actor, line.at) == ("task_assigned", "root", office.now)
    assert (line.detail["from"], line.detail["to"]) == ("ben", "ann")


def test_who_acted_in_a_role_may_not_do_the_task_that_excludes_it(office):
    excluded = (
        '<userTask id="b" camunda:candidateGroups="desk" camunda:formRef="answer"><extensionElements>'
        '<camunda:properties><camunda:property name="not_role" value="writer"/></camunda:properties>'
        "</extensionElements></userTask>"
    )
    writing = excluded.replace('id="b"', 'id="a"').replace("not_role", "role")
    office.deploy(model(writing + excluded, "start > a > b > end"))
    office.start()
    office.complete("a", by="ann")

    with pytest.raises(NotAllowed, match="already acted on this case as writer"):
        office.claim("b", by="ann")
    office.complete("b", by="ben")


@pytest.mark.store
def test_a_draft_is_kept_sealed_and_goes_with_the_task(office, case):
    task_id = office.claim("a")

    assert office.do(commands.save_draft, task_id, {"verdict": ["half"], "other": ["x"]}, by="ann") == office.now
    [draft] = office.rows(Draft)
    assert b"half" not in draft.sealed_values
    with office.site.database.reading() as session:
        place = commands.tasks.draft_place(task_id, draft.person_id)
        subject_id = office.instance(case).subject_id
        assert office.site.vault.open_json(session, subject_id, draft.sealed_values, place) == {"verdict": ["half"]}

    office.complete("a")
    assert office.rows(Draft) == []


def test_only_the_one_who_has_the_task_keeps_a_draft(office, case):
    with pytest.raises(NotAllowed):
        office.do(commands.save_draft, office.task("a").id, {}, by="ann")


def test_the_row_of_a_task_tells_who_did_it_and_when(office, case):
    office.wait(hours=3)
    office.complete("a", by="ben")

    [done] = office.rows(UserTask, UserTask.element_id == "a")
    assert (done.status, done.completed_by, done.closed_at) == ("completed", office.people["ben"].id, office.now)
