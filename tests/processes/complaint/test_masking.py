"""Masked values show who is meant to somebody who knows, and nothing to others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.complaint import masking
from processes.complaint.paths import PATHS


@pytest.mark.parametrize(
    ("mask", "text", "masked"),
    [
        (masking.name, "张小三", "张*三"),
        (masking.name, "张三", "张*"),
        (masking.name, "张", "*"),
        (masking.name, "", ""),
        (masking.name, "欧阳小三", "欧**三"),
        (masking.mobile, "13800008000", "138****8000"),
        (masking.mobile, "+86 138 0000 8000", "138****8000"),
        (masking.mobile, "8000", "**00"),
        (masking.identity, "11010519491231002X", "110***********002X"),
        (masking.identity, "E1234", "***34"),
        (masking.account, "6222020200001234567", "***************4567"),
        (masking.account, "12", "*2"),
        (masking.email, "anna@example.com", "a***@example.com"),
        (masking.email, "anna", "****"),
    ],
)
def test_a_value_is_masked(mask, text, masked):
    assert mask(text) == masked


@given(st.text(st.characters(exclude_characters="*"), min_size=3, max_size=40))
def test_a_mask_never_shows_the_whole_value(text):
    for mask in (masking.name, masking.mobile, masking.identity, masking.account):
        assert mask(text) != text or not text.strip()


def test_a_text_is_scrubbed_of_numbers_and_addresses():
    text = "卡号6222020200001234567，电话13800008000，邮箱anna@example.com，金额360元"
    scrubbed = masking.scrub(text)
    assert scrubbed == "卡号622************4567，电话138****8000，邮箱a***@example.com，金额360元"


@pytest.mark.parametrize(
    ("path", "text", "shown"),
    [
        ("person.full_name", "张小三", "张*三"),
        ("person.agent_contact", "13800008000", "138****8000"),
        ("person.agent_contact", "anna@example.com", "a***@example.com"),
        ("person.postal_address", "北京市西城区金融大街1号", "北京市西城区***"),
        ("person.postal_address", "北京", "北***"),
        ("person.preferred_time", "晚上七点后", "晚上七点后"),
        ("narrative", "投诉TS-20260310-HQ-00001，电话13800008000", "投诉TS-20260310-HQ-00001，电话138****8000"),
        ("texts.conclusion", "13800008000", "13800008000"),
    ],
)
def test_a_value_is_masked_by_its_place_in_the_record(path, text, shown):
    assert masking.masked(path, text) == shown


def test_every_personal_value_of_a_person_has_a_mask():
    kept = {"person.id_type", "person.representatives"}
    assert {path for path in PATHS if path.startswith("person.")} - set(masking.MASKS) == kept


def test_an_id_or_phone_number_is_found_and_an_amount_is_not():
    assert masking.has_number("身份证11010519491231002X")
    assert masking.has_number("电话13800008000")
    assert not masking.has_number("金额13800元，2026年3月10日")
