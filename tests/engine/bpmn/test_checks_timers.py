"""Which texts are times for a timer, held against the engine that arms it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.checks import timers as checked
from engine.bpmn.expressions import is_iso
from engine.errors import ModelFault
from engine.execution import timers

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TIMES = [
    *("P15D", "PT8H", "P1M", "P1Y2M", "PT0S", "2026-03-31", "2026-03-31T09:00:00+08:00", '"P15D"'),
    *('duration("P2D")', '=now() + duration("P1D")', "deadline", "${deadline}", "working_days(5)"),
]
NO_TIMES = [
    *("PT15D", "5 days", "5", "true", "null", "=null", "0 0/5 * * * ?", "-P1D", "-P1Y", "2026-13-01", "R3/PT1H"),
    *("P96000M", "P400000D", 'duration("P2000Y")'),
]
CYCLES = ["R/PT1H", "R3/PT24H", "R5/2026-03-31T09:00:00+08:00/P1D", "=marks", 'duration("P1D")', "[now()]"]
NO_CYCLES = [
    *("PT1H", "R0/PT1H", "R3/PT0S", "R3/P1D/2026-03-31", "R3/nonsense", "2026-03-31", "R" + "9" * 5000 + "/PT1H"),
    "R/P96000M",
]


@pytest.mark.parametrize("text", TIMES)
def test_a_time_is_accepted(text):
    assert checked.why_no_time(text, "duration") is None


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_is_no_time_is_refused_with_a_reason_in_both_languages(text):
    english, chinese = checked.why_no_time(text, "date")

    assert english
    assert chinese != english


@pytest.mark.parametrize("text", CYCLES)
def test_a_cycle_is_accepted(text):
    assert checked.why_no_time(text, "cycle") is None


@pytest.mark.parametrize("text", NO_CYCLES)
def test_what_is_no_cycle_is_refused(text):
    assert checked.why_no_time(text, "cycle") is not None


@given(
    st.from_regex(r"-?P[0-9YMWDTHS.]{1,8}|R[0-9]{0,2}/P[0-9YMWDTHS]{1,6}", fullmatch=True),
    st.sampled_from(["duration", "cycle"]),
)
def test_a_literal_that_is_accepted_can_be_armed(text, kind):
    if not is_iso(text) or checked.why_no_time(text, kind) is not None:
        return

    try:
        state = timers.armed(kind, text, NOW)
    except ModelFault:
        pytest.fail(f"{text} was accepted, but cannot be armed")
    assert state["due"] >= NOW
