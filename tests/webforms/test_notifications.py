"""The bell, and the page behind it."""

import pytest

from engine import commands
from engine.models import Membership, Notification
from tests.counting import counting
from tests.office.installation import NOW


@pytest.fixture
def task_id(office):
    """Ann hands a task over to Ben."""
    task_id = office.claim(office.start())
    commands.delegate_task(office.site, task_id, "ben", "out today", actor=office.ann, now=NOW)
    return task_id


def bell(page):
    return page.text(".bell")


def test_the_bell_counts_what_is_new_and_the_page_says_what_it_is(office, browser, task_id):
    page = browser(office.ben)

    assert bell(page.get("/tasks")) == "Notifications 1 new"
    shown = page.get("/notifications")
    assert "Ann asks you to take over “Review”" in shown.text(".news-list")
    assert "R-ALPHA" in shown.text(".news-list")
    assert bell(browser(office.ann).get("/tasks")) == "Notifications"


def test_opening_one_leads_to_its_task_and_marks_it_as_read(office, browser, task_id):
    page = browser(office.ben)
    number = page.get("/notifications").find(".news-list form")[0].get("action")

    assert page.post(number).to == f"/tasks/{task_id}"
    assert bell(page.get("/tasks")) == "Notifications"
    assert page.get("/notifications?show=new").text(".empty-state").startswith("Nothing new")
    assert "asks you" in page.get("/notifications").text(".news-list")


def test_one_or_all_are_marked_as_read_without_going_there(office, browser, task_id):
    page = browser(office.ben)
    commands.decline_task(office.site, task_id, "no time", actor=office.ben, now=NOW)
    for _ in range(2):
        commands.delegate_task(office.site, task_id, "ben", "please", actor=office.ann, now=NOW)
    number = page.get("/notifications").value("input[name=notification]")

    page.post("/notifications/read", notification=number)
    assert bell(page.get("/tasks")) == "Notifications 2 new"
    shown = page.get(page.post("/notifications/read").to)
    assert "2 notifications are marked as read" in shown.text("#messages")
    assert bell(shown) == "Notifications"


def test_what_is_about_a_task_that_is_over_is_not_new_any_more(office, browser, task_id):
    commands.accept_task(office.site, task_id, actor=office.ben, now=NOW)
    commands.complete_task(office.site, task_id, commands.Submitted({"verdict": ["yes"]}), actor=office.ben, now=NOW)
    page = browser(office.ben)

    assert bell(page.get("/tasks")) == "Notifications"
    assert "Done" in page.get("/notifications").text(".news-list")


def test_the_notifications_of_others_are_not_there(office, browser, task_id):
    address = browser(office.ben).get("/notifications").find(".news-list form")[0].get("action")

    browser(office.ann).post(address, 404)
    browser(office.ann).post("/notifications/read")
    assert bell(browser(office.ben).get("/tasks")) == "Notifications 1 new"


def test_a_case_that_one_may_not_see_any_more_is_told_of_in_words(office, browser, task_id):
    address = browser(office.ben).get("/notifications").find(".news-list form")[0].get("action")
    commands.decline_task(office.site, task_id, "no time", actor=office.ben, now=NOW)
    with office.site.database.transaction() as session:
        session.query(Membership).filter_by(person_id=office.ben.id).delete()
    page = browser(office.ben)

    shown = page.get(page.post(address).to)
    assert "You may not see this case any more" in shown.text("#messages")
    assert bell(shown) == "Notifications"


def test_a_page_with_many_notifications_asks_few_questions(office, browser, task_id):
    with office.site.database.transaction() as session:
        row = session.query(Notification).one()
        columns = {"event": row.event, "actor": "ann", "instance_id": row.instance_id, "task_id": task_id}
        session.add_all(
            Notification(person_id=office.ben.id, created_at=NOW, mailing="", **columns) for _ in range(120)
        )
    page = browser(office.ben)
    with counting(office.site.database) as count:
        shown = page.get("/notifications")

    assert len(count.statements) <= 15, "\n".join(count.statements)
    assert bell(shown) == "Notifications 99+ new"
    assert "Page 1 of 5" in shown.text(".pages")
