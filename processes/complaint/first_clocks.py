"""The clocks with which a complaint begins: the shipped decision `clocks.dmn` (D3) on what is known at receipt.

At triage the process asks the decision that is deployed, and `Clocks.begin` puts right what was not known before.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from engine import dmn
from processes.complaint.deadlines import DATA

DECISION_ID = "clocks"


def first_clocks(read: Callable[[str], Any], name: str) -> list[str]:
    """Ids of deadlines for the record called `name`, of which `read` gives the value at a path."""
    decisions = _decisions()
    context: dict[str, Any] = {}
    for dotted in decisions.get(DECISION_ID).names:
        path = dotted.removeprefix(f"{name}.")
        inner = context
        *above, last = path.split(".")
        for part in above:
            inner = inner.setdefault(part, {})
        inner[last] = read(path)
    found = decisions.evaluate(DECISION_ID, {name: context})
    return [str(each) for each in found] if isinstance(found, list) else []


@cache
def _decisions() -> dmn.Decisions:
    return dmn.load((DATA.parent / "clocks.dmn").read_bytes(), "clocks.dmn")
