"""How alike two texts are."""

from hypothesis import given
from hypothesis import strategies as st

from processes.complaint.links.similarity import MOST, similarity

FEE = "我的信用卡在没有通知的情况下被收取了年费，客服说不能退。"


def test_the_same_story_with_other_signs_blanks_and_case_is_the_same():
    assert similarity(FEE, "我的信用卡在没有通知的情况下被收取了年费 客服说不能退") == 1
    assert similarity("The FEE was charged twice.", "the fee was charged twice!") == 1


def test_a_story_told_again_with_other_words_is_similar_and_another_story_is_not():
    again = "我的信用卡在没有通知的情况下被收取了年费三百元，客服说不能退。"
    assert 0.6 <= similarity(FEE, again) < 1
    assert similarity(FEE, "柜员态度很差，让我等了两个小时，还说不会办理。") < 0.1
    assert similarity("My card was charged an annual fee twice", "The teller was rude and made me wait") < 0.3


def test_too_little_to_compare_is_not_alike():
    assert similarity("", "") == 0
    assert similarity("年费", "年费") == 0


def test_only_the_beginning_of_a_long_story_counts():
    assert similarity("年费被收取" * MOST, "年费被收取" * MOST + "后来退款了") == 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_is_the_same_from_both_sides_and_between_nothing_and_all(one, other):
    found = similarity(one, other)
    assert found == similarity(other, one)
    assert 0 <= found <= 1
