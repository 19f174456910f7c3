"""The page of a task, as people use it."""

import io
import uuid

import pytest

from engine import commands, queries
from engine.models import Draft, UserTask
from tests.office.installation import NOW


@pytest.fixture
def case_id(office):
    return office.start()


@pytest.fixture
def task_id(office, case_id):
    return office.claim(case_id)


def test_somebody_takes_a_task_from_the_list(office, browser, case_id):
    mine, task_id = browser(office.ann), office.open_task(case_id)

    assert mine.post(f"/tasks/{task_id}/claim").to == f"/tasks/{task_id}"
    assert "Taken by Ann" in mine.get(f"/tasks/{task_id}").text()


def test_a_task_that_nobody_took_is_shown_for_reading_only(office, browser, case_id):
    page = browser(office.ann).get(f"/tasks/{office.open_task(case_id)}")

    assert "Amount asked for: 7" in page.text()
    assert "Take this task" in page.text()
    assert not page.find("main input[type=radio], [data-unsaved-guard]")


def test_a_task_of_other_groups_does_not_exist(office, browser, case_id):
    browser(office.out).get(f"/tasks/{office.open_task(case_id)}", status=404)


def test_the_page_shows_the_instruction_and_the_answers_of_earlier_steps(office, browser, task_id):
    page = browser(office.ann).get(f"/tasks/{task_id}")

    assert "Check the request." in page.text(".notice-info")
    assert "Title alpha" in page.text("aside")


def test_what_was_answered_before_the_last_step_unfolds_or_has_a_page_of_its_own(office, browser, case_id):
    office.review(case_id)
    mine = browser(office.ben)
    page = mine.get(f"/tasks/{office.open_task(case_id, 'Approve')}")

    assert "Agree" in page.text("aside .answered")
    address = page.value("aside details[hx-get]", "hx-get")
    assert page.value("aside .answered a", "href") == address
    assert "alpha" not in page.text("aside .answered")
    assert "alpha" in mine.get(address).text("#answered")
    mine.get(f"{address}999", 404)


def test_a_faulty_form_comes_back_with_everything_typed(office, browser, task_id):
    page = browser(office.ann).post(f"/tasks/{task_id}", status=422, verdict="no", why="  ", _submit="1")

    assert "“Why” must be filled in" in page.text("[role=alert]")
    assert page.value("input[name=verdict][value=no]", "checked") is not None


def test_asking_anew_shows_the_question_that_an_answer_brings(office, browser, task_id):
    mine = browser(office.ann)

    assert not mine.get(f"/tasks/{task_id}").find("textarea[name=why]")
    assert mine.post(f"/tasks/{task_id}", status=200, verdict="no", _update="1").find("textarea[name=why]")


def test_rows_are_added_without_completing(office, browser, task_id):
    page = browser(office.ann).post(
        f"/tasks/{task_id}", status=200, verdict="yes", **{"_rows:items": "", "_add:items": "1"}
    )

    assert page.find("input[name=items-0-what]")
    assert office.ask(queries.task_counts, office.ann, NOW)["mine"] == 1


def test_a_draft_is_kept_and_shown_again(office, browser, task_id):
    mine = browser(office.ann)
    mine.post(f"/tasks/{task_id}", verdict="no", why="Not yet", _draft="1")
    page = mine.get(f"/tasks/{task_id}")

    assert page.text("textarea[name=why]") == "Not yet"
    assert "Draft of" in page.text("[data-autosave-status]")


def test_the_page_saves_drafts_by_itself(office, browser, task_id):
    answer = browser(office.ann).post(f"/tasks/{task_id}/draft", status=200, verdict="no").answer

    assert answer.json == {"savedAt": NOW.isoformat()}
    assert office.ask(lambda session: session.query(Draft).count()) == 1


def test_completing_leads_on_to_the_next_task_of_mine(office, browser, task_id):
    other = office.claim(office.start("beta"))

    assert browser(office.ann).post(f"/tasks/{task_id}", verdict="yes").to == f"/tasks/{other}"


def test_completing_the_last_one_leads_to_the_list_and_says_so(office, browser, task_id):
    mine = browser(office.ann)

    assert mine.post(f"/tasks/{task_id}", verdict="yes").to == "/tasks"
    assert "Done: “Review” of R-ALPHA." in mine.get("/tasks").text("#messages")


def test_sending_twice_does_it_once(office, browser, task_id):
    mine, key = browser(office.ann), str(uuid.uuid4())
    first = mine.post(f"/tasks/{task_id}", key=key, verdict="yes")
    second = mine.post(f"/tasks/{task_id}", key=key, verdict="yes")

    assert first.to == second.to
    done = office.ask(lambda session: session.query(UserTask).filter_by(status="completed").count())
    assert done == 1


def test_who_comes_too_late_sees_what_happened_and_what_was_typed(office, browser, task_id):
    commands.complete_task(office.site, task_id, commands.Submitted({"verdict": ["yes"]}), actor=office.ann, now=NOW)
    page = browser(office.ann).post(f"/tasks/{task_id}", status=409, verdict="no", why="My reasons")

    assert "Ann completed “Review”" in page.text()
    assert "My reasons" in page.text()


def test_a_task_given_to_somebody_else_is_not_completed(office, browser, task_id):
    commands.assign_task(office.site, task_id, "ben", actor=office.eva, now=NOW)

    assert "taken by Ben" in browser(office.ann).post(f"/tasks/{task_id}", status=409, verdict="yes").text()


def test_a_closed_task_shows_who_completed_it(office, browser, task_id):
    mine = browser(office.ann)
    mine.post(f"/tasks/{task_id}", verdict="yes")
    page = mine.get(f"/tasks/{task_id}")

    assert "Completed by Ann" in page.text()
    assert "Verdict Agree" in page.text("aside")


def test_who_reviewed_may_not_approve(office, browser, case_id):
    office.review(case_id)
    page = browser(office.ann).post(f"/tasks/{office.open_task(case_id, 'Approve')}/claim", status=403)

    assert "You already acted on this case as reviewer" in page.text()


def test_an_admin_assigns_and_the_assignee_gives_back(office, browser, case_id):
    task_id = office.open_task(case_id)
    boss = browser(office.eva)
    assert boss.get(f"/tasks/{task_id}").all("#username option")[1:] == ["Ann (ann)", "Ben (ben)"]

    boss.post(f"/tasks/{task_id}/assign", username="ben")
    assert office.ask(queries.task_counts, office.ben, NOW)["mine"] == 1
    browser(office.ben).post(f"/tasks/{task_id}/release")
    assert office.ask(queries.task_counts, office.ben, NOW)["mine"] == 0


def test_assigning_to_an_outsider_is_refused_in_words(office, browser, task_id):
    boss = browser(office.eva)
    boss.post(f"/tasks/{task_id}/assign", username="out")

    assert "Otto is in none of the task's groups" in boss.get(f"/tasks/{task_id}").text("#messages")


def test_files_go_with_the_form_and_appear_in_the_case(office, browser, task_id, case_id):
    mine = browser(office.ann)
    mine.post(f"/tasks/{task_id}", verdict="yes", proof=(io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "proof.pdf"))

    assert "proof.pdf" in mine.get(f"/tasks/{task_id}").text("aside .file-list")


def test_a_file_of_a_wrong_kind_is_refused_and_the_form_comes_back(office, browser, task_id):
    page = browser(office.ann).post(
        f"/tasks/{task_id}", status=422, verdict="yes", proof=(io.BytesIO(b"MZ\x90\x00"), "tool.exe")
    )

    assert "tool.exe" in page.text("[role=alert]")
