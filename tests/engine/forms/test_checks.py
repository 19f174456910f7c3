"""Checks of single answers, with the test vectors of their standards."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import clock
from engine.forms import checks
from engine.forms.checks import Refused, find_check


@pytest.mark.parametrize(
    "text", ["11010519491231002X", "11010519491231002x", " 110105 19491231 002X", "\uff11\uff11010519491231002X"]
)
def test_an_identity_number_with_the_right_check_digit_is_accepted(text):
    assert checks.cn_id(text) == "11010519491231002X"


@pytest.mark.parametrize("text", ["110105194912310021", "11010519491331002X", "1101051949123100", "", "X" * 18])
def test_an_identity_number_that_cannot_be_is_refused(text):
    with pytest.raises(Refused):
        checks.cn_id(text)


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_of_an_identity_number_is_noticed(place, shift):
    number = "11010519491231002X"
    wrong = f"{number[:place]}{(int(number[place]) + shift) % 10}{number[place + 1 :]}"
    with pytest.raises(Refused):
        checks.cn_id(wrong)


def test_a_credit_code_with_the_right_check_character_is_accepted():
    assert checks.uscc("91350100m000100y43") == "91350100M000100Y43"


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_character_of_a_credit_code_is_noticed(place, character):
    code = "91350100M000100Y43"
    wrong = f"{code[:place]}{character}{code[place + 1 :]}"
    if wrong != code:
        with pytest.raises(Refused):
            checks.uscc(wrong)


@pytest.mark.parametrize(("text", "number"), [("138 0013-8000", "13800138000"), ("+44 20 7946 0000", "+442079460000")])
def test_telephone_numbers_are_tidied(text, number):
    assert checks.cn_mobile_or_e164(text) == number


@pytest.mark.parametrize("text", ["12800138000", "1380013800", "+0123456789", "hello"])
def test_what_is_no_telephone_number_is_refused(text):
    with pytest.raises(Refused):
        checks.cn_mobile_or_e164(text)


@pytest.mark.parametrize("text", ["name", "name@host", "a b@@c.de", "a@b..c", f"{'a' * 60}@{'b' * 200}.com"])
def test_what_is_no_mail_address_is_refused(text):
    with pytest.raises(Refused):
        checks.email(text)


@pytest.mark.parametrize(
    "text", ["card 4111 1111 1111 1111", "4111-1111-1111-1111", "密码是abc123", "CVV: 123", "password=hunter2"]
)
def test_card_numbers_and_secrets_are_refused(text):
    with pytest.raises(Refused):
        checks.no_card_secret(text)


@pytest.mark.parametrize(
    "text", ["card ending 1111", "order 4111111111111112", "my password was refused three times", "忘记密码"]
)
def test_texts_without_secrets_pass(text):
    assert checks.no_card_secret(text) == text


@pytest.mark.parametrize("text", ["call 13800138000", "持证11010519491231002X来访"])
def test_personal_numbers_are_refused_in_summaries(text):
    with pytest.raises(Refused):
        checks.no_personal_numbers(text)


def test_words_are_counted_in_both_scripts():
    assert checks.min_words("我要退款 of 20 yuan", 7)
    with pytest.raises(Refused):
        checks.min_words("我要退款 of 20 yuan", 8)


def test_today_is_the_business_zones():
    with clock.at(datetime(2026, 3, 9, 20, tzinfo=UTC)):
        assert checks.past_or_today(date(2026, 3, 10)) == date(2026, 3, 10)
        with pytest.raises(Refused):
            checks.past_or_today(date(2026, 3, 11))
        with pytest.raises(Refused):
            checks.not_future(clock.now() + timedelta(seconds=1))
        assert checks.not_future(clock.now()) == clock.now()


def test_a_check_is_found_only_for_the_answers_it_fits():
    assert find_check("cn_id", "string")
    assert find_check("min_words:3", "string")
    assert find_check("not_future", "date and time")
    assert find_check("cn_id", "number") is None
    assert find_check("not_future", "date") is None
    assert find_check("nonsense", "string") is None


@given(
    st.sampled_from(["cn_id", "uscc", "email", "phone", "cn_mobile_or_e164", "no_card_secret", "no_personal_numbers"]),
    st.text(),
)
def test_any_text_passes_or_is_refused_and_what_passed_passes_again(name, text):
    check = find_check(name, "string")
    assert check
    try:
        answer = check(text)
    except Refused:
        return
    assert check(answer) == answer
