"""By which channels a notice goes, and why: `notice_channel.dmn` for consumers; staff get mail, regulators a paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from engine import dmn
from engine.applications import Decided
from engine.definitions import Library
from engine.dmn import Decisions
from engine.errors import InvalidInput
from engine.execution.scopes import RecordReading
from engine.feel import Functions
from engine.models import ProcessDefinition
from processes.complaint.letters import CONSUMER, EMAIL, LETTER, PORTAL, REGULATOR
from processes.complaint.notices import Template
from processes.complaint.paths import PATHS
from processes.complaint.record import ComplaintRecord
from processes.complaint.register import NAME

DECISION = "notice_channel"


@dataclass(frozen=True)
class Choice:
    """The order in which channels are tried."""

    channels: tuple[str, ...]
    large_print: bool = False
    #: the decision table that said so; None where no table was asked
    made: Decided | None = None


@cache
def shipped() -> Decisions:
    """The table as it is shipped, for dry runs and for cases that began before it was deployed."""
    return dmn.load((Path(__file__).parent / f"{DECISION}.dmn").read_bytes())


def deployed(session: Session, definition_id: int) -> Decisions:
    """The table of the deployment that a case runs on."""
    deployment_id = session.get_one(ProcessDefinition, definition_id).deployment_id
    return Library(session).model(deployment_id).decisions.get(DECISION) or shipped()


def choose(
    decisions: Decisions,
    record: ComplaintRecord | None,
    recipient: str,
    template: Template,
    functions: Functions | None = None,
) -> Choice:
    """The channels for `template` to `recipient`, as far as the template may go by them.

    Raises InvalidInput where the table leaves none.
    """
    if recipient == REGULATOR:
        return Choice((LETTER,))
    if recipient != CONSUMER or record is None:
        return Choice((EMAIL, PORTAL))
    if record.get("imported"):
        return Choice((PORTAL,))  # closed elsewhere long ago: its papers are kept, nobody is written to
    outcome = decisions.decide(DECISION, _context(record, template), functions)
    rows: list[Mapping[str, Any]] = outcome.named if isinstance(outcome.named, list) else []
    channels = tuple(dict.fromkeys(row["channel"] for row in rows if row["channel"] in template.channels))
    if not channels:
        raise InvalidInput(why=f"the table {DECISION} leaves no channel for the notice {template.id}")
    made = Decided(DECISION, outcome.matched, outcome.inputs, rows)
    return Choice(channels, any(row["large_print"] for row in rows), made)


def _context(record: ComplaintRecord, template: Template) -> dict[str, Any]:
    """What the table reads: the notice's id, and the paths of the record that FEEL may read."""
    return {"template": template.id, NAME: RecordReading(NAME, record, _readable())}


@cache
def _readable() -> frozenset[str]:
    return frozenset(path for path, field in PATHS.items() if not field.personal)
