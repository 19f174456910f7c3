"""What people may do where, what they know, and when somebody else stands in."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from engine import commands, history, identity
from engine.commands import Leave
from engine.commands.grants import BadAbsence
from engine.errors import InvalidInput, NotAllowed, NotFound
from engine.models import Absence, Membership, PersonSkill
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


@pytest.mark.store
def test_a_group_is_granted_on_a_unit_and_taken_away_again_on_record(office):
    office.do(commands.grant_group, "joe", "chief", "N")
    office.do(commands.grant_group, "joe", "chief", "N")
    with office.site.database.reading() as session:
        joe = identity.actor(session, office.people["joe"].id)
    assert joe.held_on == {("clerk", "N1"), ("chief", "N")}

    office.do(commands.revoke_group, "joe", "chief", "N")
    office.do(commands.revoke_group, "joe", "clerk")  # held on a unit, not everywhere
    rows = office.rows(Membership, Membership.person_id == joe.id)
    assert [(row.group_key, row.unit_key) for row in rows] == [("clerk", "N1")]
    assert audited(office)[0] == ("group_granted", "root", {"username": "joe", "group": "chief", "unit": "N"})


def test_rights_are_changed_by_admins_only_and_name_what_exists(office):
    for command, *arguments in (
        (commands.grant_group, "joe", "chief"),
        (commands.revoke_group, "joe", "clerk"),
        (commands.set_skills, "joe", ["en"]),
    ):
        with pytest.raises(NotAllowed):
            office.do(command, *arguments, by="joe")
    with pytest.raises(NotFound, match="no unit “X”"):
        office.do(commands.grant_group, "joe", "chief", "X")
    with pytest.raises(NotFound, match="no group “ghosts”"):
        office.do(commands.grant_group, "joe", "ghosts")
    with pytest.raises(InvalidInput, match="nobody called"):
        office.do(commands.grant_group, "nobody", "chief")
    with pytest.raises(InvalidInput, match="from yourself"):
        office.do(commands.revoke_group, "root", "admin")


def test_skills_are_codes_and_replace_those_before(office):
    office.do(commands.set_skills, "joe", ["en", "cards", "en"])
    office.do(commands.set_skills, "joe", ["zh", "en"])
    assert sorted(row.skill for row in office.rows(PersonSkill)) == ["en", "zh"]
    with pytest.raises(InvalidInput, match="is no code of a skill"):
        office.do(commands.set_skills, "joe", ["good manners"])
    assert sorted(row.skill for row in office.rows(PersonSkill)) == ["en", "zh"]


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
