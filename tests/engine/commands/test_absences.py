"""When somebody is away, and who stands in."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from engine import commands, history, identity
from engine.commands import Leave
from engine.commands.absences import BadAbsence, BadAbsenceRow, leaves, replace_leaves
from engine.errors import InvalidInput, NotAllowed, NotFound
from engine.models import Absence
from tests.units import hire, open_units

DAY = date(2026, 3, 2)


@pytest.fixture
def office(database, vault, tmp_path):
    office = open_units(database, vault, tmp_path)
    hire(office, "joe", "clerk@N1")
    return office


def audited(office):
    with office.site.database.reading() as session:
        lines = history.read(session, office.site.vault, f"{history.AUDIT}{office.now.date()}:{office.site.node}")
    return [(line.kind, line.actor, line.detail) for line in lines]


def absent(office, delegate="", *, days=5, after=0, by="root", who="joe"):
    first = DAY + timedelta(days=after)
    return office.do(commands.record_absence, Leave(who, first, first + timedelta(days=days - 1), delegate), by=by)


@pytest.mark.store
@pytest.mark.parametrize(
    ("grants", "may"),
    [
        (["clerk@N1"], True),
        (["clerk@N"], True),
        (["clerk"], True),
        (["chief@HQ"], True),
        (["chair"], True),
        (["clerk@N2"], False),
        (["clerk@S", "chief@N2"], False),
        (["desk"], False),
    ],
)
def test_whoever_stands_in_holds_the_same_groups_or_higher_ones_there(office, grants, may):
    hire(office, "deputy", *grants)
    if may:
        absent(office, "deputy")
        assert office.rows(Absence)[0].delegate_id == office.people["deputy"].id
    else:
        with pytest.raises(BadAbsence, match="Deputy holds neither clerk@N1 there nor a group above it"):
            absent(office, "deputy")


def test_nobody_of_a_lower_rank_stands_in(office):
    hire(office, "chief", "chief@N")
    with pytest.raises(BadAbsence, match="holds neither chief@N"):
        absent(office, "joe", who="chief")


def test_somebody_stands_in_for_thirty_days_at_most(office):
    hire(office, "deputy", "clerk@N")
    with pytest.raises(BadAbsence, match="30 days at most"):
        absent(office, "deputy", days=31)
    absent(office, "deputy", days=30)
    absent(office, days=90, after=30)
    assert len(office.rows(Absence)) == 2


def test_absences_that_cannot_be_are_refused_with_what_to_do(office):
    deputy = hire(office, "deputy", "clerk@N")
    hire(office, "away", "clerk@N")
    absent(office, who="away")
    for arguments, why in (
        ({"days": 0}, "ends before it begins"),
        ({"delegate": "joe"}, "nobody stands in for themselves"),
        ({"delegate": "away", "after": 4}, "Away is away on some of these days too"),
        ({"delegate": "nobody"}, "nobody called"),
    ):
        with pytest.raises(InvalidInput, match=why):
            absent(office, **arguments)
    absent(office)
    with pytest.raises(BadAbsence, match="another one is recorded from 2026-03-02 to 2026-03-06; end that one first"):
        absent(office, after=4)
    with office.site.database.transaction() as session:
        identity.set_active(session, deputy, active=False)
    with pytest.raises(BadAbsence, match="Deputy cannot log in any more"):
        absent(office, "deputy", after=10)


def test_people_record_and_end_their_own_absence_and_nobody_elses(office):
    hire(office, "sue", "clerk@N1")
    with pytest.raises(NotAllowed):
        absent(office, by="sue")
    absence = absent(office, by="joe")
    assert audited(office)[0][:2] == ("absence_recorded", "joe")
    with pytest.raises(NotAllowed):
        office.do(commands.end_absence, absence, by="sue")
    office.now += timedelta(days=2)
    office.do(commands.end_absence, absence, by="joe")

    with office.site.database.reading() as session:
        assert session.scalars(select(Absence.to_on)).one() == date(2026, 3, 3)
    later = absent(office, after=20)
    office.do(commands.end_absence, later)
    assert len(office.rows(Absence)) == 1
    with pytest.raises(NotFound):
        office.do(commands.end_absence, 99)
    assert [kind for kind, *_ in audited(office)] == ["absence_ended", "absence_recorded", "absence_ended"]


def replaced(office, *wanted):
    """Lets `wanted` be all absences; gives their ids by user name and first day."""
    with office.site.database.transaction() as session:
        replace_leaves(office.site, session, wanted, by="root", now=office.now)
    with office.site.database.reading() as session:
        assert leaves(session) == sorted(wanted, key=lambda leave: (leave.username, leave.from_on))
        return [row.id for row in session.scalars(select(Absence).order_by(Absence.id))]


@pytest.mark.store
def test_a_whole_table_of_absences_replaces_those_there_were(office):
    hire(office, "deputy", "clerk@N")
    kept = absent(office, "deputy")
    absent(office, after=10)
    stays = Leave("joe", DAY, DAY + timedelta(days=4), "deputy")
    new = Leave("deputy", date(2026, 4, 1), date(2026, 4, 3), "", "培训")

    ids = replaced(office, new, stays)

    assert kept in ids
    assert len(ids) == 2
    assert [(kind, detail["username"]) for kind, _, detail in audited(office)][-2:] == [
        ("absence_ended", "joe"),
        ("absence_recorded", "deputy"),
    ]


def test_rows_of_a_table_are_held_to_what_holds_for_one(office):
    hire(office, "deputy", "clerk@N")
    away = Leave("deputy", DAY, DAY)
    long = DAY + timedelta(days=30)
    for wanted, why in (
        ([Leave("nobody", DAY, DAY)], r"Row 2 \(nobody\): .*nobody called"),
        ([away, Leave("joe", DAY, DAY, "deputy")], r"Row 3 \(joe\): .*Deputy is away on some of these days too"),
        ([away, Leave("deputy", DAY, long)], r"Row 2 \(deputy\): .*another one is recorded"),
        ([Leave("joe", DAY, long, "deputy")], "30 days at most"),
        ([Leave("deputy", DAY, DAY, "joe")], "holds neither clerk@N there"),
    ):
        with pytest.raises(BadAbsenceRow, match=why):
            replaced(office, *wanted)


def test_what_is_recorded_already_may_stay_when_the_delegate_has_lost_a_group(office):
    hire(office, "deputy", "clerk@N")
    absent(office, "deputy")
    office.do(commands.revoke_group, "deputy", "clerk", "N")

    stays = Leave("joe", DAY, DAY + timedelta(days=4), "deputy")
    replaced(office, stays, Leave("deputy", date(2026, 4, 1), date(2026, 4, 3)))

    assert sorted(row.from_on for row in office.rows(Absence)) == [DAY, date(2026, 4, 1)]
