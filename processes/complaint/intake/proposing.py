"""What the process would do with a complaint that staff are about to register: a dry run of the active version.

Nothing is stored. What is proposed is what happens on sending, unless time or tables change in between.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.applications import Application
from engine.bpmn.model import Model
from engine.dmn.tables import one_side
from engine.dryrun import DryRun
from engine.errors import RedressError
from processes.complaint import codes
from processes.complaint.case_fields import lead_words
from processes.complaint.tables import PROCESS
from processes.complaint.units import organisation

#: The decisions that are told, in the order in which people want to know.
TOLD = ("admissibility", "level", "priority", "fast_lane", "routing")


@dataclass(frozen=True)
class Proposal:
    """Where a complaint would go, in the words of one language; empty where the process does not get that far."""

    #: name of the first task, and until when it is to be done
    step: str
    step_due_at: datetime | None
    level: str
    priority: int | None
    lead: str
    unit: str
    #: when the consumer is promised an answer
    promised_at: datetime | None
    #: why: names of decisions and the words of the rules that held, in the order of `TOLD`
    reasons: tuple[tuple[str, str], ...]


def propose(
    model: Model, application: Application, values: Mapping[str, Any], language: str, *, now: datetime
) -> Proposal | None:
    """What would happen to a complaint with these start `values`; None where the process cannot say."""
    run = DryRun(model, PROCESS, application, at=now)
    try:
        run.start(values)
        return _told(run, model, language)
    except RedressError:
        return None


def _told(run: DryRun, model: Model, language: str) -> Proposal:
    task = next(iter(run.tasks), None)
    level = run.read("complaint.level")
    priority = run.read("complaint.priority")
    lead, unit = run.read("complaint.owner_unit"), run.read("complaint.unit")
    tree = organisation()
    return Proposal(
        step=run.element(task.element_id).named(language) if task else "",
        step_due_at=task.due_at if task else None,
        level=codes.label("level", level, language) if level else "",
        priority=int(priority) if priority is not None else None,
        lead=lead_words(lead, language) if level and lead else "",
        unit=tree[unit].name(language) if unit in tree else "",
        promised_at=run.read("complaint.clock.due_at"),
        reasons=_reasons(run, model, language),
    )


def _reasons(run: DryRun, model: Model, language: str) -> tuple[tuple[str, str], ...]:
    """The decisions that were made, and the words of the rules that held."""
    found = []
    for name in TOLD:
        decision = model.decisions[name].get(name) if name in model.decisions else None
        rules = {rule for held in run.trace.decisions.get(name, []) for rule in held}
        table = decision.table if decision is not None else None
        if decision is not None and table is not None and rules:
            words = [rule.why(language) for rule in table.rules if rule.id in rules]
            found.append((one_side(decision.name, language), "; ".join(words)))
    return tuple(found)
