"""A consumer puts the form aside, takes it up again elsewhere, and a rested page loses nothing."""

import pytest
from sqlalchemy import select

from processes.complaint.intake.tables import KeptForm
from tests.bank import ANSWERS
from tests.webforms.bank import file_complaint
from tests.webforms.conftest import Browser


@pytest.fixture
def consumer(bank_app):
    return Browser(bank_app)


def put_aside(browser, step="check"):
    return browser.post("/complain/keep", 200, _step=step, **ANSWERS).text(".reference-box strong")


def kept(bank):
    with bank.database.reading() as session:
        return session.scalars(select(KeptForm)).all()


def test_a_form_put_aside_goes_on_where_it_was_left_in_another_browser(consumer, bank_app, bank):
    code = put_aside(consumer)

    page = Browser(bank_app).post("/complain/continue", 200, code=code)

    assert page.text("h1") == "Check your answers"
    assert ANSWERS["complaint.narrative"] in page.text()


def test_sending_the_form_erases_what_was_put_aside(consumer, bank):
    put_aside(consumer)
    assert len(kept(bank)) == 1

    file_complaint(consumer)

    assert kept(bank) == []


def test_a_wrong_code_says_the_same_whatever_is_wrong_with_it(consumer):
    told = {consumer.post("/complain/continue", 422, code=code).text("[role=alert]") for code in ("ABCD", "", "x" * 30)}

    assert len(told) == 1


def test_a_page_that_rested_too_long_keeps_what_was_typed(consumer, bank_app, bank):
    bank_app.config["WTF_CSRF_ENABLED"] = True

    page = consumer.post("/complain/form", 422, _step="check", **ANSWERS)

    assert "Nothing is lost" in page.text("#messages")
    assert ANSWERS["complaint.narrative"] in page.text()
    assert kept(bank) == []


def test_the_code_is_shown_once_and_the_page_says_until_when(consumer):
    page = consumer.post("/complain/keep", 200, _step="", **ANSWERS)

    assert "until March 16, 2026" in page.text()
    assert not consumer.get("/complain/continue").find(".reference-box")
