"""Who falls into a sample."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from processes.complaint.sampling import in_sample

NUMBERS = [f"TS-20260310-HQ-{n:05}" for n in range(4000)]


@given(st.text(max_size=30), st.text(max_size=30))
def test_nobody_is_in_an_empty_sample_and_everybody_in_a_whole_one(purpose, number):
    assert not in_sample(purpose, number, Decimal(0))
    assert in_sample(purpose, number, Decimal(100))


@given(st.text(max_size=30), st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_a_larger_sample_holds_the_smaller_one(number, one, other):
    assert not in_sample("qa", number, min(one, other)) or in_sample("qa", number, max(one, other))


def test_a_tenth_is_about_a_tenth_and_differs_by_purpose():
    qa = {number for number in NUMBERS if in_sample("qa", number, Decimal(10))}
    calls = {number for number in NUMBERS if in_sample("follow_up", number, Decimal(10))}

    assert 300 < len(qa) < 500
    assert qa != calls
