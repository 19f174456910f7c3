"""`flask user` and `flask group`."""

from engine import clock
from engine.commands.log_ins import log_in

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
