"""A consumer files a complaint without an account: in steps, in either language, and exactly once."""

import io

import pytest
from sqlalchemy import func, select

from engine import reference
from engine.models import Attachment, ProcessInstance
from processes.complaint.register import REGISTER
from processes.complaint.tables import Complaint
from tests.bank import ANSWERS, NOW
from tests.webforms.bank import file_complaint
from tests.webforms.conftest import Browser


@pytest.fixture
def consumer(bank_app):
    return Browser(bank_app)


def first_page(browser):
    return browser.get("/complain/form")


def count(bank, table):
    with bank.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_the_first_page_tells_how_it_goes_on_and_other_ways(consumer):
    text = consumer.get("/complain").text()

    assert "within 15 days" in text
    for way in ("400-000-0000, day and night", "Monday to Friday from 9:00 to 17:00", "1 Example Road"):
        assert way in text


def test_a_channel_that_has_ended_is_told_no_more(consumer):
    ended = {"CH.PHONE", "CH.COUNTER", "CH.LETTER", "CH.PORTAL"}
    rows = [
        row | {"effective_to": "2026-01-01"} if row["code"] in ended else row for row in reference.rows("code_lists")
    ]

    with reference.instead("code_lists", tuple(rows)):
        page = consumer.get("/complain")
        refused = consumer.get("/complain/form", 404).text()

    assert not page.find("main .btn-primary")
    for way in ("400-000-0000, day", "from 9:00", "By letter"):
        assert way not in page.text()
    assert "No complaint can be made here at the moment" in refused


def test_each_group_of_the_form_is_a_page_of_its_own(consumer):
    page = first_page(consumer)

    assert page.text("h1") == "Who you are"
    assert "Step 1 of 5" in page.text()
    assert not page.find("textarea")


def test_what_is_wrong_on_a_page_is_shown_there_and_nothing_of_later_pages(consumer):
    step = first_page(consumer).value("input[name=_step]")

    page = consumer.post("/complain/form", 422, _step=step, **{"complaint.capacity": "self"})

    assert page.all(".alert li") == ["“Name or organisation” must be filled in"]
    assert page.text("h1") == "Who you are"


def test_the_answers_of_other_pages_travel_along(consumer):
    step = first_page(consumer).value("input[name=_step]")
    sent = {
        "complaint.capacity": "self",
        "complaint.person.full_name": "王小明",
        "complaint.person.id_type": "",
        "complaint.language": "en",
    }

    page = consumer.post("/complain/form", 200, _step=step, **sent)

    assert page.text("h1") == "How to reach you"
    hidden = {each.get("name"): each.get("value") for each in page.find("input[type=hidden]")}
    assert hidden["complaint.person.full_name"] == "王小明"


def test_questions_that_an_answer_brings_up_are_asked_before_going_on(consumer):
    step = first_page(consumer).value("input[name=_step]")
    sent = {"complaint.capacity": "self", "complaint.person.full_name": "王", "complaint.person.id_type": "resident_id"}

    page = consumer.post("/complain/form", 200, _step=step, **sent)

    assert page.text("h1") == "Who you are"
    assert "Resident identity number" in page.text()
    assert "more questions" in page.text()


def test_the_other_language_keeps_what_was_typed(consumer):
    step = first_page(consumer).value("input[name=_step]")

    page = consumer.post("/complain/form", 200, _step=step, _language="zh", **{"complaint.person.full_name": "Li"})

    assert page.text("h1") == "您是谁"
    assert "Li" in [each.get("value") for each in page.find("input")]
    assert page.tree.get("lang") == "zh-Hans"


def test_files_are_asked_for_on_the_last_page_only(consumer):
    before = first_page(consumer)
    last = consumer.post("/complain/form", 200, _step="", _to="check", **ANSWERS)

    assert not before.find("input[type=file]")
    assert last.text("h1") == "Check your answers"
    assert "信用卡年费未经告知被收取" in last.text()
    assert len(last.find("input[type=file]")) == 1


def test_a_complaint_gets_number_and_code_and_is_stored(consumer, bank):
    number, code = file_complaint(consumer, attachments=(io.BytesIO(b"a receipt"), "receipt.txt"))

    with bank.database.reading() as session:
        session.info["vault"] = bank.site.vault
        row = session.scalars(select(Complaint)).one()
        record = REGISTER.open(session, row.instance_id)
        assert (row.number, row.channel, row.received_at) == (number, "CH.PORTAL", NOW)
        assert record.get("person.full_name") == "王小明"
    assert len(code) == 10
    assert count(bank, Attachment) == 1


def test_the_channel_is_not_for_the_consumer_to_say(consumer, bank):
    with_channel = {**ANSWERS, "complaint.channel": "CH.REG.PBOC"}

    consumer.post("/complain/form", 303, _step="check", **with_channel)

    with bank.database.reading() as session:
        assert session.scalar(select(Complaint.channel)) == "CH.PORTAL"


def test_sending_twice_makes_one_complaint(consumer, bank):
    key = "7f0b3a52-5a0a-4a53-9a51-0d9d7a4d8a11"

    for _ in range(2):
        consumer.post("/complain/form", 303, key=key, _step="check", **ANSWERS)

    assert count(bank, ProcessInstance) == 1


def test_an_answer_that_is_missing_leads_back_to_its_page(consumer, bank):
    page = consumer.post("/complain/form", 422, _step="check", **{**ANSWERS, "complaint.narrative": ""})

    assert page.text("h1") == "What happened"
    assert count(bank, ProcessInstance) == 0


def test_a_refused_file_is_named_at_its_field(consumer, bank):
    sent = {**ANSWERS, "attachments": (io.BytesIO(b"MZ\x90\x00" * 20), "invoice.pdf")}

    page = consumer.post("/complain/form", 422, _step="check", **sent)

    assert "invoice.pdf" in page.text(".alert li")
    assert page.find(".alert li a")
    assert count(bank, ProcessInstance) == 0


def test_a_program_that_fills_in_the_hidden_field_files_nothing(consumer, bank):
    consumer.post("/complain/form", 422, _step="check", _website="https://example.test", **ANSWERS)

    assert count(bank, ProcessInstance) == 0


def test_the_code_is_not_shown_for_ever(bank_app, consumer, bank):
    file_complaint(consumer)

    consumer.post("/complain/receipt")

    assert not consumer.get("/complain/receipt").find(".reference-box")
    assert not Browser(bank_app).get("/complain/receipt").find(".reference-box")
