"""The tables that people keep as they are shipped."""

import pytest

from engine import reference
from engine.reference import Kind
from tests.processes.complaint.reference_tables.rows import APPLICATION, TABLES

#: Codes that are told as they are: steps of a ladder.
NUMBERED = {"1", "2", "3", "4", "t1", "t2", "t3", "t4", "t5"}


@pytest.mark.parametrize("name", TABLES)
def test_what_is_shipped_has_no_flaws(name):
    table = TABLES[name]
    sheet = reference.read(table, table.shipped())

    assert sheet.flaws == ()
    assert reference.check(table, sheet.rows) == []
    assert reference.read(table, reference.write(table, sheet.rows)).rows == sheet.rows


@pytest.mark.parametrize("name", TABLES)
def test_every_table_and_column_has_its_name_in_both_languages(name):
    table = TABLES[name]

    for named in (table, *table.columns):
        assert named.label("zh") != named.label("en")
        assert named.zh
        assert named.en


@pytest.mark.parametrize("name", TABLES)
def test_every_code_that_a_cell_may_hold_has_words_in_both_languages(name):
    for column in TABLES[name].columns:
        for code in {*column.choices()} - NUMBERED if column.kind == Kind.CODE else ():
            words = {column.shown(code, language) for language in ("zh", "en")}
            assert len(words) == 2, (column.name, code)
            assert code not in words, (column.name, code)


def test_a_cell_with_several_codes_tells_the_words_of_each():
    pause = TABLES["deadlines"].by_name["pause"]

    assert pause.shown("MEDIATION|none", "en") == "Mediation, None"
    assert pause.shown("", "en") == ""


def test_the_application_brings_the_tables_that_the_office_decides_by():
    assert set(APPLICATION.tables) >= {
        *("deadlines", "extensions", "calendar_days", "code_lists", "form_lists", "authority_limits"),
        *("institution", "notices", "organisation", "absences", "step_times", "progress_intervals", "tenant"),
        *("scripts", "partners", "partner_points", "duplicate_scores"),
    }


def test_shipped_notices_are_the_files_of_both_languages():
    rows = {(row["id"], row["language"]) for row in reference.rows("notices")}

    assert {("N10", "zh"), ("N10", "en")} <= rows
    assert len(rows) == len(reference.rows("notices"))
