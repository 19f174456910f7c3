"""Large print and simple words: switched without a script, kept in a cookie, and nothing typed is lost."""

import pytest

from tests.bank import ANSWERS
from tests.webforms.conftest import Browser


@pytest.fixture
def consumer(bank_app):
    return Browser(bank_app)


def classes(page):
    return page.find("body")[0].get("class").split()


def test_a_switch_holds_for_all_public_pages_until_it_is_pressed_again(consumer):
    assert consumer.post("/reading", way="large", next="/channels").to == "/channels"
    assert "large-print" in classes(consumer.get("/complain"))
    assert "large-print" in classes(consumer.get("/track"))

    consumer.post("/reading", way="large")

    assert "large-print" not in classes(consumer.get("/complain"))


def test_both_switches_hold_together(consumer):
    consumer.post("/reading", way="large")
    consumer.post("/reading", way="easy")

    assert {"large-print", "easy"} <= {*classes(consumer.get("/complain"))}


def test_simple_words_replace_the_long_ones(consumer):
    consumer.post("/reading", way="easy")

    text = consumer.get("/complain").text()

    assert "Tell us what happened." in text
    assert "arbitration" not in text


def test_switching_in_the_form_keeps_what_was_typed(consumer):
    page = consumer.post("/complain/form", 200, _step="check", _reading="large", **ANSWERS)

    assert "large-print" in classes(page)
    assert ANSWERS["complaint.narrative"] in page.text()
    assert "large-print" in classes(consumer.get("/complain"))


@pytest.mark.parametrize("address", ["https://elsewhere.test/", "//elsewhere.test"])
def test_a_switch_leads_to_no_other_site(consumer, address):
    assert consumer.post("/reading", way="large", next=address).to == "/complain"
