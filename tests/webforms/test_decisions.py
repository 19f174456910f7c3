"""Decisions on the board: read first, approve with one press, refuse with a reason, by the rules of the form."""

import pytest

from engine import identity
from engine.models import GroupLead, UserTask


@pytest.fixture
def task_id(office):
    """A review that nobody has taken; its form says what approving answers."""
    with office.site.database.transaction() as session:
        session.add(GroupLead(group_key="chiefs", led_key="clerks"))
    return office.open_task(office.start())


@pytest.fixture
def ben(office, browser, task_id):
    return browser(office.ask(identity.actor, office.ben.id))


def status(office, task_id):
    with office.site.database.reading() as session:
        task = session.get_one(UserTask, task_id)
        return task.status, task.completed_by or task.assignee_id


def test_the_board_lists_what_waits_with_a_link_and_without_buttons(ben, task_id):
    page = ben.get("/board")

    assert "Review R-ALPHA" in page.text(".decision")
    assert page.value(".decision a", "href") == f"/board/decisions/{task_id}"
    assert not page.find("button[value=approve]")


def test_the_buttons_stand_behind_what_is_to_be_read(ben, task_id):
    page = ben.get(f"/board/decisions/{task_id}")
    text = page.text("#decision")

    assert text.index("Amount asked for: 7") < text.index("By approving you answer: Verdict: Agree")
    assert page.find("#decision button[value=approve]")
    assert page.find("#decision [name=why]")


def test_one_press_approves_by_the_form(office, ben, task_id):
    answer = ben.post(f"/board/decisions/{task_id}", _act="approve")

    assert answer.to == "/board#decisions"
    assert status(office, task_id) == ("completed", office.ben.id)
    assert "Done: “Review” of R-ALPHA." in ben.get("/board").text("#messages")


def test_refusing_without_a_reason_is_told_in_place_and_nothing_typed_is_lost(office, ben, task_id):
    page = ben.post(f"/board/decisions/{task_id}", 422, _act="refuse", verdict="no", why="")

    assert "“Why” must be filled in" in page.text(".error-summary")
    assert page.value("details[open] input[checked]", "value") == "no"
    assert status(office, task_id)[0] == "open"


def test_refusing_with_a_reason_completes_the_task(office, ben, task_id):
    ben.post(f"/board/decisions/{task_id}", _act="refuse", verdict="no", why="No receipt was handed in.")

    assert status(office, task_id) == ("completed", office.ben.id)


def test_what_somebody_else_has_can_only_be_read(office, ben, task_id):
    with office.site.database.transaction() as session:
        session.get_one(UserTask, task_id).assignee_id = office.ann.id

    assert not ben.get(f"/board/decisions/{task_id}").find("button[value=approve]")
    assert "Ann" in ben.post(f"/board/decisions/{task_id}", 409, _act="approve").text(".notice-error")
    assert status(office, task_id) == ("open", office.ann.id)


def test_deciding_twice_changes_nothing(ben, task_id):
    ben.post(f"/board/decisions/{task_id}", _act="approve")

    assert "no longer" in ben.post(f"/board/decisions/{task_id}", 409, _act="approve").text(".notice-error")


def test_a_task_without_such_a_form_opens_as_a_task(office, ben):
    case_id = office.start("beta")
    office.review(case_id)
    task_id = office.open_task(case_id, "Approve")

    assert ben.get(f"/board/decisions/{task_id}", 302).to == f"/tasks/{task_id}"
    assert ben.post(f"/board/decisions/{task_id}").to == f"/tasks/{task_id}"
