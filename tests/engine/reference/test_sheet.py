"""Reading and writing tables as CSV."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InvalidTable
from engine.reference import read, read_stored, write
from engine.reference.sheet import MOST_BYTES, MOST_ROWS
from tests.engine.reference.prices import csv_of, prices, row, said

TABLE = prices()
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.builds(row, thing=st.just("x"), note=TEXTS), max_size=6))
def test_what_is_written_is_read_again_whatever_it_says(rows):
    content = write(TABLE, rows)

    assert read(TABLE, content).flaws == ()
    assert read(TABLE, content).rows == tuple(rows) == read_stored(TABLE, content)


@given(st.sampled_from("=+-@\t\r\n＝＋－＠'"), TEXTS)  # noqa: RUF001 - spreadsheets take these signs too
def test_no_cell_is_written_as_a_formula(sign, text):
    written = write(TABLE, [row(note=sign + text)]).decode("utf-8-sig")

    cell = written.split("\r\n", 1)[1].split(",", 3)[3].lstrip('"')
    assert cell.startswith("'") or sign == "'"
    assert cell[0] not in "=+-@\t\r\n＝＋－＠"  # noqa: RUF001


def test_columns_come_in_any_order_and_dates_as_spreadsheets_write_them():
    content = "effective_from,note,thing,colour,price\r\n2026/3/1,,tea,, 2.50 \r\n".encode("utf-8-sig")

    assert read(TABLE, content).rows == (row(since="2026-03-01"),)


def test_text_keeps_its_blanks():
    assert read(TABLE, csv_of("tea,1,, two  words ,,")).rows[0]["note"] == " two  words "


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", (1, "", "The file is empty")),
        (csv_of("茶,1,,,,", encoding="gb18030"), (None, "", "not written in UTF-8")),
        (b"x" * (MOST_BYTES + 1), (None, "", "larger than 4 MB")),
        (b"thing,price,colour,note,weight\n", (1, "", "no column “weight”")),
        (b"thing,price,colour\n", (1, "", "column “note” is missing")),
        (b"thing,price,colour,note,note\n", (1, "", "“note” is there twice")),
        (b"thing;price;colour;note\n", (1, "", "no column “thing;price;colour;note”")),
        (csv_of("tea,1,,,,", "nuts,1"), (3, "", "2 cells instead of 6")),
        (csv_of("tea,1,,,,,,"), (2, "", "8 cells instead of 6")),
        (csv_of("tea,1,,,,", ",,,,,", "nuts,1,,,,"), (3, "", "The row is empty")),
        (csv_of("tea,1,,,,", 'nuts,1,,"open,,'), (3, "", "this is no CSV")),
    ],
)
def test_what_is_no_table_is_told_by_row(content, found):
    place = said(read(TABLE, content).flaws)[0]

    assert place[:2] == found[:2]
    assert found[2] in place[2]


def test_too_many_rows_are_told():
    flaws = read(TABLE, csv_of(*["tea,1,,,,"] * (MOST_ROWS + 1))).flaws

    assert said(flaws) == [(MOST_ROWS + 2, "", f"These are more than {MOST_ROWS} rows.")]


def test_every_message_is_there_in_both_languages():
    flaw = read(TABLE, b"").flaws[0]

    assert flaw.text("zh-Hans").startswith("文件是空的")
    assert flaw.text("en").startswith("The file is empty")


def test_empty_lines_at_the_end_do_not_count():
    assert read(TABLE, csv_of("tea,2.50,,,,", "", "")).rows == (row(),)


def test_a_stored_table_may_lack_columns_that_came_later():
    assert read_stored(TABLE, b"thing,gone\ntea,1\n") == (row(price=""),)
    with pytest.raises(InvalidTable):
        read_stored(TABLE, b"")
