"""The consumer follows a complaint with number and access code, and nobody else learns anything of it."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import clock
from engine.errors import NotAllowed, NotFound
from engine.models import HistoryEvent, Message, Subscription, UserTask
from processes.complaint import consumer as acts
from processes.complaint import messages, visits
from tests.bank import NOW
from tests.webforms.bank import file_complaint
from tests.webforms.conftest import Browser


@pytest.fixture
def filed(bank_app):
    return file_complaint(Browser(bank_app))


@pytest.fixture
def consumer(bank_app, filed):
    browser = Browser(bank_app)
    browser.post("/track", 303, number=filed[0], code=filed[1])
    return browser


def kinds(bank, table, column):
    with bank.database.reading() as session:
        return list(session.scalars(select(getattr(table, column)).order_by(getattr(table, column))))


def test_number_and_code_open_the_complaint(consumer, filed):
    page = consumer.get("/track/case")

    assert filed[0] in page.text("h1")
    assert page.all("dd")[1] == "March 17, 2026 (in 2 weeks)"


def test_a_code_is_read_as_people_type_it(bank_app, filed):
    typed = f" {filed[1][:5].lower()}-{filed[1][5:].lower()} "

    Browser(bank_app).post("/track", 303, number=filed[0].lower(), code=typed)


def test_a_wrong_code_and_an_unknown_number_look_the_same(bank_app, filed):
    wrong = Browser(bank_app).post("/track", 422, number=filed[0], code="AAAAAAAAAA").text(".error-summary")
    unknown = (
        Browser(bank_app).post("/track", 422, number="TS-20260101-HQ-99999", code="AAAAAAAAAA").text(".error-summary")
    )

    assert wrong == unknown


def test_after_five_wrong_codes_even_the_right_one_must_wait(bank_app, filed):
    for _ in range(5):
        Browser(bank_app).post("/track", 422, number=filed[0], code="AAAAAAAAAA")

    Browser(bank_app).post("/track", 429, number=filed[0], code=filed[1])
    with clock.at(NOW + timedelta(minutes=16)):
        Browser(bank_app).post("/track", 303, number=filed[0], code=filed[1])


def test_a_visit_ends_by_itself_and_by_leaving(bank_app, consumer, filed):
    with clock.at(NOW + timedelta(minutes=31)):
        assert consumer.get("/track/case", 302).to == "/track"
    consumer.post("/track", 303, number=filed[0], code=filed[1])
    consumer.post("/track/leave")
    assert consumer.get("/track/case", 302).to == "/track"
    assert Browser(bank_app).get("/track/case", 302).to == "/track"


def test_notices_to_the_consumer_can_be_read(consumer, bank):
    bank.work()

    page = consumer.get("/track/case")
    links = [each.get("href") for each in page.find(".file-list a") if "/notices/" in each.get("href")]

    assert len(links) == 1
    assert "王小明" in consumer.get(links[0]).text()
    consumer.get("/track/notices/none", 404)


def test_material_reaches_the_case_with_its_files_once(consumer, bank):
    key = "5a1f0a1e-0d3e-4f6e-9df4-1f40c5a3a111"
    for _ in range(2):
        sent = {"text": "新的情况", "files": (io.BytesIO(b"a bill"), "bill.txt")}
        consumer.post("/track/material", 303, key=key, **sent)

    page = consumer.get("/track/case")
    assert page.text().count("新的情况") == 1
    assert page.text().count("bill.txt") == 1
    assert kinds(bank, Message, "state") == ["delivered"]
    assert "assess_material" in kinds(bank, UserTask, "element_id")


def test_a_refused_file_is_told_at_its_field_and_the_text_stays(consumer, bank):
    sent = {"text": "新的情况", "files": (io.BytesIO(b"MZ\x90\x00" * 20), "photo.jpg")}

    page = consumer.post("/track/material", 422, **sent)

    assert "photo.jpg" in page.text("#more-files-error")
    assert page.text("textarea") == "新的情况"
    assert kinds(bank, Message, "state") == []


def test_nothing_at_all_is_not_sent(consumer):
    assert "Write something" in consumer.post("/track/material", 422, text=" ").text(".error-summary")


def test_withdrawing_is_asked_twice_and_then_confirmed_by_staff(consumer, bank):
    consumer.post("/track/withdraw", 422, reason="solved")
    consumer.post("/track/withdraw", 303, reason="solved", sure="1")

    assert "You asked to withdraw" in consumer.get("/track/case").text()
    assert "confirm_withdrawal" in kinds(bank, UserTask, "element_id")


def test_once_a_measure_has_begun_it_is_too_late_to_withdraw_and_the_page_says_why(consumer, bank):
    bank.change(bank.only_case_id(), measure_started_at=NOW)

    assert "begun to carry out" in consumer.get("/track/withdraw").text()
    page = consumer.post("/track/withdraw", 409, reason="solved", sure="1")
    assert "ask for a review" in page.text()
    assert "confirm_withdrawal" not in kinds(bank, UserTask, "element_id")


def test_the_survey_is_shown_only_while_the_case_waits_for_it(consumer, bank):
    case_id = bank.only_case_id()
    assert "How did we do?" not in consumer.get("/track/case").text()
    with bank.database.transaction() as session:
        session.add(
            Subscription(
                id="survey",
                instance_id=case_id,
                element_id="x",
                name="survey",
                business_key="elsewhere",
                created_at=NOW,
            )
        )

    page = consumer.get("/track/case")
    assert "How did we do?" in page.text()
    again = consumer.post("/track/survey", 422, score_process="5", comment="谢谢")
    assert "three questions" in again.text(".error-summary")
    assert again.text("#comment") == "谢谢"
    consumer.post("/track/survey", 303, score_process="5", score_result="4", solved="yes", comment="谢谢")
    assert kinds(bank, Message, "name") == ["survey"]


def test_answers_to_a_closed_survey_are_refused(consumer):
    page = consumer.post("/track/survey", 409, score_process="5", score_result="4", solved="yes")

    assert "survey is closed" in page.text(".error-summary")


@pytest.mark.parametrize(("number", "contact"), [("", "wang@example.test"), ("TS-20260302-HQ-00001", " ")])
def test_asking_for_a_lost_code_needs_a_number_and_a_contact(bank_app, bank, number, contact):
    page = Browser(bank_app).post("/track/lost-code", 422, number=number, contact=contact)

    assert "Give the number" in page.text(".error-summary")
    assert page.find("#number")[0].get("value") == number
    assert bank.post.sent == []


def test_a_lost_code_gives_the_same_answer_whether_or_not_there_is_such_a_complaint(bank_app, filed, bank):
    sent = [
        Browser(bank_app).post("/track/lost-code", 200, number=number, contact=contact)
        for number, contact in [
            (filed[0], "wang@example.test"),
            (filed[0], "other@example.test"),
            ("TS-20260101-HQ-99999", "wang@example.test"),
        ]
    ]
    for each in sent:
        each.answer.close()

    assert len({each.text() for each in sent}) == 1
    assert [to for to, *_ in bank.post.sent] == ["wang@example.test"]
    text = bank.post.sent[0][2]
    assert filed[0] in text
    assert filed[1] not in text


def test_a_new_code_ends_the_old_one_and_its_visits(consumer, bank_app, filed, bank):
    visits.send_new_code(bank.site, filed[0], "13800138000", NOW)

    consumer.get("/track/case", 302)
    Browser(bank_app).post("/track", 422, number=filed[0], code=filed[1])


def test_without_e_mail_the_staff_are_told_and_the_old_code_stays(bank_app, bank):
    number, code = file_complaint(
        Browser(bank_app), **{"complaint.person.email": "", "complaint.preferred_channel": "phone"}
    )

    for _ in range(2):
        visits.send_new_code(bank.site, number, "138 0013 8000", NOW)

    with bank.database.reading() as session:
        session.info["vault"] = bank.site.vault
        told = messages.messages(session, bank.only_case_id())
    assert ["查询码" in each.text for each in told] == [True]
    assert bank.post.sent == []
    Browser(bank_app).post("/track", 303, number=number, code=code)


def test_staff_give_a_new_code_after_an_identity_check_and_it_is_recorded(bank_app, filed, bank):
    case_id = bank.only_case_id()
    agent = Browser(bank_app, bank.person("agent", "intake"))

    agent.post(f"/instances/{case_id}/access-code", 422)
    code = agent.post(f"/instances/{case_id}/access-code", 200, identity_check="document").text(".reference-box strong")

    Browser(bank_app).post("/track", 422, number=filed[0], code=filed[1])
    Browser(bank_app).post("/track", 303, number=filed[0], code=code)
    with bank.database.reading() as session:
        line = session.scalars(select(HistoryEvent).where(HistoryEvent.kind == "access_code_reissued")).one()
        assert line.actor == "agent"
        assert code.encode() not in line.detail


def test_who_does_not_work_with_complaints_gives_no_codes(filed, bank):
    case_id = bank.only_case_id()

    with pytest.raises(NotFound):
        visits.reissue_code(bank.site, case_id, "document", actor=bank.person("guest"), now=NOW)
    with pytest.raises(NotAllowed):
        visits.reissue_code(bank.site, case_id, "document", actor=bank.person("revisor", "auditor"), now=NOW)


def test_scores_lie_between_one_and_five(filed, bank):
    with pytest.raises(acts.InvalidInput):
        acts.answer_survey(bank.site, bank.only_case_id(), acts.Survey(6, 1, "yes"), sender_key="k", now=NOW)
