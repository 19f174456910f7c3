"""The check of models: `flask process check --json` over a thousand files, and a decision table of 10,000 rules."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.case import models
from benchmarks.expressions import TESTS, table
from engine.bpmn.checks import Known, check

ROOT = Path(__file__).parents[1]
FILES, SECONDS = 1_000, 60.0
RULES, TABLE_SECONDS = 10_000, 2.0


def measure(rounds: int) -> dict[str, Any]:  # noqa: ARG001 - once is long enough
    """CPU seconds of both; prints what it finds."""
    found = {"files": FILES, "files_s": _files(), "rules": RULES, "table_s": _table()}
    print("Check of models (CPU)")
    for name, spent, most in (
        (f"flask process check --json, {FILES} files", found["files_s"], SECONDS),
        (f"decision table of {RULES} rules", found["table_s"], TABLE_SECONDS),
    ):
        verdict = "as wanted" if spent <= most else "slower than wanted"
        print(f"  {name:44}{spent:7.2f} s ({verdict}: at most {most:g})")
    return found


def _files() -> float:
    """CPU seconds of one call over a folder of models; raises RuntimeError where it does not answer in JSON."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shipped = sorted(path for path in (ROOT / "tests" / "conformance").rglob("*.*mn") if path.suffix != ".yaml")
        sources = [path.read_bytes() for path in shipped] or list(models().values())
        endings = [path.suffix for path in shipped] or [Path(each).suffix for each in models()]
        for number in range(FILES):
            each = number % len(sources)
            (folder / f"m{number}{endings[each]}").write_bytes(sources[each])
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "flask", "--app", "app", "process", "check", "--json", name]
        done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, check=False)  # noqa: S603
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if "Traceback" in done.stderr.decode() or not json.loads(done.stdout):
        raise RuntimeError(done.stderr.decode())
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _table() -> float:
    """CPU seconds of checking a large decision table, the best of three: what others do on the machine adds to them."""
    source = table(TESTS["ranges"], RULES)
    times = []
    for _ in range(3):
        began = time.process_time()
        check({"a.dmn": source}, Known.anything())
        times.append(time.process_time() - began)
    return min(times)
