"""Up to which amount somebody decides alone."""

from decimal import Decimal

import pytest

from engine import clock
from engine.errors import InvalidInput
from processes.complaint import authority
from processes.complaint.authority import Limit, authority_limit
from processes.complaint.validity import Validity
from tests.processes.complaint.filing import local


def test_the_limits_rise_from_tier_to_tier_and_the_highest_has_none():
    limits = [authority_limit(f"t{tier}") for tier in (1, 2, 3, 4)]

    assert limits == [Decimal(500), Decimal(2000), Decimal(20_000), Decimal(100_000)]
    assert authority_limit("t5") is None
    assert authority_limit("fast") == Decimal(200)


def test_a_limit_that_nobody_set_is_named():
    with clock.at(local("2026-03-10")), pytest.raises(InvalidInput, match="no “t9” in force on 2026-03-10"):
        authority_limit("t9")


def test_the_limit_of_the_day_counts(monkeypatch):
    rows = [("2026-01-01", "2026-06-30", 500), ("2026-07-01", "", 800)]
    limits = [
        Limit("t1", Decimal(amount), "CNY", Validity.of({"effective_from": first, "effective_to": last}))
        for first, last, amount in rows
    ]
    monkeypatch.setattr(authority, "limits", lambda: limits)

    with clock.at(local("2026-06-30")):
        assert authority_limit("t1") == 500
    with clock.at(local("2026-07-01")):
        assert authority_limit("t1") == 800
    with clock.at(local("2025-12-31")), pytest.raises(InvalidInput):
        authority_limit("t1")
