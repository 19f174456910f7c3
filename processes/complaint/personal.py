"""What is masked elsewhere, in full: for somebody whose asking for it stands in the audit stream."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from processes.complaint import codes
from processes.complaint.messages import Message, messages
from processes.complaint.register import REGISTER


@dataclass(frozen=True)
class Personal:
    """Who a complaint is about and how to reach them, and what they wrote."""

    #: path under `person` → value
    person: Mapping[str, str]
    narrative: str
    demand_text: str
    messages: Sequence[Message]

    @property
    def fields(self) -> list[str]:
        """The names of what is there, for the audit stream."""
        rest = {"narrative": self.narrative, "demand_text": self.demand_text, "messages": self.messages}
        return [*(f"person.{name}" for name in self.person), *(name for name, value in rest.items() if value)]


def personal(session: Session, instance_id: str, language: str) -> Personal:
    """The personal values of a complaint; the caller tells the audit stream before it shows them.

    Raises NotFound, Erased.
    """
    record = REGISTER.open(session, instance_id)
    values = record.papers.get("sealed_person") or {}
    return Personal(
        person={name: _text(name, value, language) for name, value in values.items() if value},
        narrative=record.get("narrative") or "",
        demand_text=record.get("demand_text") or "",
        messages=messages(session, instance_id),
    )


def _text(name: str, value: object, language: str) -> str:
    """A personal value in one line: a code in words, representatives with name and contact."""
    if name == "id_type":
        return codes.label("id_type", str(value), language)
    if not isinstance(value, list):
        return str(value)
    return "; ".join(", ".join(map(str, each.values())) if isinstance(each, dict) else str(each) for each in value)
