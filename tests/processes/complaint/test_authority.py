"""Up to which amount somebody decides alone."""

from decimal import Decimal

import pytest

from engine import clock, reference
from engine.errors import InvalidInput
from processes.complaint.authority import authority_limit
from tests.processes.complaint.filing import local


def test_the_limits_rise_from_tier_to_tier_and_the_highest_has_none():
    limits = [authority_limit(f"t{tier}") for tier in (1, 2, 3, 4)]

    assert limits == [Decimal(500), Decimal(2000), Decimal(20_000), Decimal(100_000)]
    assert authority_limit("t5") is None
    assert authority_limit("fast") == Decimal(200)


def test_a_limit_that_nobody_set_is_named():
    with clock.at(local("2026-03-10")), pytest.raises(InvalidInput, match="no “t9” in force on 2026-03-10"):
        authority_limit("t9")


def test_the_limit_of_the_day_counts():
    (shipped,) = (row for row in reference.rows("authority_limits") if row["limit"] == "t1")
    first = {**shipped, "effective_from": "2026-01-01", "effective_to": "2026-06-30"}
    then = {**shipped, "amount": "800", "effective_from": "2026-07-01"}

    with reference.instead("authority_limits", (first, then)):
        _the_limit_changes_in_the_middle_of_the_year()


def _the_limit_changes_in_the_middle_of_the_year():
    with clock.at(local("2026-06-30")):
        assert authority_limit("t1") == 500
    with clock.at(local("2026-07-01")):
        assert authority_limit("t1") == 800
    with clock.at(local("2025-12-31")), pytest.raises(InvalidInput):
        authority_limit("t1")
