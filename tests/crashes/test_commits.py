"""A process that dies at any commit, before or after it: another one finishes the case, and every effect stands once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine import definitions
from tests.crashes.case import describe, run

#: Status with which the case's process ends itself where it was told to.
CRASHED = 70
ROOT = Path(__file__).parents[2]
#: A run that is told to die behind its last commit comes to its end instead.
MOST_COMMITS = 40


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What a run without a crash leaves behind."""
    folder = tmp_path_factory.mktemp("undisturbed")
    definitions.forget()
    commits = run(folder)
    return describe(folder), commits


def crash(folder: Path, number: int, when: str) -> int:
    """Run the case in a process of its own that dies at commit `number`, `before` or `after` it; gives its status."""
    code = (
        f"from pathlib import Path; from tests.crashes.case import run; run(Path({str(folder)!r}), {number}, {when!r})"
    )
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=120).returncode


def finish_after_crash(folder: Path, number: int, when: str) -> str:
    status = crash(folder, number, when)
    assert status == CRASHED, f"commit {number} {when}: the process ended with {status}"
    definitions.forget()
    run(folder)
    return describe(folder)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_at_the_commits_of_the_cases_heart_leaves_no_trace(undisturbed, tmp_path, when):
    expected, commits = undisturbed
    for number in (commits // 3, 2 * commits // 3):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert finish_after_crash(folder, number, when) == expected, f"commit {number}, {when}"


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_at_any_commit_leaves_no_trace(undisturbed, tmp_path, when):
    expected, commits = undisturbed
    assert commits < MOST_COMMITS
    for number in range(1, commits + 1):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert finish_after_crash(folder, number, when) == expected, f"commit {number}, {when}"


def test_the_description_of_a_run_tells_its_effects(undisturbed):
    described = json.loads(undisturbed[0])

    assert described["status"] == "completed"
    assert described["effects"] == ["w1", "w2"]
