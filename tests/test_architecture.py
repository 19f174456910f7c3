"""Holds the tree to the rules in tests/architecture.py, and proves that each rule can fail."""

from collections.abc import Iterable

import pytest

from tests import architecture
from tests.architecture import ROOT, RULES, Module

FOLDERS = ["engine", "processes", "webforms", "migrations"]
FILES = [ROOT / "app.py", *(path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))]
MODULES = [Module(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in FILES if path.exists()]


def fail_with(broken: Iterable[str]) -> None:
    lines = list(broken)
    assert not lines, "\n" + "\n".join(lines)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rule(rule):
    fail_with(broken for module in MODULES for broken in rule(module))


def test_no_modules_import_each_other_in_a_circle():
    fail_with(architecture.nothing_imports_in_a_circle(MODULES))


def test_every_module_of_the_engine_has_a_test_of_the_same_name():
    paths = [
        path.relative_to(ROOT).as_posix() for top in ("engine", "tests/engine") for path in (ROOT / top).rglob("*.py")
    ]

    fail_with(architecture.every_engine_module_has_a_test(paths))


def test_the_engine_does_not_name_the_application_it_was_built_for():
    files = [path for path in (ROOT / "engine").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    texts = [(path.relative_to(ROOT).as_posix(), path.read_text("utf-8", errors="replace")) for path in files]

    fail_with(broken for path, text in texts for broken in architecture.the_engine_knows_no_application(path, text))


PLANTED = [
    ("imports_between_layers_run_one_way", "engine/jobs.py", "from webforms import tasks"),
    ("imports_between_layers_run_one_way", "engine/jobs.py", "import processes.complaint"),
    ("imports_between_layers_run_one_way", "processes/complaint/topics.py", "import webforms.errors"),
    ("imports_between_layers_run_one_way", "webforms/tasks.py", "import app"),
    ("imports_between_layers_run_one_way", "migrations/env.py", "from app import create_app"),
    ("imports_inside_the_engine_point_up_the_list", "engine/db.py", "from engine.commands import complete_task"),
    ("imports_inside_the_engine_point_up_the_list", "engine/db.py", "from . import commands"),
    ("imports_inside_the_engine_point_up_the_list", "engine/bpmn/reader.py", "from ..state import dump"),
    ("imports_inside_the_engine_point_up_the_list", "engine/__init__.py", "from engine import db"),
    ("imports_inside_the_engine_point_up_the_list", "engine/novelty.py", ""),
    ("libraries_stay_behind_their_modules", "engine/commands.py", "from SpiffWorkflow.task import Task"),
    ("libraries_stay_behind_their_modules", "engine/jobs.py", "import apscheduler.schedulers"),
    ("libraries_stay_behind_their_modules", "processes/complaint/topics.py", "from flask import g"),
    ("libraries_stay_behind_their_modules", "engine/identity.py", "import flask_login"),
    ("imports_stand_at_the_top", "engine/db.py", "def f():\n    import json"),
    ("only_the_database_module_commits", "webforms/tasks.py", "db.session.commit()"),
    ("only_the_composition_root_reads_the_environment", "engine/vault.py", "import os\nos.environ['REDRESS_KEY_FILE']"),
    ("only_the_composition_root_reads_the_environment", "engine/vault.py", "from os import environ"),
    ("only_the_composition_root_reads_the_environment", "engine/vault.py", "import os\nos.getenv('REDRESS_KEY_FILE')"),
    ("only_the_clock_module_reads_the_clock", "engine/jobs.py", "datetime.now(UTC)"),
    ("only_the_clock_module_reads_the_clock", "engine/jobs.py", "datetime.datetime.utcnow()"),
    ("only_the_clock_module_reads_the_clock", "engine/jobs.py", "import time\ntime.time()"),
    ("only_the_clock_module_reads_the_clock", "engine/jobs.py", "from time import time"),
    ("only_the_clock_module_reads_the_clock", "webforms/tasks.py", "date.today()"),
    ("only_the_clock_module_reads_the_clock", "engine/models.py", "sqlalchemy.func.now()"),
    ("only_the_guard_catches_everything", "engine/db.py", "try:\n    f()\nexcept Exception:\n    pass"),
    ("only_the_guard_catches_everything", "engine/db.py", "try:\n    f()\nexcept:\n    pass"),
    ("only_the_guard_catches_everything", "engine/db.py", "try:\n    f()\nexcept (KeyError, BaseException):\n    pass"),
    (
        "only_the_guard_catches_everything",
        "engine/transition/guard.py",
        2 * "try:\n    f()\nexcept Exception:\n    pass\n",
    ),
    ("files_and_functions_stay_short", "engine/db.py", "x = 1\n" * 331),
    ("files_and_functions_stay_short", "engine/db.py", "def f():\n" + "    x = 1\n" * 60),
    ("names_say_what_a_thing_is", "engine/db.py", "def session_manager(): ..."),
    ("names_say_what_a_thing_is", "engine/db.py", "class FormProcessor: ..."),
    ("names_say_what_a_thing_is", "engine/utils.py", ""),
]


@pytest.mark.parametrize(("rule", "path", "source"), PLANTED)
def test_a_planted_violation_is_found(rule, path, source):
    assert list(getattr(architecture, rule)(Module(path, source)))


def test_every_rule_is_proven_to_be_able_to_fail():
    assert {rule.__name__ for rule in RULES} == {rule for rule, _, _ in PLANTED}


ALLOWED = [
    ("app.py", "import os\nimport flask\nfrom webforms import register\nos.environ.get('REDRESS_DEMO')"),
    (
        "engine/bpmn/reader.py",
        "from SpiffWorkflow.bpmn import parser\nfrom engine.bpmn.names import own\nfrom . import names",
    ),
    ("engine/clock.py", "from datetime import UTC, datetime\ndatetime.now(UTC)"),
    ("engine/db.py", "def transaction(session):\n    session.commit()"),
    ("engine/db.py", "try:\n    f()\nexcept BaseException:\n    undo()\n    raise"),
    ("engine/transition/guard.py", "try:\n    f()\nexcept Exception:\n    pass\nexcept ValueError:\n    pass"),
    (
        "engine/queries.py",
        "import time\nfrom engine import clock\ntime.monotonic()\nclock.today()\nx = 1\n" + "x = 1\n" * 324,
    ),
    (
        "engine/definitions.py",
        "def service_task_topics(): ...\nclass ServiceTask: ...\ndef f():\n" + "    x = 1\n" * 59,
    ),
]


@pytest.mark.parametrize(("path", "source"), ALLOWED)
def test_what_the_rules_allow_is_not_reported(path, source):
    assert not [broken for rule in RULES for broken in rule(Module(path, source))]


def test_a_planted_circle_is_found():
    circle = [
        Module("engine/a.py", "import engine.b"),
        Module("engine/b.py", "from engine.c import x"),
        Module("engine/c.py", "from . import a"),
    ]

    assert "engine.a → " in "".join(architecture.nothing_imports_in_a_circle(circle))
    assert not list(architecture.nothing_imports_in_a_circle(circle[:2]))


def test_a_missing_test_is_found():
    paths = [
        "engine/__init__.py",
        "engine/a.py",
        "engine/b/c.py",
        "engine/d/e.py",
        "tests/engine/test_a_laws.py",
        "tests/engine/b/test_c.py",
    ]

    assert list(architecture.every_engine_module_has_a_test(paths)) == [
        "engine/d has no tests/engine/test_d.py and no tests in tests/engine/d/"
    ]


@pytest.mark.parametrize("word", ["complaint", "ComplaintRecord", "投诉"])
def test_a_planted_application_word_is_found(word):
    assert list(architecture.the_engine_knows_no_application("engine/db.py", f"# {word}\n"))
    assert not list(architecture.the_engine_knows_no_application("processes/db.py", f"# {word}\n"))
