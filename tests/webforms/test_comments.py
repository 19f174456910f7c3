"""Comments on the pages of a case and of its tasks."""

import pytest

from engine import clock, commands
from tests.bank import NOW as BANK_NOW
from tests.office.installation import NOW
from tests.webforms.bank import file_complaint
from tests.webforms.conftest import Browser


@pytest.fixture
def case_id(office):
    return office.start()


def say(office, case_id, text, actor=None):
    return commands.add_comment(office.site, case_id, text, actor=actor or office.ann, now=NOW)


def test_a_comment_is_written_on_the_page_of_the_case_and_read_on_that_of_a_task(office, browser, case_id):
    page, task_id = browser(office.ann), office.claim(case_id)
    answer = page.post(f"/instances/{case_id}/comments", text="Have a look, @ben", next=f"/tasks/{task_id}")

    assert answer.to == f"/tasks/{task_id}#comments"
    shown = page.get(f"/tasks/{task_id}")
    assert shown.text(".comment-list .comment-text") == "Have a look, @ben"
    assert "Ben @ben" in shown.text("section p")
    case = page.get(f"/instances/{case_id}")
    assert "Ann" in case.text(".line-comment")
    assert case.text(".timeline .comment-text") == "Have a look, @ben"


def test_a_notification_of_a_comment_leads_to_the_comments_of_the_case(office, browser, case_id):
    say(office, case_id, "@ben please")
    page = browser(office.ben)
    shown = page.get("/notifications")

    assert "Ann mentioned you in a comment" in shown.text(".news-list")
    assert page.post(shown.find(".news-list form")[0].get("action")).to == f"/instances/{case_id}#comments"


def test_a_refused_comment_is_shown_again_with_what_was_typed(office, browser, case_id):
    shown = browser(office.ann).post(f"/instances/{case_id}/comments", 422, text="@nobody look")

    assert "There is nobody called “nobody”" in shown.text(".error-summary")
    assert shown.text("textarea") == "@nobody look"
    assert "There is nobody called" in shown.text("#comment-error")
    again = browser(office.ann).post(f"/instances/{case_id}/comments", 422, text="@out look")
    assert "Otto may not see this case" in again.text(".error-summary")


def test_sending_twice_writes_once(office, browser, case_id):
    page = browser(office.ann)
    for _ in range(2):
        page.post(f"/instances/{case_id}/comments", text="once", key="00000000-0000-0000-0000-000000000001")

    assert page.get(f"/instances/{case_id}").all(".timeline .comment-text") == ["once"]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "👩‍👩‍👧 好的", "مرحبا بالعالم", "x" * 5000])
def test_any_text_is_shown_as_text_in_its_own_direction(office, browser, case_id, text):
    say(office, case_id, text)
    shown = browser(office.ann).get(f"/instances/{case_id}")

    assert shown.find(".timeline .comment-text")[0].text == text
    assert shown.value(".timeline .comment-text", "dir") == "auto"
    assert shown.find(".timeline script") == []


def test_following_and_taking_back(office, browser, case_id):
    page = browser(office.ben)
    assert "Follow" in page.get(f"/instances/{case_id}").all("button")
    shown = page.get(page.post(f"/instances/{case_id}/follow", follow="yes").to)
    assert "Stop following" in shown.all("button")
    page.post(f"/instances/{case_id}/follow", follow="no")
    assert "Follow" in page.get(f"/instances/{case_id}").all("button")

    number = say(office, case_id, "hasty", office.ben)
    shown = page.get(page.post(f"/instances/{case_id}/comments/{number}/withdraw").to)
    assert "taken back" in shown.all(".line-comment bdi")
    assert "hasty" not in shown.answer.text


def test_who_may_not_see_the_case_is_told_it_is_not_there(office, browser, case_id):
    page = browser(office.out)

    page.post(f"/instances/{case_id}/comments", 404, text="hello")
    page.post(f"/instances/{case_id}/comments", 404, text="")
    page.post(f"/instances/{case_id}/follow", 404, follow="yes")


def test_other_installations_are_not_gone_back_to(office, browser, case_id):
    answer = browser(office.ann).post(f"/instances/{case_id}/comments", text="hi", next="//evil.test/")

    assert answer.to == f"/instances/{case_id}#comments"


def test_the_consumer_reads_nothing_of_comments(bank, bank_app):
    with clock.at(BANK_NOW):
        browser = Browser(bank_app)
        number, code = file_complaint(browser)
        joe = bank.person("joe", "intake")
        commands.add_comment(bank.site, bank.only_case_id(), "For us only", actor=joe, now=BANK_NOW)
        browser.post("/track", 303, number=number, code=code)

        shown = browser.get("/track/case").answer.text
    assert number in shown
    assert "For us only" not in shown
    assert "omment" not in shown
