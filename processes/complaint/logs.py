"""Lists that several people add to, each unseen by the others while they write: the answers of departments."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine import clock
from processes.complaint.facts import set_fact
from processes.complaint.paths import TEXTS
from processes.complaint.sealed import Papers

#: Where the side that is complained about speaks (R-024).
STATEMENTS = "staff_statements"


def add(papers: Papers, log: str, kind: str, rows: Iterable[Any]) -> None:
    """Add those of `rows` that say something to the sealed list at `log`, each with its `kind` and its moment."""
    said = [{**row, "kind": kind, "at": clock.now()} for row in rows if isinstance(row, Mapping) and row.get("text")]
    if not said:
        return
    papers.set_item(TEXTS, log, [*(papers.item(TEXTS, log) or []), *said])
    if kind == STATEMENTS:
        set_fact(papers.complaint, "accused_heard", value=True)
