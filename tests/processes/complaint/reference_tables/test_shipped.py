"""The tables that people keep as they are shipped."""

import pytest

from engine import reference
from tests.processes.complaint.reference_tables.rows import APPLICATION, TABLES


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
