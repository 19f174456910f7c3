"""A partner's page: the link opens it, nothing else does, and it says nothing beyond the questions."""

import re

import pytest

from engine import clock, commands, jobs
from engine.commands import Submitted
from engine.identity import SYSTEM
from engine.models import ProcessInstance, UserTask
from tests.bank import NOW
from tests.webforms.conftest import Browser

QUESTIONS = "请说明三月一日扣款的授权方式。"


@pytest.fixture
def secret(bank):
    """The secret in the mail to a partner who was asked something."""
    filed, manager = bank.file(), bank.person("lu", "dept_partner")
    with clock.at(NOW):
        commands.correlate_message(
            bank.site, "partner_enquiry", {}, business_key=filed.number, sender_key="k", actor=SYSTEM, now=NOW
        )
        with bank.database.reading() as session:
            task_id = session.query(UserTask.id).filter_by(element_id="partner_enquiry_prepare").scalar()
        commands.claim_task(bank.site, task_id, actor=manager, now=NOW)
        asked = {"matter.partner.key": "P.PAY", "matter.partner.questions": QUESTIONS}
        commands.complete_task(bank.site, task_id, Submitted(values=asked), actor=manager, now=NOW)
        jobs.tick(bank.site, NOW)
    [text] = [text for to, _, text, _, _ in bank.post.sent if to == "complaints@payments.example"]
    return re.search(r"/partner/(\w+)", text)[1]


@pytest.fixture
def partner(bank_app, secret):
    browser = Browser(bank_app)
    assert browser.get(f"/partner/{secret}", 302).to == "/partner"
    return browser


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_shows_questions_and_nothing_of_the_consumer(bank_app, secret, language):
    browser = Browser(bank_app, language=language)
    browser.get(f"/partner/{secret}", 302)
    page = browser.get("/partner").text("main")

    assert QUESTIONS in page
    assert not re.search(r"王小明|13800138000|TS-\d", page)


def test_the_address_of_the_page_does_not_hold_the_secret(partner, secret):
    assert secret not in partner.get("/partner").answer.text


def test_an_answer_is_taken_once(bank, partner, secret, bank_app):
    done = partner.post("/partner", 200, answer="客户输入密码完成。", signed_by="示例丙", view="not_our_fault")

    assert "Thank you" in done.text("h1")
    partner.get("/partner", 404)
    Browser(bank_app).get(f"/partner/{secret}", 404)
    with bank.database.reading() as session:
        case = session.query(ProcessInstance).filter_by(key="partner_enquiry").one().id
        assert session.query(UserTask).filter_by(instance_id=case, status="open").one().element_id == (
            "partner_enquiry_check"
        )


def test_what_is_missing_is_said_and_what_was_typed_stays(partner):
    page = partner.post("/partner", 422, answer="我们正在核对。", signed_by="", view="unclear")

    assert "Say who answers" in page.text(".error-summary")
    assert page.text("textarea") == "我们正在核对。"


def test_all_that_is_missing_is_said_at_once_each_at_its_field(partner):
    page = partner.post("/partner", 422, answer=" ", signed_by="")

    assert [link.get("href") for link in page.find(".error-summary a")] == ["#answer", "#view-our_fault", "#signed_by"]
    assert "Please write your answer." in page.text("#answer-error")
    assert "Say what you found." in page.text("#view-error")
    assert page.value("#signed_by", "aria-describedby") == "signed_by-error"


@pytest.mark.parametrize("address", ["/partner", "/partner/", "/partner/00000000000000000000000000000000"])
def test_without_the_link_there_is_nothing_to_see(bank_app, secret, address):
    page = Browser(bank_app).get(address, 404)

    assert QUESTIONS not in page.answer.text
