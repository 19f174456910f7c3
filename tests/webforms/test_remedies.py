"""After a decision the consumer asks for a review on the page of the case, without JavaScript."""

from datetime import timedelta

import pytest

from engine import clock
from engine.models import ProcessInstance, Subscription
from processes.complaint.matters import asking
from processes.complaint.matters.letters import open_matter
from tests.bank import NOW
from tests.webforms.conftest import Browser

LATER = NOW + timedelta(days=5)
ASKED = {"grounds": "result", "wish": "请重新核查年费是否应当退还。", "received_on": "2026-03-04"}


@pytest.fixture
def filed(bank):
    """A complaint that was decided on 4 March."""
    filed = bank.file()
    bank.change(filed.case_id, decided_at=NOW + timedelta(days=2), status="answered")
    return filed


@pytest.fixture
def consumer(bank_app, filed):
    browser = Browser(bank_app)
    with clock.at(LATER):
        browser.post("/track", 303, number=filed.number, code=filed.code)
        yield browser


def review(bank):
    with bank.reading() as session:
        case = session.query(ProcessInstance).filter_by(key="review").one()
        record = open_matter(session, bank.site, case.id)
        paths = ("complaint.number", "review.grounds", "review.wish", "review.in_time", "review.apply_by")
        return [record.get(path) for path in paths]


def test_before_a_decision_no_review_is_offered(bank, bank_app):
    other = bank.file()
    browser = Browser(bank_app)
    browser.post("/track", 303, number=other.number, code=other.code)

    assert "Not satisfied" not in browser.get("/track/case").text()
    browser.post("/track/review", 409, **ASKED)


@pytest.mark.parametrize(("language", "day"), [("en", "April 3, 2026"), ("zh", "2026年4月3日")])
def test_a_decided_complaint_offers_it_and_says_until_when(bank_app, filed, language, day):
    browser = Browser(bank_app, language=language)
    with clock.at(LATER):
        browser.post("/track", 303, number=filed.number, code=filed.code)
        assert day in browser.get("/track/case").text()


def test_a_request_begins_a_review_of_this_complaint(bank, consumer, filed):
    assert consumer.post("/track/review", 303, **ASKED).to == "/track/case"

    number, grounds, wish, in_time, apply_by = review(bank)
    assert (number, grounds, wish, in_time) == (filed.number, ["result"], ASKED["wish"], True)
    assert apply_by.isoformat() == "2026-04-03"
    page = consumer.get("/track/case").text()
    assert "Not satisfied" not in page
    assert ASKED["wish"] in page


def test_a_second_request_is_told_that_there_is_one(consumer):
    consumer.post("/track/review", 303, **ASKED)

    assert "asked for already" in consumer.post("/track/review", 409, **ASKED).text(".error-summary")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"grounds": ""}, "list review_ground"),
        ({"wish": "no"}, "5 to 2000"),
        ({"received_on": ""}, "Give the day"),
        ({"received_on": "2026-03-01"}, "not before it was sent"),
        ({"received_on": "2026-12-01"}, "Give the day"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(consumer, changed, why):
    page = consumer.post("/track/review", 422, **{**ASKED, **changed})

    assert why in page.text(".error-summary")
    assert page.find("details[open]")


def test_a_proposal_is_answered_only_while_somebody_waits_for_it(bank, consumer, filed, monkeypatch):
    assert "We have a proposal" not in consumer.get("/track/case").text()
    assert "no longer open" in consumer.post("/track/proposal", 409, reply="accept").text(".error-summary")

    with bank.database.transaction() as session:
        waiting = session.query(Subscription).filter_by(instance_id=filed.case_id).first()
        waiting.name = asking.PROPOSAL
    assert "We have a proposal" in consumer.get("/track/case").text()
    assert "5 to 2000" in consumer.post("/track/proposal", 422, reply="counter", proposal_text="no").text(
        ".error-summary"
    )
