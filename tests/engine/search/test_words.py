"""Texts to tokens: what is found by what."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine import search
from engine.applications import FoundBy
from engine.search import Kind
from engine.vault import Vault

VAULT = Vault(bytes(range(32)))

CHINESE = st.text("退款信用卡年费投诉银行客户经理手续费利息贷款保险理赔〇々", min_size=2, max_size=8)
MIXED = st.text("退款信用卡年费 ，。\nATM95588app-é️👍שלום", max_size=60)


def finds(found, question):
    """Whether a case that is found by `found` fits the question."""
    held, asked = search.tokens(VAULT, found), search.asked(VAULT, question)
    return bool(asked.words) and all(any(wanted <= held for wanted in word.values()) for word in asked.words)


def wide(text):
    """`text` in signs as wide as Chinese ones."""
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)


@given(MIXED, CHINESE, MIXED)
def test_every_two_chinese_signs_side_by_side_find_their_text(before, inside, after):
    found = FoundBy(texts=[before + inside + after])

    for first, second in pairwise(inside):
        assert finds(found, first + second)
    assert finds(found, inside)


@given(st.text(max_size=250))
@example("\ud800")
@example("\x00‏🧑‍⚖️ السلام")
def test_any_question_is_answered_and_any_text_is_indexed(text):
    asked = search.asked(VAULT, text)

    assert len(asked.words) <= 200
    assert all(
        token.isalnum() and len(token) == 8 for token in search.tokens(VAULT, FoundBy([text], [text], [text], [text]))
    )


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("信用卡年费未经告知被收取", "年费 告知"),
        ("The ANNUAL Fee", "annual fee"),
        (wide("ATM") + "吞卡", "atm"),
        ("卡\u200b费", "卡费"),
        ("Straße", "strasse"),
        ("הבנק גבה עמלה", "עמלה"),
    ],
)
def test_words_are_found_however_they_are_written(text, question):
    assert finds(FoundBy(texts=[text]), question)


def test_all_words_have_to_be_there_and_signs_side_by_side():
    found = FoundBy(texts=["信用卡年费"])

    assert not finds(found, "年费 贷款")
    assert not finds(found, "信卡")
    assert not finds(found, "用户")


@pytest.mark.parametrize("question", ["John Smith", "smith", "SMITH, John", wide("smith")])
def test_a_name_is_found_by_its_words(question):
    assert finds(FoundBy(names=["John Smith"]), question)


def test_a_chinese_name_is_found_whole_however_it_is_spaced():
    found = FoundBy(names=["王 小明", "阿依古丽·买买提"])

    assert finds(found, "王小明")
    assert finds(found, "买买提")
    assert not finds(found, "小明")


@pytest.mark.parametrize(
    "question", ["13800138000", "138 0013 8000", "+86 138-0013-8000", "\u200f" + wide("13800138000")]
)
def test_a_phone_number_is_found_however_it_is_written(question):
    assert finds(FoundBy(phones=["86 13800138000"]), question)


def test_a_name_does_not_stand_in_the_text_nor_a_number_among_phones():
    asked = search.asked(VAULT, "13800138000")

    assert asked.kinds == {Kind.NUMBER, Kind.PHONE, Kind.TEXT}
    assert search.tokens(VAULT, FoundBy(texts=["退款"])).isdisjoint(search.tokens(VAULT, FoundBy(names=["退款"])))


@pytest.mark.parametrize(
    ("question", "left_out"),
    [("卡 annual", ("卡",)), ("ATM机", ("机",)), ("a", ("a",)), ("wang@example.test", ()), ("👍", ())],
)
def test_what_is_too_short_is_told(question, left_out):
    assert search.asked(VAULT, question).left_out == left_out


def test_a_question_that_is_too_long_asks_for_nothing():
    assert search.asked(VAULT, "退" * 201).is_too_long
    assert len(search.asked(VAULT, "退款" * 100).words) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [("ts-20260310", "TS-20260310"), ("20260310", "20260310"), ("TS-", ""), ("年费", ""), ("a b1", "")],
)
def test_what_may_begin_a_number_is_known(text, number):
    assert search.asked(VAULT, text).number == number


def test_another_key_gives_other_tokens():
    found = FoundBy(texts=["退款"])

    assert search.tokens(VAULT, found) != search.tokens(Vault(bytes(32)), found)
