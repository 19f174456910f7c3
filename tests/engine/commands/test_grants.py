"""What people may do where, and what they know."""

import pytest

from engine import commands, history, identity
from engine.errors import InvalidInput, NotAllowed, NotFound
from engine.models import Membership, PersonSkill
from tests.units import hire, open_units


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
