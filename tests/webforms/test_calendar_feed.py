"""The text of calendars (RFC 5545)."""

from hypothesis import given
from hypothesis import strategies as st

from webforms.calendar_feed import LINE, calendar, escaped, fold

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300)


@given(TEXTS)
def test_lines_have_at_most_75_octets_and_unfold_to_what_they_were(text):
    parts = list(fold(text))

    assert all(len(part.encode()) <= LINE for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == text


def test_values_keep_their_signs_and_stay_on_one_line():
    assert escaped("a;b,c\\d\r\ne\x07") == "a\\;b\\,c\\\\d\\ne"


def test_a_calendar_without_dates_is_whole():
    text = calendar((), None, "Due dates")

    assert text.splitlines() == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Redress//Due dates//EN",
        "X-WR-CALNAME:Due dates",
        "END:VCALENDAR",
    ]
    assert text.endswith("\r\n")
