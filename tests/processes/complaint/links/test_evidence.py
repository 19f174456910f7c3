"""What speaks for two complaints being the same matter."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import processes.complaint
from engine import clock, dmn
from processes.complaint.links import evidence, points
from processes.complaint.links.evidence import Matter
from tests.processes.complaint.filing import local

TABLE = dmn.load((Path(processes.complaint.__file__).parent / "duplicates.dmn").read_bytes())
FILED = local("2026-03-10")
STORY = "我的信用卡在没有通知的情况下被收取了年费，客服说不能退。"


def scored(one, other):
    return evidence.score(TABLE, Matter(FILED, **one), Matter(FILED + timedelta(days=40), **other))


@pytest.mark.parametrize(
    ("one", "other", "expected", "rules"),
    [
        ({"id_index": "a"}, {"id_index": "a"}, 50, ["same_id"]),
        ({"uscc_index": "a"}, {"uscc_index": "a"}, 50, ["same_id"]),
        (
            {"mobile_index": "a", "customer_index": "b"},
            {"mobile_index": "a", "customer_index": "b"},
            40,
            ["same_contact"],
        ),
        ({"customer_index": "b"}, {"mobile_index": "b"}, 0, []),
        ({"regulator_number": "12345-1"}, {"regulator_number": "12345-1"}, 100, ["same_regulator_number"]),
        ({"cat_b": "x", "cat_c": "y"}, {"cat_b": "x", "cat_c": "z"}, 0, []),
        ({"cat_b": "x", "cat_c": "y"}, {"cat_b": "x", "cat_c": "y"}, 10, ["same_category"]),
        ({"accused_staff": frozenset("ab")}, {"accused_staff": frozenset("bc")}, 10, ["same_accused"]),
        ({"story": STORY}, {"story": STORY}, 25, ["same_text"]),
        ({"story": STORY}, {"story": STORY[:-12]}, 10, ["similar_text"]),
        ({}, {}, 0, []),
    ],
)
def test_each_evidence_counts_what_the_table_says(one, other, expected, rules):
    found = scored(one, other)
    assert (found.points, list(found.rules)) == (expected, rules)


@pytest.mark.parametrize(("days", "expected"), [(39, 40), (90, 40), (91, 0), (400, 0)])
def test_a_matter_closed_more_than_ninety_days_before_counts_less(days, expected):
    earlier = Matter(FILED, closed_at=FILED, mobile_index="a")
    assert evidence.score(TABLE, earlier, Matter(FILED + timedelta(days=days), mobile_index="a")).points == expected


@pytest.mark.parametrize(
    ("score", "band"),
    [(165, "certain"), (100, "certain"), (99, "probable"), (70, "probable"), (69, "possible"), (49, None)],
)
def test_points_fall_into_bands(score, band):
    assert points.band(score) == band


def test_points_hold_only_in_their_time():
    with clock.at(local("2011-12-30")), pytest.raises(points.InvalidInput, match="no “same_id” in force"):
        points.duplicate_points("same_id")


def test_every_rule_of_the_table_has_its_points_and_words_in_both_languages():
    rules = {rule.id for rule in TABLE.get("duplicates").rules}
    assert rules | set(points.BANDS) == {row.code for row in points.rows()}
    assert all(row.zh and row.en for row in points.rows())
    assert points.label("own_rule", "zh") == "own_rule"


DIGESTS = st.sampled_from([None, "a", "b"])
MATTERS = st.builds(
    Matter,
    received_at=st.integers(0, 400).map(lambda days: FILED + timedelta(days=days)),
    closed_at=st.none() | st.integers(0, 800).map(lambda days: FILED + timedelta(days=days)),
    id_index=DIGESTS,
    mobile_index=DIGESTS,
    customer_index=DIGESTS,
    email_index=DIGESTS,
    regulator_number=DIGESTS,
    account_index=DIGESTS,
    cat_b=DIGESTS,
    cat_c=DIGESTS,
    accused_unit=DIGESTS,
    accused_staff=st.frozensets(st.sampled_from("ab")),
    story=st.sampled_from(["", STORY, STORY[:-6], "另一件事情，和年费没有关系。"]),
)


@given(MATTERS, MATTERS)
def test_the_score_is_the_same_from_both_sides(one, other):
    assert evidence.score(TABLE, one, other) == evidence.score(TABLE, other, one)


@given(MATTERS, MATTERS)
def test_more_evidence_never_counts_less(one, other):
    weaker = evidence.score(TABLE, one, other).points
    same = {"id_index": "c", "mobile_index": "c", "account_index": "c"}
    stronger = [Matter(**{**each.__dict__, **same}) for each in (one, other)]
    assert evidence.score(TABLE, *stronger).points >= weaker
