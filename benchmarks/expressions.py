"""FEEL and decision tables when they are read already; beside them feelin, where Node.js and the package are there."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine import dmn, feel

FOLDER = Path(__file__).parent
#: Microseconds for a comparison, milliseconds for a table of `RULES` rules.
COMPARISON_US, TABLE_MS = 3.0, 0.5
RULES = 50
#: Passes between two looks at the clock.
_PASSES = 200
COMPARISON = "amount > 1000"
#: Kind of table → the test of its rule `n`; only the last rule matches what is tried.
TESTS: dict[str, Callable[[int], str]] = {
    "comparisons": lambda n: f"< {n + 1}",
    "ranges": lambda n: f"[{n}..{n + 1})",
    "texts": lambda n: f'"code {n}", "other {n}"',
    "other FEEL": lambda n: f"? >= {n} and ? < {n + 1}",
}
_TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="level" name="level"><decisionTable id="t" hitPolicy="FIRST"><input id="i"><inputExpression id="e">
<text>{tested}</text></inputExpression></input><output id="o" name="level"/>{rules}</decisionTable></decision>
</definitions>"""
_RULE = (
    "<rule id='r{n}'><inputEntry id='i{n}'><text>{test}</text></inputEntry>"
    "<outputEntry id='o{n}'><text>{n}</text></outputEntry></rule>"
)


def measure(rounds: int) -> dict[str, Any]:
    """CPU time of a comparison and of tables on this engine, and on feelin; prints what it finds."""
    expression, context = feel.parse(COMPARISON), {"amount": Decimal(5)}
    found: dict[str, Any] = {"comparison_us": _cpu(lambda: expression.evaluate(context), rounds) / 1e3}
    for kind, test in TESTS.items():
        decisions = dmn.load(table(test))
        values = {"amount": Decimal(RULES) - Decimal("0.5"), "kind": f"other {RULES - 1}"}
        tested = "kind" if kind == "texts" else "amount"
        values["tested"] = values[tested]
        if decisions.evaluate("level", values) != RULES - 1:
            raise RuntimeError(f"the table of {kind} gives {decisions.evaluate('level', values)}")
        found[f"{kind}_ms"] = _cpu(lambda: decisions.evaluate("level", values), rounds) / 1e6  # noqa: B023 - at once
    found["feelin"] = feelin(rounds)
    _print(found)
    return found


def table(test: Callable[[int], str], rules: int = RULES) -> bytes:
    """A decision table whose rule `n` has the test `test(n)` and gives `n`."""
    rows = (_RULE.format(n=n, test=test(n).replace("<", "&lt;")) for n in range(rules))
    return _TABLE.format(tested="tested", rules="".join(rows)).encode()


def feelin(rounds: int) -> dict[str, float] | str:
    """The same on feelin, in the same units, or why not."""
    node = shutil.which("node", path=f"{os.environ['PATH']}{os.pathsep}{Path(sys.executable).parent}")
    if node is None or not (FOLDER.parent / "node_modules" / "feelin").is_dir():
        return "not measured: Node.js or the package feelin is missing"
    asked = {
        "rounds": rounds,
        "comparison": COMPARISON,
        "context": {"amount": 5},
        "tests": [TESTS["ranges"](n) for n in range(RULES)],
        "values": [RULES - 0.5],
    }
    done = subprocess.run(  # noqa: S603 - our own script
        [node, FOLDER / "feelin.mjs"], input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    if done.returncode:
        return f"not measured: {done.stderr.strip().splitlines()[-1]}"
    told = json.loads(done.stdout)
    return {"comparison_us": told["comparison"] / 1e3, "ranges_ms": told["table"] / 1e6}


def _cpu(act: Callable[[], object], rounds: int) -> float:
    """Nanoseconds of CPU that `act` takes, in the best of some rounds: the others suffer from neighbours."""
    act()
    times = []
    for _ in range(rounds):
        began = time.process_time_ns()
        for _ in range(_PASSES):
            act()
        times.append((time.process_time_ns() - began) / _PASSES)
    return min(times)


def _print(found: dict[str, Any]) -> None:
    print(f"FEEL and tables of {RULES} rules, read before (CPU, best of the rounds)")
    _line(f"{COMPARISON}", found["comparison_us"], "µs", COMPARISON_US)
    for kind in TESTS:
        _line(f"table of {kind}", found[f"{kind}_ms"], "ms", TABLE_MS)
    reference = found["feelin"]
    if isinstance(reference, str):
        print(f"  feelin: {reference}")
    else:
        print(
            f"  feelin, reading each time: {reference['comparison_us']:.1f} µs, ranges {reference['ranges_ms']:.2f} ms"
        )


def _line(name: str, spent: float, unit: str, most: float) -> None:
    verdict = "as wanted" if spent <= most else "slower than wanted"
    print(f"  {name:22}{spent:8.3f} {unit} ({verdict}: at most {most})")
