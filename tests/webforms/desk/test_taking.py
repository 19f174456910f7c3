"""Staff take in a complaint: one screen, what is here already, where it goes, what to tell."""

import io

import pytest

from engine.models import Attachment, UserTask
from engine.queries.audit import audit_lines
from processes.complaint.register import REGISTER
from tests.bank import NOW
from tests.counting import counting
from tests.webforms.conftest import Browser

#: What is typed during a call; all else is preset.
TYPED = {
    "complaint.person.full_name": "王小明",
    "complaint.person.mobile": "13800138000",
    "complaint.identity_verified": "verified",
    "complaint.narrative": "信用卡年费未经告知被收取，要求退还。",
    "complaint.demands": "D.REFUND",
    "complaint.cat_a": "A.FRONT.E.APP",
    "complaint.cat_b": "B.CARD.CREDIT.USE",
    "complaint.cat_c": "C.PRICE",
    "complaint.flags": "none",
    "complaint.summary": "年费未告知即收取，要求退还",
}


@pytest.fixture
def li(bank):
    return bank.person("li", "intake")


@pytest.fixture
def desk(bank_app, li):
    return Browser(bank_app, li)


def filled(page, **typed):
    """All fields of a screen as a browser sends them, with what was `typed`."""
    return {**sent(page), **TYPED, **typed}


def sent(page):
    found = {}
    for each in page.find("main input"):
        kind, name = each.get("type"), each.get("name")
        if name and kind not in {"checkbox", "radio", "file", "submit"}:
            found[name] = each.get("value") or ""
        elif name and each.get("checked") is not None:
            found[name] = each.get("value")
    for each in page.find("main textarea"):
        found[each.get("name")] = (each.text or "").strip("\n")
    for each in page.find("main select"):
        chosen = each.xpath(".//option[@selected]")
        found[each.get("name")] = chosen[0].get("value") if chosen else ""
    return {name: value for name, value in found.items() if name}


def screen(browser, channel="CH.PHONE"):
    return browser.get(f"/intake?channel={channel}")


def press(browser, page, button, status=200, **typed):
    fields = filled(page, **typed)
    key = fields.pop("_key")
    return browser.post("/intake", status, key, **{**fields, button: "1"})


def test_the_channel_is_chosen_first_and_that_of_consumers_is_not_among_them(desk):
    offered = desk.get("/intake").all(".desk-channel")

    assert "Hotline" in offered
    assert "Forwarded by PBOC" in offered
    assert "Online portal" not in offered


def test_only_the_questions_of_the_channel_are_asked(desk):
    phone, forwarded = screen(desk), screen(desk, "CH.REG.NFRA")

    assert "complaint.regulator.number" not in sent(phone)
    assert "complaint.regulator.number" in sent(forwarded)
    assert sent(phone)["complaint.received_at"]
    assert not sent(forwarded)["complaint.received_at"]


def test_people_who_may_not_start_a_complaint_are_refused(bank, bank_app):
    browser = Browser(bank_app, bank.person("zhao", "qa"))

    browser.get("/intake", 403)
    browser.get("/quick", 403)
    assert "Intake" not in browser.get("/tasks").text("header")


def test_a_call_is_dispatched_with_two_clicks_after_typing(desk, bank):
    proposal = press(desk, screen(desk), "_check")
    assert "Case handlers, cards and credit" in proposal.text("section")
    assert "Accept the case" in proposal.text("section")
    assert "Cards" in proposal.all("dd")

    done = desk.get(press(desk, proposal, "_confirm", 303).to)
    bank.work()
    again = desk.get(done.answer.request.path)

    assert "TS-20260302-HQ-00001" in done.text(".reference-box")
    assert "by March 17, 2026 at the latest" in done.text(".reference-box")
    assert "Case handlers, cards and credit deals with it" in again.text("main")
    with bank.reading() as session:
        opened = {task.element_id for task in session.query(UserTask)}
        assert "accept_assignment" in opened
        assert "register" not in opened
        record = REGISTER.open(session, bank.only_case_id())
        assert record.get("narrative") == TYPED["complaint.narrative"]
        assert record.get("summary") == TYPED["complaint.summary"]
        assert record.complaint.channel == "CH.PHONE"


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(desk):
    page = press(desk, screen(desk), "_check", 422, **{"complaint.narrative": " ", "complaint.cat_c": ""})

    told = page.text(".error-summary")
    assert "Write down what happened" in told
    assert "Reason" in told
    assert sent(page)["complaint.person.mobile"] == "13800138000"


def test_going_back_from_the_proposal_keeps_everything(desk):
    proposal = press(desk, screen(desk), "_check")

    page = press(desk, proposal, "_change")

    assert sent(page)["complaint.person.full_name"] == "王小明"
    assert TYPED["complaint.narrative"] in page.text("textarea")


def test_answers_bring_up_their_questions_before_it_goes_on(desk):
    page = press(desk, screen(desk), "_update", **{"complaint.cat_b": "I.MOTOR"})

    assert "complaint.insurance_link" in sent(page)


def test_what_is_here_already_is_found_by_name_and_phone_masked(desk, bank):
    filed = bank.file()

    page = desk.post("/intake/earlier", 200, **TYPED)

    assert filed.number in page.text("ol")
    assert "王*明" in page.text("ol")
    assert "Same phone" in page.text("ol")
    assert "王小明" not in page.answer.text


def test_a_case_of_another_part_of_the_organisation_is_not_shown(bank, bank_app):
    bank.file(**{"complaint.institution_unit": "OUTLET"})
    elsewhere = Browser(bank_app, bank.person("qian", "intake@BRANCH2"))

    assert not elsewhere.post("/intake/earlier", 200, **TYPED).find("ol")


def test_looking_somebody_up_leaves_one_line_in_the_audit_stream(desk, bank):
    bank.file()

    for _ in range(3):
        desk.post("/intake/earlier", 200, **TYPED)

    with bank.database.reading() as session:
        lines = [row for row in audit_lines(session, day=NOW.date()).rows if row.kind == "searched"]
    assert len(lines) == 1


def test_sending_twice_registers_once(desk, bank):
    proposal = press(desk, screen(desk), "_check")

    assert press(desk, proposal, "_confirm", 303).to == press(desk, proposal, "_confirm", 303).to
    bank.only_case_id()


def test_a_letter_is_kept_with_the_case(desk, bank):
    proposal = press(desk, screen(desk, "CH.LETTER"), "_check", **{"complaint.received_at": "2026-03-02T08:00"})

    press(desk, proposal, "_confirm", 303, files=(io.BytesIO(b"a letter"), "letter.txt"))

    with bank.reading() as session:
        assert session.query(Attachment).count() == 1


def test_the_pages_take_fifteen_statements_at_most(desk, bank):
    bank.file()
    page = screen(desk)
    for button in ("_look", "_check"):
        with counting(bank.database) as count:
            press(desk, page, button)
        assert len(count.statements) <= 15, "\n".join(count.statements)
