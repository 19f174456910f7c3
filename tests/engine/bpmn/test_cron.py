"""Cron texts as repetitions."""

from datetime import UTC, datetime

import pytest

from engine import clock
from engine.bpmn.cron import as_repetition, is_cron
from engine.bpmn.expressions import parsed


@pytest.mark.parametrize(
    ("text", "repetition"),
    [
        ("0 0/5 * * * ?", "R/PT5M"),
        ("*/10 * * * * *", "R/PT10S"),
        ("*/15 * * * *", "R/PT15M"),
        ("0 0 * * * ?", "R/PT1H"),
        ("0 * * * * ?", "R/PT1M"),
        ("0 0 */4 * * * *", "R/PT4H"),
    ],
)
def test_a_step_of_one_unit_is_a_repetition(text, repetition):
    assert as_repetition(text) == repetition


@pytest.mark.parametrize(("hour", "first"), [(8, "2026-03-02"), (9, "2026-03-03"), (23, "2026-03-03")])
def test_a_time_of_every_day_begins_at_the_next_one(hour, first):
    with clock.at(datetime(2026, 3, 2, hour, 0, tzinfo=clock.zone()).astimezone(UTC)):
        assert parsed(as_repetition("0 0 9 * * ?")).evaluate({}) == f"R/{first}T09:00:00/P1D"


@pytest.mark.parametrize(
    "text", ["0 0 12 ? * MON-FRI", "0 0 0 1 * ?", "0 0/7 * * * ?", "0 61 9 * * ?", "* 0/5 * * * ?", "0 15 10 L * ?"]
)
def test_other_cron_texts_are_known_but_no_repetitions(text):
    assert is_cron(text)
    assert as_repetition(text) == ""


@pytest.mark.parametrize("text", ["", "R3/PT1H", "5 days", "every 5 minutes at noon", "=a + b + c + d + e"])
def test_other_texts_are_no_cron(text):
    assert not is_cron(text)
    assert as_repetition(text) == ""
