"""The page with all ways to complain: made of tables, for everybody, to be printed."""

import pytest
from lxml import html

from engine import reference
from processes.complaint.counting import Period
from tests.webforms.conftest import Browser
from webforms.channels import promised, qr_code


@pytest.fixture
def consumer(bank_app):
    return Browser(bank_app)


def test_channels_addresses_periods_and_others_stand_on_one_page(consumer):
    text = consumer.get("/channels").text()

    for told in (
        "Hotline 400-000-0000",
        "2 Centre Street",
        "15 days",
        "60 days",
        "consumer hotline 12378",
        "mediation",
    ):
        assert told in text
    assert "https://example.test/track/complain" in text


def test_what_the_tables_say_is_what_is_shown(consumer):
    rows = tuple(row | {"phone": "010-1234"} for row in reference.rows("addresses") if row["unit"] == "OUTLET")

    with reference.instead("addresses", rows):
        text = consumer.get("/channels").text()

    assert "010-1234" in text
    assert "East Street" not in text


def test_a_channel_that_is_closed_is_not_shown(consumer):
    rows = tuple(
        row | {"effective_to": "2026-01-01"} if row["code"] == "CH.APP" else row for row in reference.rows("code_lists")
    )

    with reference.instead("code_lists", rows):
        assert "Mobile app" not in consumer.get("/channels").text()


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(1, "CD"), "1 day"),
        (Period(3, "BD"), "3 working days"),
        (Period(24, "H"), "24 hours"),
        (Period(8, "W"), "8 weeks"),
    ],
)
def test_periods_are_told_in_words(bank_app, period, words):
    with bank_app.test_request_context(headers={"Accept-Language": "en"}):
        assert promised(period) == words


def test_the_address_of_the_form_stands_there_as_a_qr_code(consumer):
    page = consumer.get("/channels")
    address = page.text(".ways-address a")

    assert address.endswith("/complain")
    drawn = html.tostring(page.find(".ways-qr svg")[0], encoding="unicode")
    assert drawn.strip() == html.tostring(html.fromstring(str(qr_code(address))), encoding="unicode")
