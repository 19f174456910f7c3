"""Logging in and out: who gets in, where to, and what a refusal says."""

import pytest

from engine import identity
from engine.queries.audit import audit_lines
from tests.office.installation import NOW, PASSWORD


@pytest.fixture
def stranger(browser):
    return browser()


def test_the_right_password_leads_to_the_tasks(stranger):
    assert stranger.post("/login", username="Ann ", password=PASSWORD).to == "/tasks"
    assert "Ann" in stranger.get("/tasks").text("header")


def test_a_wrong_password_is_refused_without_saying_what_was_wrong(stranger):
    for username in ("ann", "nobody"):
        page = stranger.post("/login", status=422, username=username, password="wrong")
        assert "The user name or the password is wrong." in page.text("[role=alert]")
        assert page.value("#username") == username


def test_too_many_failures_lock_the_name_out(stranger):
    for _ in range(identity.FAILURES):
        stranger.post("/login", status=422, username="ann", password="wrong")
    page = stranger.post("/login", status=429, username="ann", password=PASSWORD)

    assert "after 15 minutes" in page.text("[role=alert]")


def test_a_refusal_speaks_the_language_of_the_reader(browser):
    page = browser(language="zh").post("/login", status=422, username="ann", password="wrong")

    assert "用户名或密码不正确" in page.text("[role=alert]")


def test_who_is_not_logged_in_is_led_back_after_logging_in(stranger):
    to = stranger.get("/tasks?box=all", status=302).to
    assert to == "/login?next=/tasks?box%3Dall"

    page = stranger.get(to)
    then = page.value("main input[name=next]")
    assert stranger.post("/login", username="ann", password=PASSWORD, next=then).to == "/tasks?box=all"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example"]
)
def test_nobody_is_led_to_another_place(stranger, elsewhere):
    assert stranger.post("/login", username="ann", password=PASSWORD, next=elsewhere).to == "/tasks"


def test_logging_out_ends_the_session(office, browser):
    mine = browser(office.ann)
    mine.post("/logout")

    mine.get("/tasks", status=302)


def test_coming_failing_and_going_stand_in_the_audit_stream(office, stranger):
    stranger.post("/login", status=422, username="ann", password="wrong")
    stranger.post("/login", username="ann", password=PASSWORD)
    stranger.post("/logout")
    stranger.post("/logout")

    rows = office.ask(audit_lines, day=NOW.date(), username="ann").rows
    assert sorted(row.kind for row in rows) == ["log_in_failed", "logged_in", "logged_out"]


def test_a_raised_epoch_ends_sessions_elsewhere(office, browser):
    mine = browser(office.ann)
    mine.get("/tasks")
    with office.site.database.transaction() as session:
        identity.raise_epoch(session, office.ann.id)

    mine.get("/tasks", status=302)


def test_the_front_door_leads_staff_to_tasks_and_others_to_the_public_page(office, browser, stranger):
    assert browser(office.ann).get("/", status=302).to == "/tasks"
    assert stranger.get("/", status=302).to == "/complain"


def test_a_program_is_told_to_log_in(stranger):
    answer = stranger.get("/tasks", status=401, headers={"Accept": "application/json"}).answer

    assert answer.json["message"] == "You were logged out. Log in and try again."
