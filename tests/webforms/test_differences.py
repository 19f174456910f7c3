"""Two texts as one, with what went and what came."""

from hypothesis import given
from hypothesis import strategies as st

from webforms.differences import MOST_WORDS, Segment, segments


@given(st.text("ab c投诉", max_size=40), st.text("ab c投诉", max_size=40))
def test_the_pieces_make_both_texts(old, new):
    pieces = segments(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != "inserted") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "deleted") == new


def test_words_are_compared_whole_and_chinese_sign_by_sign():
    assert segments("within 15 days", "within 30 days") == [
        Segment("kept", "within "),
        Segment("deleted", "15"),
        Segment("inserted", "30"),
        Segment("kept", " days"),
    ]
    assert segments("十五日", "三十日")[-1] == Segment("kept", "日")


def test_very_long_texts_are_shown_one_after_the_other():
    old = "a " * MOST_WORDS

    assert [piece.kind for piece in segments(old, old + "b")] == ["deleted", "inserted"]
