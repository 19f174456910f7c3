"""Asking a partner: one link, one answer, nothing else to be seen, and co-operation that counts (S24)."""

import re
from datetime import timedelta

import pytest

from engine import clock
from engine.errors import InvalidForm
from processes.complaint.matters import enquiries, partners
from processes.complaint.matters.enquiries import Answer, LinkRefused
from processes.complaint.matters.tables import ComplaintMatterNotice, ComplaintPartnerLink, ComplaintPartnerScore
from tests.bank import NOW

ASKED = {
    "matter.partner.key": "P.PAY",
    "matter.partner.questions": "请说明三月一日扣款的授权方式。",
    "matter.partner.shared": "一笔三月一日的交易。",
}
ANSWER = Answer("客户在终端输入密码完成。", "示例丙", "not_our_fault")


@pytest.fixture
def manager(bank):
    return bank.person("lu", "dept_partner")


@pytest.fixture
def case(bank, desk, manager):
    """An enquiry that waits for its answer."""
    filed = bank.file()
    desk.send("partner_enquiry", filed.number)
    [case] = desk.cases("partner_enquiry")
    desk.complete(case, manager, **ASKED)
    return case


@pytest.fixture
def secret(bank, case):
    """What the mail to the partner links to."""
    [text] = [text for to, _, text, _, _ in bank.post.sent if to == "complaints@payments.example"]
    return re.search(r"/partner/(\w+)", text)[1]


def test_the_mail_holds_the_link_and_the_database_only_its_digest(bank, case, secret):
    assert len(secret) == enquiries.LENGTH
    with bank.database.reading() as session:
        [(digest, expires_at)] = session.query(ComplaintPartnerLink.digest, ComplaintPartnerLink.expires_at)
    assert secret not in digest
    assert expires_at > NOW + timedelta(days=10)


def test_the_link_shows_the_questions_and_what_is_shared(bank, case, secret):
    digest = enquiries.open_link(bank.site, secret, NOW)
    with bank.reading() as session:
        asked = enquiries.asked_by(session, bank.site, digest, NOW)

    assert (asked.partner, asked.questions, asked.shared) == (
        "示例支付公司", ASKED["matter.partner.questions"], ASKED["matter.partner.shared"],
    )  # fmt: skip


def test_an_answer_reaches_the_enquiry_and_uses_the_link_up(bank, desk, case, secret, manager):
    digest = enquiries.open_link(bank.site, secret, NOW)
    enquiries.answer(bank.site, digest, ANSWER, [], NOW)

    assert desk.read(case, "partner.answer", "partner.view", "partner.late") == [ANSWER.text, "not_our_fault", False]
    with pytest.raises(LinkRefused):
        enquiries.open_link(bank.site, secret, NOW)
    desk.complete(case, manager, answer_view="enough")
    assert scores(bank) == [("P.PAY", 2, "in_time")]


def test_a_late_answer_escalates_once_and_lowers_the_score(bank, desk, case, secret, manager):
    bank.person("shi", "cp_manager")
    desk.wait(days=4)
    desk.wait(hours=20)
    digest = enquiries.open_link(bank.site, secret, desk.now)
    with clock.at(desk.now):
        enquiries.answer(bank.site, digest, ANSWER, [], desk.now)
    desk.complete(case, manager, answer_view="enough")

    assert scores(bank) == [("P.PAY", -5, "late")]
    assert desk.read(case, "partner.late", "partner.score", "outcome") == [True, 95, "answered"]
    assert [each["recipient"] for each in notices(bank, case) if each["template"] == "I03"] == ["group:cp_manager"]


def test_who_never_answers_loses_most_and_the_link_is_over(bank, desk, case, secret):
    for _ in range(15):
        desk.wait(days=1)

    assert scores(bank) == [("P.PAY", -20, "none")]
    assert desk.read(case, "outcome") == ["unanswered"]
    with pytest.raises(LinkRefused):
        enquiries.open_link(bank.site, secret, desk.now)


def test_asking_again_voids_the_first_link(bank, desk, case, secret, manager):
    enquiries.answer(bank.site, enquiries.open_link(bank.site, secret, NOW), ANSWER, [], NOW)
    desk.now += timedelta(minutes=5)
    desk.complete(case, manager, answer_view="more", **{"matter.partner.questions": "请逐项说明。"})

    assert desk.read(case, "partner.asked") == [2]
    with bank.database.reading() as session:
        assert session.query(ComplaintPartnerLink).count() == 2


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        (Answer(" ", "丙", "unclear"), ["answer"]),
        (Answer("x" * 10_001, "丙", "unclear"), ["answer"]),
        (Answer("x", "", "none"), ["view", "signed_by"]),
    ],
)
def test_an_answer_lacks_nothing(bank, case, secret, answer, wrong):
    digest = enquiries.open_link(bank.site, secret, NOW)

    with pytest.raises(InvalidForm) as caught:
        enquiries.answer(bank.site, digest, answer, [], NOW)
    assert list(caught.value.errors) == wrong

    assert enquiries.open_link(bank.site, secret, NOW) == digest


@pytest.mark.parametrize("guess", ["", "0" * 32, "x"])
def test_a_guess_opens_nothing(bank, guess):
    with pytest.raises(LinkRefused):
        enquiries.open_link(bank.site, guess, NOW)


def test_a_score_stays_between_nothing_and_full():
    assert partners.score_of([]) == 100
    assert partners.score_of([2, -5]) == 95
    assert partners.score_of([-20] * 6 + [2]) == 2


def scores(bank):
    with bank.database.reading() as session:
        return [(row.partner, row.points, row.reason) for row in session.query(ComplaintPartnerScore).all()]


def notices(bank, case):
    with bank.database.reading() as session:
        rows = session.query(ComplaintMatterNotice).filter_by(instance_id=case).all()
        return [{"template": row.template, "recipient": row.recipient} for row in rows]
