"""The demo's bar: time goes on at a click, and the mail that was sent can be read."""

from datetime import UTC, datetime, timedelta

import pytest

from engine import clock, travel
from engine.mail import FolderMail
from tests.bank import NOW, Bank
from tests.webforms.bank import file_complaint, pages_of
from tests.webforms.conftest import Browser
from webforms import demo


class DemoBank(Bank):
    """The installation as a demo: marked, with its mail in a folder."""

    def __init__(self, folder):
        super().__init__(folder)
        self.mail = FolderMail(folder / "mailbox")
        self.site.ports["mail"] = self.mail
        travel.mark(self.site, travel.DEMO)
        travel.set_clock(self.site, NOW)


@pytest.fixture
def bank(tmp_path):
    bank = DemoBank(tmp_path)
    yield bank
    clock.set_offset(timedelta())
    bank.database.dispose()


@pytest.fixture
def app(bank, tmp_path):
    app = pages_of(bank.site, tmp_path)
    demo.init_app(app, bank.site)
    return app


@pytest.fixture
def browser(app):
    return Browser(app)


def now_of(page):
    return datetime.fromisoformat(page.value(".demo-bar time", "datetime"))


def test_every_page_shows_the_virtual_time(browser):
    assert abs(now_of(browser.get("/login")) - NOW) < timedelta(minutes=1)


@pytest.mark.parametrize(("step", "hours"), [("hour", 1), ("day", 24)])
def test_time_goes_on_by_a_step_for_everybody(browser, app, step, hours):
    assert browser.post("/demo/travel", 303, step=step, next="/login").to == "/login"
    shown = now_of(Browser(app).get("/login"))
    assert abs(shown - NOW - timedelta(hours=hours)) < timedelta(minutes=1)


def test_the_next_deadline_is_where_something_happens(browser, bank):
    file_complaint(browser)
    browser.post("/demo/travel", 303, step="deadline")
    due = travel.next_in_cases(bank.site)

    browser.post("/demo/travel", 303, step="deadline", next="/login")
    page = browser.get("/login")
    assert abs(now_of(page) - due) < timedelta(minutes=1)
    assert "timer" in page.text("#messages")


def test_where_nothing_is_due_the_page_says_so(browser):
    browser.post("/demo/travel", 303, step="deadline", next="/login")

    assert "Nothing is due" in browser.get("/login").text("#messages")


def test_an_unknown_step_is_refused(browser):
    assert "by an hour, by a day" in browser.post("/demo/travel", 422, step="century").text()


def test_nobody_is_led_to_a_foreign_page(browser):
    assert browser.post("/demo/travel", 303, step="hour", next="//elsewhere.example").to == "/"


def test_time_of_a_real_database_does_not_move(tmp_path):
    real = Bank(tmp_path)
    app = pages_of(real.site, tmp_path)
    demo.init_app(app, real.site)

    answer = app.test_client().post("/demo/travel", data={"step": "hour"})
    assert answer.status_code >= 400
    real.database.dispose()


def test_without_the_demo_there_are_no_such_pages(bank, tmp_path):
    app = pages_of(bank.site, tmp_path)

    assert app.test_client().get("/demo/mailbox").status_code == 404
    assert b"demo-bar" not in app.test_client().get("/login").data


def send(bank, name, subject, at, text="One line.\n<b>not bold</b>"):
    with clock.at(at):
        bank.mail.send("wang@example.test", subject, text, message_id=name)


def test_the_mailbox_lists_the_newest_message_first(browser, bank):
    send(bank, "a1", "投诉收到确认", datetime(2026, 3, 2, 1, tzinfo=UTC))
    send(bank, "a2", "The decision", datetime(2026, 3, 9, 1, tzinfo=UTC))

    page = browser.get("/demo/mailbox")
    assert page.all("tbody th") == ["The decision", "投诉收到确认"]
    assert "wang@example.test" in page.text("tbody")


def test_an_empty_mailbox_says_what_will_be_there(browser):
    assert "No mail yet" in browser.get("/demo/mailbox").text()


def test_a_message_is_shown_as_text(browser, bank):
    send(bank, "a1", "投诉收到确认", NOW)

    page = browser.get("/demo/mailbox/a1")
    assert page.text("h1") == "投诉收到确认"
    assert "<b>not bold</b>" in page.text("article")
    assert not page.find("article b")


@pytest.mark.parametrize("name", ["none", "..%2Fredress", "a.b", "x" * 200])
def test_a_name_that_is_no_message_leads_nowhere(browser, name):
    browser.get(f"/demo/mailbox/{name}", 404)


def test_the_pages_are_there_in_chinese(app):
    assert Browser(app, language="zh").get("/demo/mailbox").find("h1")
