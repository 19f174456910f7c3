"""One task: what the person in front of it may do, and the form as it stands."""

import pytest

from engine import access, commands, queries
from engine.errors import NotFound
from tests.office.installation import NOW


@pytest.fixture
def detail(office):
    def ask(task_id, actor, language="en"):
        return office.ask(queries.task_detail, office.site, task_id, actor=actor, language=language, now=NOW)

    return ask


def test_what_one_may_do_changes_with_the_assignee(office, detail):
    task_id = office.open_task(office.start())
    before = detail(task_id, office.ann)
    assert (before.may_claim, before.may_release, before.may_complete, before.may_assign) == (True, False, False, False)

    commands.claim_task(office.site, task_id, actor=office.ann, now=NOW)
    after = detail(task_id, office.ann)
    assert (after.may_claim, after.may_release, after.may_complete) == (False, True, True)
    assert detail(task_id, office.eva).may_assign


def test_a_task_that_one_may_not_see_is_not_there(office, detail):
    with pytest.raises(NotFound):
        detail(office.open_task(office.start()), office.out)
    with pytest.raises(NotFound):
        detail("unknown", office.ann)


def test_the_instruction_is_the_readers_with_the_documentation_behind_it(office, detail):
    task_id = office.open_task(office.start())

    assert detail(task_id, office.ann, "en").instruction == "Check the request."
    assert detail(task_id, office.ann, "zh").instruction == "核对申请。"


def test_a_draft_belongs_to_the_one_who_typed_it(office, detail):
    task_id = office.claim(office.start())
    commands.save_draft(office.site, task_id, {"why": ["Hm"], "forged": ["x"]}, actor=office.ann, now=NOW)

    assert detail(task_id, office.ann).draft == {"why": ["Hm"]}
    assert detail(task_id, office.eva).draft == {}


def test_only_people_of_the_groups_can_be_given_the_task(office):
    task_id = office.open_task(office.start())

    offers = office.ask(access.offers, task_id)
    assert office.ask(queries.assignable_people, office.site, task_id, offers) == (("ann", "Ann"), ("ben", "Ben"))


def test_the_form_of_a_closed_task_can_still_be_shown(office, detail):
    case_id = office.start()
    task_id = office.open_task(case_id)
    office.review(case_id)
    closed = detail(task_id, office.ann)

    assert not closed.is_open
    assert closed.completed_by == "Ann"
    assert closed.form.view({}, "en").nodes
