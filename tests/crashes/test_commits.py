"""A process dies at any commit, before or after it: another one finishes the case, and every effect stands once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("every", [pytest.param(9, id="some"), pytest.param(1, id="all", marks=pytest.mark.slow)])
def test_a_crash_at_a_commit_leaves_no_trace(tmp_path, every):
    command = [sys.executable, "-m", "tests.crashes.case", str(tmp_path), str(every)]
    walked = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300).stdout)

    undisturbed = json.loads(walked["undisturbed"])
    assert undisturbed["status"] == "completed"
    assert undisturbed["effects"] == ["w1", "w2"]
    assert walked["commits"] > 15
    assert len(walked["ends"]) >= 2 * (walked["commits"] // every)
    assert {name: end for name, end in walked["ends"].items() if end != walked["undisturbed"]} == {}
