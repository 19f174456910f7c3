"""What happened in a case, line by line, and its head."""

from datetime import timedelta

import pytest

from engine import commands, queries
from engine.errors import NotFound
from tests.office.installation import NOW


@pytest.fixture
def head(office):
    def ask(case_id, actor=office.ann, language="en"):
        more = {"actor": actor, "language": language, "now": NOW}
        return office.ask(queries.case_head, office.site, case_id, **more)[1]

    return ask


@pytest.fixture
def told(office):
    def ask(case_id, actor=office.ann):
        def read(session):
            instance = queries.visible_instance(session, office.site, case_id, actor)
            return queries.timeline(session, office.site, instance, actor=actor, language="en")

        return office.ask(read)

    return ask


def test_history_is_told_backwards_with_names(office, told):
    case_id = office.start()
    office.review(case_id)
    lines = [each for each in told(case_id) if not each.is_fine]

    assert [(each.kind, each.actor, each.element) for each in lines] == [
        ("task_submitted", "Ann", "Review"),
        ("task_claimed", "Ann", "Review"),
        ("instance_started", "Ann", ""),
    ]
    assert [each.number for each in lines] == sorted((each.number for each in lines), reverse=True)


def test_who_is_given_a_task_is_named_and_why(office, told):
    case_id = office.start()
    task_id = office.open_task(case_id)
    commands.assign_task(office.site, task_id, "ben", why="knows the customer", actor=office.eva, now=NOW)
    line = next(each for each in told(case_id) if each.kind == "task_assigned")

    assert line.detail["to"] == "Ben"
    assert line.text == "knows the customer"


def test_what_a_repair_changed_is_for_those_who_may_repair(office, told):
    case_id = office.start()
    commands.set_variables(office.site, case_id, {"amount": 9}, "a slip", actor=office.eva, now=NOW)

    assert told(case_id, office.eva)[0].changes == {"amount": ("7", "9")}
    assert told(case_id)[0].changes == {}
    assert told(case_id)[0].text == "a slip"


def test_an_erased_case_keeps_its_lines_without_texts(office, told):
    case_id = office.start()
    commands.add_comment(office.site, case_id, "call back", actor=office.ann, now=NOW)
    assert told(case_id)[0].text == "call back"
    commands.cancel_instance(office.site, case_id, "mistake", actor=office.eva, now=NOW)
    commands.erase_person(office.site, case_id, "on request", actor=office.eva, now=NOW)

    lines = told(case_id)
    assert {"commented", "instance_cancelled", "person_erased"} <= {each.kind for each in lines}
    assert not any(each.text for each in lines)


def test_the_head_says_who_has_it_and_what_comes_next(office, head):
    case_id = office.start()
    (task,) = head(case_id).tasks
    assert (task.name, task.assignee, task.groups) == ("Review", "", ("Clerks",))
    assert head(case_id).ahead[0] == "Approve"
    assert head(case_id, language="zh").ahead[0] != "Approve"

    office.claim(case_id)
    assert head(case_id).tasks[0].assignee == "Ann"
    office.review(case_id)
    assert [task.name for task in head(case_id).tasks] == ["Approve"]
    assert "Review" not in head(case_id).ahead


def test_the_head_of_an_ended_case_asks_nobody(office, head):
    case_id = office.start()
    office.review(case_id)
    office.approve(case_id)
    found = head(case_id)

    assert (found.tasks, found.ahead, found.may_send) == ((), (), ())
    assert (found.is_active, found.ended_by) == (False, "Settled")


def test_what_failed_and_who_follows_stand_in_the_head(office, head):
    case_id = office.start("a", "13")
    office.review(case_id)
    office.approve(case_id)
    commands.follow_case(office.site, case_id, actor=office.ben)

    assert [each.element for each in head(case_id).incidents] == ["Announce"]
    assert head(case_id, office.ben).is_following
    assert not head(case_id).is_following


def test_the_head_is_for_those_who_may_see_the_case(office, head):
    with pytest.raises(NotFound):
        head(office.start(), office.out)
    with pytest.raises(NotFound):
        head("nothing")


def test_an_urgent_task_says_so(office, head):
    (task,) = head(office.start()).tasks

    assert task.due_at is None or task.due_at > NOW - timedelta(days=1)
    assert task.urgency in {"", "today", "soon", "later", "overdue"}
