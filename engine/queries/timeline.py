"""What happened in a case, line by line, as a person reads it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine import access, history
from engine.commands.comments import COMMENTED, WITHDRAWN
from engine.history import Entry
from engine.identity import Actor
from engine.models import ProcessInstance
from engine.queries.labels import Labels, names_of_users
from engine.queries.literals import literal_text
from engine.site import Site

#: Lines too fine for a first look.
FINE = frozenset({"entered", "left", "took", "cancelled", "work_requested", "task_completed"})

#: Kinds whose sealed values are a reason that somebody gave; all who may see the case read it.
REASONED = frozenset(
    {
        *("task_assigned", "task_handed", "task_declined", "instance_cancelled", "variables_set"),
        *("case_linked", "case_unlinked", "case_merged", "case_taken_in", "case_told_apart"),
    }
)
VARIABLES_SET = "variables_set"
#: What of a line about a task may be a user name.
_NAMES = ("to", "from", "for", "person")


@dataclass(frozen=True)
class Happening:
    """A line of history as a person reads it; `number` is its place in the stream.

    Where a decision table was applied: its name, and what the rules that matched say. Of a comment its text, unless it
    was taken back or erased; of what needs a reason, the reason. `changes`: variable → what it was and is, as FEEL
    writes it, for those who may operate.
    """

    number: int
    at: datetime
    kind: str
    #: name, or `system` and `consumer`
    actor: str
    username: str
    element_id: str
    element: str
    detail: Mapping[str, Any]
    is_fine: bool
    decision: str = ""
    reasons: tuple[str, ...] = ()
    text: str = ""
    is_withdrawn: bool = False
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def timeline(
    session: Session, site: Site, instance: ProcessInstance, *, actor: Actor, language: str
) -> tuple[Happening, ...]:
    """Everything that happened in a case, newest first; who may see the case is decided before."""
    entries = history.read(session, site.vault, history.instance_stream(instance.id))
    names = [entry.actor for entry in entries]
    named = [str(entry.detail[name]) for entry in entries for name in _NAMES if _is_name(entry, name)]
    reader = _Reader(
        Labels(session, language),
        instance.definition_id,
        names_of_users(session, [*names, *named]),
        {entry.detail["comment"] for entry in entries if entry.kind == WITHDRAWN},
        access.may_operate(actor),
    )
    return tuple(reader.line(entry) for entry in reversed(entries))


def _is_name(entry: Entry, name: str) -> bool:
    return entry.kind.startswith("task_") and isinstance(entry.detail.get(name), str)


@dataclass(frozen=True)
class _Reader:
    """What lines are read with."""

    labels: Labels
    definition_id: int
    people: Mapping[str, str]
    withdrawn: Collection[int]
    may_operate: bool

    def line(self, entry: Entry) -> Happening:
        """One line in words."""
        decision, reasons = "", tuple[str, ...]()
        if entry.kind == "decided":
            decision, reasons = self.labels.decision(
                self.definition_id, entry.detail["decision"], entry.detail["rules"]
            )
        return Happening(
            number=entry.sequence,
            at=entry.at,
            kind=entry.kind,
            actor=self.people.get(entry.actor, entry.actor),
            username=entry.actor,
            element_id=entry.element_id,
            element=self.labels.element(self.definition_id, entry.element_id) if entry.element_id else "",
            detail=self._named(entry),
            is_fine=entry.kind in FINE,
            decision=decision,
            reasons=reasons,
            text=self._text(entry),
            is_withdrawn=entry.sequence in self.withdrawn,
            changes=self._changes(entry),
        )

    def _named(self, entry: Entry) -> Mapping[str, Any]:
        """The detail with people's names for user names."""
        names = {name: self.people[entry.detail[name]] for name in _NAMES if self._knows(entry, name)}
        return {**entry.detail, **names}

    def _knows(self, entry: Entry, name: str) -> bool:
        return _is_name(entry, name) and entry.detail[name] in self.people

    def _text(self, entry: Entry) -> str:
        values = entry.values or {}
        if entry.kind == COMMENTED:
            return "" if entry.sequence in self.withdrawn else str(values.get("text", ""))
        return str(values.get("reason", "")) if entry.kind in REASONED else ""

    def _changes(self, entry: Entry) -> Mapping[str, tuple[str, str]]:
        if entry.kind != VARIABLES_SET or not entry.values or not self.may_operate:
            return {}
        before, after = entry.values.get("before", {}), entry.values.get("after", {})
        return {name: (_literal(before, name), _literal(after, name)) for name in after}


def _literal(values: Mapping[str, Any], name: str) -> str:
    return literal_text(values[name]) if name in values else ""
