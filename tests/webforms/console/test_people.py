"""`flask user` and `flask group`."""

from datetime import date

from engine import clock
from engine.commands.log_ins import log_in
from engine.models import Absence, Membership, PersonSkill

PASSWORD = "correct horse battery"


def test_an_added_user_can_log_in_and_is_in_the_groups(site, flask):
    result = flask("user", "add", "li.na", "--name", "李娜", "--group", "clerks", "--password", PASSWORD)

    assert (result.exit_code, result.stdout) == (0, "li.na can log in now.\n")
    assert log_in(site, "li.na", PASSWORD, "::1", clock.now()).groups == {"clerks"}


def test_the_password_is_asked_for_twice(flask):
    result = flask("user", "add", "li.na", "--name", "李娜", input=f"{PASSWORD}\n{PASSWORD}\n")

    assert result.exit_code == 0
    assert PASSWORD not in result.stdout


def test_what_is_wrong_with_a_user_is_told_in_one_line(flask):
    for words, why in (
        (["ann", "--password", PASSWORD], "taken"),
        (["new", "--password", "short"], "password"),
        (["new", "--password", PASSWORD, "--group", "nobody"], "nobody"),
        (["", "--password", PASSWORD], "user name"),
    ):
        result = flask("user", "add", *words, "--name", "X")
        assert result.exit_code == 1
        assert why in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_a_group_can_be_added_once(flask):
    assert flask("group", "add", "fraud", "--zh", "反欺诈组", "--en", "Fraud team").exit_code == 0

    again = flask("group", "add", "fraud", "--zh", "反欺诈组", "--en", "Fraud team")
    assert again.exit_code == 1
    assert "exists already" in again.stderr


def rows(site, entity):
    with site.database.reading() as session:
        found = session.query(entity).all()
        session.expunge_all()
        return found


def test_groups_and_skills_are_granted_and_taken_away(site, flask):
    assert flask("user", "grant", "out", "chiefs").stdout == "out is in chiefs now.\n"
    chiefs = {row.person_id for row in rows(site, Membership) if row.group_key == "chiefs"}
    assert flask("user", "revoke", "out", "chiefs").exit_code == 0
    assert len(chiefs) - len({row.person_id for row in rows(site, Membership) if row.group_key == "chiefs"}) == 1

    assert flask("user", "skills", "out", "zh", "en", "zh").stdout == "out: en zh\n"
    assert sorted(row.skill for row in rows(site, PersonSkill)) == ["en", "zh"]
    assert flask("user", "skills", "out").stdout == "out: no skills\n"
    assert rows(site, PersonSkill) == []


def test_an_absence_is_recorded_and_ended(site, flask):
    days = ["--from", "2026-03-10", "--to", "2026-03-12"]
    assert flask("user", "absence", "ann", *days, "--delegate", "ben").stdout == "Absence 1 is recorded.\n"
    absence = rows(site, Absence)[0]
    assert (absence.from_on, absence.to_on) == (date(2026, 3, 10), date(2026, 3, 12))
    assert flask("user", "back", "1").stdout == "Absence 1 is over.\n"
    assert rows(site, Absence) == []


def test_what_is_wrong_with_a_grant_or_absence_is_told_in_one_line(flask):
    for words, why in (
        (["grant", "nobody", "clerks"], "nobody called"),
        (["grant", "ann", "ghosts"], "no group “ghosts”"),
        (["grant", "ann", "clerks@MOON"], "no unit “MOON”"),
        (["skills", "ann", "two words"], "no code of a skill"),
        (["absence", "ben", "--from", "2026-03-10", "--to", "2026-03-11", "--delegate", "ann"], "holds neither chiefs"),
        (["back", "7"], "nothing here"),
    ):
        result = flask("user", *words)
        assert result.exit_code == 1
        assert why in result.stderr
        assert len(result.stderr.splitlines()) == 1
