"""Closed complaints like this one: alike in what they are about, and only those that the reader may see."""

from datetime import timedelta
from decimal import Decimal

import pytest

from engine import clock, search
from processes.complaint.similar import MOST, similar_cases
from processes.complaint.tables import ComplaintMeasure
from tests.bank import NOW
from tests.counting import counting

CARD = {"cat_b": "B.CARD.CREDIT.USE", "cat_c": "C.PRICE", "demands": ["D.REFUND"]}
STORY = "信用卡年费未经告知被收取，要求退还年费。"


@pytest.fixture
def closed(bank):
    """Files a complaint and closes it: (days, columns) → case id."""

    def close(days=8, narrative=STORY, **columns):
        case_id = bank.file(**{"complaint.narrative": narrative}).case_id
        bank.change(case_id, **{**CARD, **columns}, closed_at=NOW + timedelta(days=days))
        return case_id

    return close


@pytest.fixture
def own(bank):
    case_id = bank.file(**{"complaint.narrative": STORY}).case_id
    bank.change(case_id, **CARD)
    return case_id


@pytest.fixture
def li(bank):
    return bank.person("li", "handler")


def found(bank, own, actor, language="en"):
    while search.follow(bank.site):
        pass
    with clock.at(NOW), bank.reading() as session:
        return similar_cases(session, bank.site, own, actor, language)


def test_the_most_alike_comes_first_with_what_was_decided_and_how_long_it_took(bank, closed, own, li):
    other = closed(cat_c=None, demands=["D.APOLOGY"], narrative="柜员态度恶劣，没有人理我。")
    same = closed(finding="upheld", close_reason="resolved", amount_paid=Decimal(300), currency="CNY")
    with bank.database.transaction() as session:
        session.add(ComplaintMeasure(instance_id=same, number=1, type="M.REFUND"))
        session.add(ComplaintMeasure(instance_id=same, number=2, type="M.APOLOGY"))

    first, second = found(bank, own, li)
    assert (first.instance_id, second.instance_id) == (same, other)
    assert first.alike == ("business", "cause", "demands", "words")
    assert second.alike == ("business",)
    assert (first.finding, first.measures, first.days) == ("Upheld", ("Refund", "Apology"), 8)
    assert (first.amount_paid, first.currency) == (300, "CNY")
    assert found(bank, own, li, "zh")[0].finding == "成立"


def test_only_closed_ones_in_which_something_was_decided_are_shown_and_never_many(bank, closed, own, li):
    bank.change(bank.file().case_id, **CARD)
    closed(close_reason="void")
    closed(cat_b="B.SAV", cat_c="C.OTH")
    assert found(bank, own, li) == ()

    for _ in range(MOST + 1):
        closed()
    assert len(found(bank, own, li)) == MOST


def test_cases_that_somebody_may_not_see_are_not_among_them(bank, closed, own, li):
    closed()
    elsewhere = bank.person("zhao", "dept@BRANCH2")

    assert len(found(bank, own, li)) == 1
    assert found(bank, own, elsewhere) == ()
    assert found(bank, own, bank.person("nobody")) == ()
    assert found(bank, "no complaint", li) == ()


def test_it_takes_two_questions(bank, closed, own, li):
    closed()
    found(bank, own, li)
    with bank.reading() as session, counting(bank.database) as count:
        assert similar_cases(session, bank.site, own, li, "en")

    assert len(count.statements) == 2
