"""Checks of numbers and addresses: the vectors, and what their check digits promise to find."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import clock
from engine.forms.checks import has_card_number
from processes.complaint.checks import looks_like_card_number, valid_email, valid_id, valid_mobile, valid_uscc
from tests.processes.complaint.filing import local

ID = "11010519491231002X"
USCC = "91350100M000100Y43"
DIGITS, ALPHABET = "0123456789", "0123456789ABCDEFGHJKLMNPQRTUWXY"
PLACES = st.integers(0, 17)


@pytest.fixture(autouse=True)
def today():
    with clock.at(local("2026-03-10")):
        yield


def test_the_vectors_of_the_field_pass():
    assert valid_id(ID)
    assert valid_id("１１０１０５ 19491231 002x")  # noqa: RUF001
    assert valid_uscc(USCC)
    assert valid_mobile("138 0000 8000")
    assert valid_mobile("+44 20 7946 0958")
    assert valid_email("zhang@example.test")


@pytest.mark.parametrize("check", [valid_id, valid_uscc, valid_mobile, valid_email])
@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_what_is_not_written_passes(check, nothing):
    assert check(nothing)


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (valid_id, "11010520261231002X"),
        (valid_id, "11010519490231002X"),
        (valid_id, "1101051949123100"),
        (valid_uscc, "91350100M000100Y4I"),
        (valid_mobile, "12800008000"),
        (valid_mobile, "138000080001"),
        (valid_email, "zhang.example.test"),
        (valid_email, "zhang@example"),
        (valid_email, f"{'a' * 64}@{'b' * 186}.test"),
    ],
)
def test_what_cannot_be_right_is_found(check, text):
    assert not check(text)


@given(PLACES, st.sampled_from(DIGITS + "X"))
def test_any_single_wrong_character_of_an_identity_number_is_found(place, character):
    assume(ID[place] != character)
    assert not valid_id(ID[:place] + character + ID[place + 1 :])


@given(PLACES, st.sampled_from(ALPHABET))
def test_any_single_wrong_character_of_a_credit_code_is_found(place, character):
    assume(USCC[place] != character)
    assert not valid_uscc(USCC[:place] + character + USCC[place + 1 :])


@pytest.mark.parametrize(("check", "number"), [(valid_id, ID), (valid_uscc, USCC)])
@pytest.mark.parametrize("place", range(17))
def test_any_swap_of_neighbours_is_found(check, number, place):
    one, other = number[place : place + 2]
    swapped = number[:place] + other + one + number[place + 2 :]

    assert check(swapped) is (one == other)


def luhn(digits):
    """`digits` with the check digit of ISO/IEC 7812."""
    doubled = [int(d) * 2 if n % 2 == 0 else int(d) for n, d in enumerate(reversed(digits))]
    return digits + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


CARDS = st.text(DIGITS, min_size=15, max_size=18).map(luhn)


@given(CARDS)
def test_a_full_card_number_is_seen_whatever_stands_around_it(card):
    grouped = " ".join(card[n : n + 4] for n in range(0, len(card), 4))

    assert looks_like_card_number(card)
    assert looks_like_card_number(f"卡号是{grouped}，请查")


@given(CARDS, st.data())
def test_a_mistyped_card_number_is_not_one(card, data):
    place = data.draw(st.integers(0, len(card) - 1))
    digit = data.draw(st.sampled_from([d for d in DIGITS if d != card[place]]))

    assert not has_card_number(card[:place] + digit + card[place + 1 :])


@given(CARDS, st.data())
def test_swapped_neighbours_of_a_card_number_are_found_but_for_nought_and_nine(card, data):
    place = data.draw(st.integers(0, len(card) - 2))
    one, other = card[place : place + 2]
    assume(one != other)

    assert has_card_number(card[:place] + other + one + card[place + 2 :]) is ({one, other} == {"0", "9"})


@pytest.mark.parametrize("text", [None, "", "尾号 8000", "1234567890123"])
def test_other_numbers_are_no_card_numbers(text):
    assert not looks_like_card_number(text)
