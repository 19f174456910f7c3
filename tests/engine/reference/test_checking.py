"""Whether rows make a table."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reference import Kind, check
from engine.reference.checking import as_date
from tests.engine.reference.prices import prices, row, said

TABLE = prices()
FIRST = date(2026, 1, 1)
#: first and last day of a row as days from FIRST, the last never before the first
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10)), max_size=6)


def rows_of(spans):
    """A row of one thing for each (first day, length)."""
    days = [(FIRST + timedelta(start), FIRST + timedelta(start + length)) for start, length in spans]
    return [row(since=since.isoformat(), until=until.isoformat()) for since, until in days]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (row(thing=""), ("thing", "This must be filled in.")),
        (row(thing="x" * 21), ("thing", "This is longer than 20 characters.")),
        (row(price="1,5"), ("price", "“1,5” is no number; write it as 1234.50, without separators.")),
        (row(price="１"), ("price", "“１” is no number; write it as 1234.50, without separators.")),  # noqa: RUF001
        (row(colour="blue"), ("colour", "There is no code “blue”; possible are green, red.")),
        (row(colour="green|blue"), ("colour", "There is no code “blue”; possible are green, red.")),
        (row(since="soon"), ("effective_from", "“soon” is no date; write it as 2026-03-10.")),
        (row(since="2026-02-30"), ("effective_from", "“2026-02-30” is no date; write it as 2026-03-10.")),
        (row(price="2000"), ("price", "too dear")),
    ],
)
def test_a_cell_that_does_not_fit_is_told_by_row_and_column(cells, found):
    assert said(check(TABLE, [row("nuts"), cells])) == [(3, *found)]


def test_rows_that_fit_have_no_flaws():
    assert check(TABLE, [row(colour="green|red", since="2026-01-01"), row("nuts", price="0")]) == []


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [(Kind.INTEGER, "-3", "3.0"), (Kind.YES_NO, "yes", "Y"), (Kind.DATE, "2026-03-10", "20260310")],
)
def test_each_kind_takes_its_own(kind, good, bad):
    column = prices().columns[3]
    table = prices(columns=(*TABLE.columns[:3], type(column)("note", "备注", "Note", kind), *TABLE.columns[4:]))

    assert check(table, [row(note=good)]) == []
    assert [flaw.column for flaw in check(table, [row(note=bad)])] == ["note"]


@pytest.mark.parametrize("kind", ["unit", "group"])
def test_units_and_groups_are_called_by_their_names(kind):
    column = TABLE.columns[2]
    named = type(column)("colour", "颜色", "Colour", Kind(kind), choices=lambda: ["a"])
    table = prices(columns=(*TABLE.columns[:2], named, *TABLE.columns[3:]))

    assert said(check(table, [row(colour="b")]))[0][2] == f"There is no {kind} “b”; possible are a."


@given(SPANS)
def test_an_overlap_is_found_whenever_two_rows_share_a_day(spans):
    flaws = check(TABLE, rows_of(spans))

    days = [start + day for start, length in spans for day in range(length + 1)]
    assert any("overlaps" in flaw.en for flaw in flaws) == (len(days) != len(set(days)))


@given(SPANS)
def test_a_gap_is_found_whenever_a_day_between_rows_is_free(spans):
    flaws = check(prices(gapless=True), rows_of(spans))

    days = {start + day for start, length in spans for day in range(length + 1)}
    free = set(range(min(days, default=0), max(days, default=-1) + 1)) - days
    assert any("nothing is in force" in flaw.en for flaw in flaws) == bool(free)


def test_an_overlap_names_both_rows_also_when_one_lasts_for_good():
    rows = [row(until="2026-06-30"), row(since="2026-07-01"), row(since="2027-01-01")]

    assert [(flaw.row, flaw.en) for flaw in check(TABLE, rows)] == [
        (
            4,
            "This overlaps with row 3 (tea) in time; end the earlier row the day before this one begins.",
        )
    ]


def test_reversed_dates_are_told():
    flaws = check(TABLE, [row(since="2026-02-01", until="2026-01-31")])

    assert said(flaws) == [(2, "effective_to", "The last day 2026-01-31 is before the first day 2026-02-01.")]


def test_a_key_stands_once_in_a_table_without_dates():
    flaws = check(prices(validity=None), [row(), row("nuts"), row(price="3")])

    assert said(flaws) == [(4, "thing", "This is the same as row 2 (tea); take one away.")]


@pytest.mark.parametrize(("text", "day"), [("2026-03-10", date(2026, 3, 10)), ("2026-3-10", None), ("", None)])
def test_a_date_has_one_way_to_be_written(text, day):
    assert as_date(text) == day
