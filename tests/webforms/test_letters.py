"""The notices of a case for staff: how they went, the copy to print, and recording that one was handed over."""

import pytest

from engine import clock
from engine.applications import Work
from engine.queries.audit import audit_lines
from processes.complaint.topics import notice
from tests.bank import NOW
from tests.webforms.bank import file_complaint
from tests.webforms.conftest import Browser


@pytest.fixture
def li(bank):
    return bank.person("li", "liaison")


@pytest.fixture
def filed(bank, bank_app):
    """One complaint, acknowledged; gives the address of its case."""
    file_complaint(Browser(bank_app), **{"complaint.preferred_channel": "email"})
    bank.work()
    return f"/instances/{bank.only_case_id()}"


@pytest.fixture
def send(bank, filed):
    """Sends a notice as the diagram would: (inputs) → its id."""

    def send(work_id, **inputs):
        case_id = bank.only_case_id()
        notice(bank.site, Work(work_id, "notice", case_id, "", "send", inputs, {}, 1, clock.now()))
        return work_id

    return send


def notices_of(page):
    return [each.get("href") for each in page.find("a[href]") if "/notices/" in each.get("href")]


def test_the_case_lists_its_notices_with_channel_and_state(bank_app, filed, li):
    page = Browser(bank_app, li).get(filed)
    assert len(notices_of(page)) == 1
    assert "Notice “Acknowledgement” was sent" in page.all(".line-notice strong")
    assert "to the consumer · E-mail" in page.all(".line-notice .line-notes")
    listed = Browser(bank_app, li, "zh").get(f"{filed}/documents")
    assert "已发送通知“收到确认” 发送至消费者 · 电子邮件" in listed.text(".document-list")


def test_the_page_of_a_notice_tells_why_this_channel_and_proves_it_without_the_text(bank_app, filed, li):
    browser = Browser(bank_app, li)
    [address] = notices_of(browser.get(filed))
    text = browser.get(address).text()
    for part in ("Acknowledgement", "Prefers e-mail", "E-mail → ", "w***@example.test", "SHA-256"):
        assert part in text
    assert "王小明" not in text
    assert "年费" not in text
    assert "Please correct" not in text
    assert "本人希望电子邮件" in Browser(bank_app, li, "zh").get(address).text()


def test_the_copy_opens_for_a_purpose_that_is_recorded_and_covers_the_access_code(bank, bank_app, filed, li):
    browser = Browser(bank_app, li)
    [address] = notices_of(browser.get(filed))
    refused = browser.post(f"{address}/copy", status=422, purpose="")
    assert "Say what you need the personal data for" in refused.text()

    page = browser.post(f"{address}/copy", status=200, purpose="handling")
    text = page.text("article")
    assert "王小明" in text
    assert "信用卡年费" in text
    assert "您的查询码是**********" in text
    with bank.database.reading() as session:
        shown = [row for row in audit_lines(session, day=NOW.date()).rows if row.kind == "personal_shown"]
    assert len(shown) == 1


def test_a_notice_of_another_case_is_not_there(bank_app, filed, li):
    browser = Browser(bank_app, li)
    browser.get(f"{filed}/notices/none", 404)
    [address] = notices_of(browser.get(filed))
    browser.get(address.replace(filed, "/instances/none"), 404)


def test_strangers_to_complaints_see_nothing(bank, bank_app, filed):
    stranger = bank.person("stranger")
    [address] = notices_of(Browser(bank_app, bank.person("mo", "intake")).get(filed))
    Browser(bank_app, stranger).get(address, 404)
    Browser(bank_app, stranger).post(f"{address}/copy", 404, purpose="handling")


def test_a_paper_to_the_regulator_waits_until_its_sending_is_recorded(bank, bank_app, filed, li, send):
    address = f"{filed}/notices/{send('paper', template='G01', to='regulator')}"
    browser = Browser(bank_app, li)
    assert "waits for a person" in browser.get(address).text()

    given = {"method": "letter", "delivered_at": "2026-03-02T09:00", "reference": "XA123", "note": "by courier"}
    late = browser.post(f"{address}/delivery", 422, **{**given, "delivered_at": ""})
    assert "Say when it was posted" in late.text()
    assert late.value("#reference") == "XA123"
    future = browser.post(f"{address}/delivery", 422, **{**given, "delivered_at": "2026-03-03T09:00"})
    assert "in the future" in future.text()
    browser.post(f"{address}/delivery", 303, **given)

    page = browser.get(address)
    assert "handed over by a person" in page.text()
    assert "XA123 / by courier" in page.text()
    assert not page.find("#method")
    told = browser.get(f"{filed}?kind=notice").all(".line-notice strong")
    assert any("was handed over" in each for each in told)
    again = browser.post(f"{address}/delivery", 422, **given)
    assert "does not wait for anybody any more" in again.text()


def test_what_a_task_records_is_not_recorded_here(bank, bank_app, filed, li, send):
    bank.change(bank.only_case_id(), preferred_channel="letter", special_needs=["elderly"])
    with bank.site.database.transaction() as session:
        session.info["vault"] = bank.site.vault
        record = bank.site.applications["complaint"].record.open(session, bank.only_case_id())
        record.set("texts.conclusion", "退还年费。")
    address = f"{filed}/notices/{send('proposal', template='N20', to='consumer', reply_by='3月10日')}"
    browser = Browser(bank_app, li)
    page = browser.get(address)
    assert "the task “Deliver the notice”" in page.text()
    assert "in large print" in page.text()
    refused = browser.post(
        f"{address}/delivery", 422, method="letter", delivered_at="2026-03-02T09:00", reference="XA123"
    )
    assert "The case is open" in refused.text()
    printed = browser.post(f"{address}/copy", status=200, purpose="handling")
    assert "large-print" in printed.value("body", "class")
    assert "退还年费。" in printed.text("article")
