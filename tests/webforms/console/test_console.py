"""What holds for every command."""

import click
import pytest
from flask import Flask

from engine.db import Database
from tests.office import OFFICE
from webforms import console


def commands_below(command, name=""):
    """(words, command) of every group and command below."""
    if name:
        yield name.split(), command
    if isinstance(command, click.Group):
        for key, each in command.commands.items():
            yield from commands_below(each, f"{name} {key}".strip())


OURS = [found for each in console.COMMANDS for found in commands_below(each, each.name)]
RUN = [found for found in OURS if not isinstance(found[1], click.Group)]


@pytest.mark.parametrize(
    ("words", "command"), RUN, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_every_command_has_help_with_an_example(flask, words, command):
    result = flask(*words, "--help")

    assert result.exit_code == 0
    assert f"Example: flask {words[0]}" in " ".join(result.stdout.split())


def test_a_database_that_is_not_set_up_is_told_in_one_line_with_the_remedy(site, app, flask, tmp_path):
    empty = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    app.extensions["redress.site"] = type(site)(**{**vars(site), "database": empty})

    for words in (
        ["history", "verify"],
        ["history", "seal"],
        ["user", "add", "li", "--name", "Li", "--password", "correct horse battery"],
        ["group", "add", "g", "--zh", "组", "--en", "G"],
        ["process", "check", OFFICE.folder, "--application", "office"],
        ["process", "deploy", OFFICE.folder, "--application", "office"],
        ["worker"],
    ):
        result = flask(*words)
        assert result.exit_code == 1, words
        assert "flask db upgrade" in result.stderr
        assert len(result.stderr.splitlines()) == 1
    empty.dispose()


def test_a_database_of_another_key_is_refused(site, flask):
    with site.database.transaction() as session:
        site.vault.mark_key(session)
        session.connection().exec_driver_sql("UPDATE mark SET value = 'another' WHERE name = 'key_check'")

    result = flask("history", "verify")

    assert result.exit_code == 1
    assert "belongs to another key" in result.stderr


def test_without_an_installation_models_can_be_checked_and_tried_and_all_else_says_why_not():
    alone = Flask("alone")
    console.register_alone(alone, "there is no key")
    runner = alone.test_cli_runner()

    assert runner.invoke(args=["process", "check", str(OFFICE.folder)]).exit_code == 0
    assert runner.invoke(args=["process", "run", str(OFFICE.folder), "--vars", '{"amount": 1}']).exit_code == 0
    for words in (
        ["history", "verify"],
        ["worker"],
        ["group", "add", "g", "--zh", "g", "--en", "g"],
    ):
        result = runner.invoke(args=words)
        assert result.exit_code == 1, words
        assert result.stderr == "Error: there is no key\n"
