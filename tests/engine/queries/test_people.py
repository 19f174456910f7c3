"""People with their rights, skills and absences; units with who and what is in them."""

from datetime import date, timedelta

import pytest

from engine import commands
from engine.commands import Leave
from engine.errors import NotFound
from engine.organisation import Organisation
from engine.queries.people import group_names, people, person_row, unit_rows
from tests.applications import model, task
from tests.units import TREE, hire, open_units

DAY = date(2026, 3, 2)


@pytest.fixture
def units(database, vault, tmp_path):
    return open_units(database, vault, tmp_path)


def ask(office, query, *args, **more):
    with office.site.database.reading() as session:
        return query(session, *args, **more)


@pytest.mark.store
def test_a_person_is_shown_with_groups_on_units_skills_and_absences_of_today_and_later(units):
    joe = hire(units, "joe", "clerk@N1", "clerk@S", "chief", skills=["zh", "en"])
    hire(units, "sue", "chair")
    for first, delegate in ((DAY, "sue"), (DAY + timedelta(days=9), "")):
        units.do(commands.record_absence, Leave("joe", first, first + timedelta(days=1), delegate, "leave"))
    row = ask(units, person_row, joe, "en", units.now)

    assert [(one.group_name, one.unit) for one in row.grants] == [("Chiefs", ""), ("Clerks", "N1"), ("Clerks", "S")]
    assert row.skills == ("en", "zh")
    assert [(one.from_on, one.delegate) for one in row.absences] == [(DAY, "Sue"), (date(2026, 3, 11), "")]
    assert row.is_away(DAY)
    assert not row.is_away(date(2026, 3, 4))
    later = ask(units, person_row, joe, "en", units.now + timedelta(days=5))
    assert [one.from_on for one in later.absences] == [date(2026, 3, 11)]
    with pytest.raises(NotFound):
        ask(units, person_row, 99, "en", units.now)


def test_people_are_found_by_a_part_of_their_names(units):
    hire(units, "joe", "clerk")

    assert [row.username for row in ask(units, people, "en", units.now, text=" JO ").rows] == ["joe"]
    assert ask(units, people, "en", units.now, text="%").rows == ()
    assert ask(units, people, "en", units.now).total == 7
    assert ("clerk", "经办") in ask(units, group_names, "zh")


@pytest.mark.store
def test_units_stand_below_their_superiors_with_people_there_and_cases_there_and_below(units):
    hire(units, "joe", "clerk@N1", "chief@N1")
    hire(units, "sue", "clerk@N")
    units.deploy(model(task("a"), "start > a > end"))
    for phase in ("N1", "N2", "nowhere"):
        units.start(file__phase=phase)
    rows = {row.unit.key: (row.depth, row.people, row.open_cases) for row in ask(units, unit_rows, TREE)}

    assert list(rows) == ["HQ", "N", "N1", "N2", "S", "S1"]
    assert rows["HQ"] == (0, 0, 3)
    assert rows["N"] == (1, 1, 2)
    assert rows["N1"] == (2, 1, 1)
    assert rows["S1"] == (2, 0, 0)
    assert ask(units, unit_rows, Organisation()) == ()
