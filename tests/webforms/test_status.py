"""The status in plain words."""

import pytest

from processes.complaint import codes
from webforms.status import WORDS, steps_to


def test_every_status_has_words():
    assert WORDS.keys() == codes.lists()["public_status"].keys()


@pytest.mark.parametrize(
    ("status", "current", "labels"),
    [
        ("received", 0, 8),
        ("investigating", 2, 8),
        ("closed", 8, 8),
        ("withdrawn", 2, 2),
        ("in_mediation", 4, 9),
        ("under_review", 5, 9),
    ],
)
def test_the_way_shows_where_a_complaint_stands(status, current, labels):
    steps, found = steps_to(status, "en")

    assert (found, len(steps)) == (current, labels)
