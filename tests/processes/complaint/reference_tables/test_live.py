"""The table of absences is what is recorded: read from there, and replaced there."""

from datetime import date

import pytest

from engine import commands, reference
from engine.commands import Leave
from engine.commands.absences import BadAbsenceRow
from engine.commands.reference import in_force_of
from engine.errors import Conflict
from engine.models import Absence
from engine.queries.reference import changes_of, table_version, table_versions
from tests.bank import NOW
from tests.processes.complaint.reference_tables.rows import TABLES

ABSENCES = TABLES["absences"]


@pytest.fixture
def office(bank):
    """Two who keep tables, and two who may stand in for each other."""
    for username in ("lin", "wu"):
        bank.person(username, "handler")
    bank.keepers = [bank.person(username, "process-owner") for username in ("pan", "shi")]
    return bank


def away(person, first, last, delegate="", reason=""):
    return {"person": person, "from_on": first, "to_on": last, "delegate": delegate, "reason": reason}


def record(office, username="lin", day=date(2026, 3, 4)):
    root = office.person("root", "admin")
    return commands.record_absence(office.site, Leave(username, day, day), actor=root, now=NOW)


def rows(office):
    with office.reading() as session:
        return in_force_of(session, ABSENCES)


def propose(office, *wanted):
    number, _ = rows(office)
    return commands.propose_rows(
        office.site, "absences", wanted, base=number, comment="排班", actor=office.keepers[0], now=NOW
    )


def confirm(office, number):
    commands.confirm_version(office.site, "absences", number, actor=office.keepers[1], now=NOW)


def test_what_is_recorded_one_by_one_is_in_the_table(office):
    assert rows(office) == (0, ())
    record(office)

    assert rows(office) == (0, (away("lin", "2026-03-04", "2026-03-04"),))


def test_a_confirmed_table_is_what_is_recorded_then(office):
    record(office)
    wanted = away("wu", "2026-03-09", "2026-03-13", "lin", "培训")

    number = propose(office, wanted)
    with office.reading() as session:
        found = changes_of(session, ABSENCES, table_version(session, "absences", number))
        states = [version.state for version in table_versions(session, "absences")]
    assert (found.added, found.removed) == ((wanted,), (away("lin", "2026-03-04", "2026-03-04"),))
    assert states == [reference.PROPOSED, reference.RECORDED]

    confirm(office, number)
    assert rows(office) == (number, (wanted,))
    with office.reading() as session:
        assert session.query(Absence).one().reason == "培训"


def test_an_absence_recorded_meanwhile_is_not_lost(office):
    number = propose(office, away("wu", "2026-03-09", "2026-03-13"))
    record(office)

    with pytest.raises(Conflict):
        confirm(office, number)
    assert rows(office)[1] == (away("lin", "2026-03-04", "2026-03-04"),)


def test_a_row_is_held_to_what_holds_for_one_absence(office):
    with pytest.raises(BadAbsenceRow, match=r"Row 2 \(wu\): .*30 days at most"):
        propose(office, away("wu", "2026-03-01", "2026-03-31", "lin"))
    with pytest.raises(BadAbsenceRow, match=r"Row 2 \(nobody\): .*nobody called"):
        propose(office, away("nobody", "2026-03-01", "2026-03-02"))
    assert rows(office) == (0, ())
