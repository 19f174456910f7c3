"""Hostile files, one construct each: refused, or bounded in time and memory."""

import json
import subprocess
import sys

import pytest

from tests.fuzz.constructs import CONSTRUCTS
from tests.fuzz.corpus import ROOT

pytestmark = pytest.mark.long
#: CPU seconds. The aim is 2; a busy machine is slower by a factor, and what hangs takes far longer than this.
SECONDS = 10.0
#: Above the idle process, with the file itself, which may have 50.
MEGABYTES = 200


@pytest.fixture(scope="module")
def measured():
    """Name of a construct → what was measured, in a process of its own."""
    command = [sys.executable, "-m", "tests.fuzz.constructs"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {found["name"]: found for found in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_a_hostile_file_is_refused_or_bounded(name, measured):
    _, _, code = CONSTRUCTS[name]

    assert measured[name]["cpu"] < SECONDS
    assert measured[name]["mb"] < MEGABYTES
    assert not code or code in measured[name]["codes"]
