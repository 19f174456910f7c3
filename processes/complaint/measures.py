"""The measures of a complaint as contexts: planned by the solution, reported on by those who carry them out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from engine import clock
from engine.errors import InvalidInput
from processes.complaint import codes
from processes.complaint.sealed import Papers
from processes.complaint.tables import Complaint, ComplaintMeasure

PLANNED = "planned"
STARTED = frozenset({"done", "partly"})

#: What a report on a measure may change: name in the context → attribute and type.
REPORT: Mapping[str, tuple[str, type]] = {
    "done_on": ("done_on", date),
    "paid_amount": ("paid_amount", Decimal),
    "payment_ref": ("payment_ref", str),
    "new_due_on": ("due_on", date),
}


@dataclass(frozen=True)
class Measures:
    """The measures of `complaint`."""

    complaint: Complaint
    papers: Papers

    def contexts(self) -> list[dict[str, Any]]:
        """Each measure without its description, which is personal."""
        return [
            {
                "id": str(row.number),
                "type": row.type,
                "group": row.group,
                "due_on": row.due_on,
                "amount": row.amount,
                "state": row.state,
                "done_on": row.done_on,
                "result": None if row.state == PLANNED else row.state,
                "paid_amount": row.paid_amount,
            }
            for row in self.complaint.measures
        ]

    def describe(self, row: ComplaintMeasure) -> str:
        """What is to be done, in words."""
        if row.sealed_description is None:
            return ""
        return str(self.papers.sealing.open(row.sealed_description, self._place(row)))

    def write(self, contexts: list[Any]) -> None:
        """Plan the measures without id, in place of those planned before; report on those with an id.

        Raises InvalidInput naming the measure.
        """
        if not all(isinstance(context, Mapping) for context in contexts):
            raise InvalidInput(why="each measure is a context of type, description, group, due_on and amount")
        new = [context for context in contexts if not context.get("id")]
        if new:
            planned = [row for row in self.complaint.measures if row.state == PLANNED]
            for row in planned:
                self.complaint.measures.remove(row)
        for context in new:
            self._plan(context)
        for context in contexts:
            if context.get("id"):
                self._report(context)

    def _plan(self, context: Mapping[str, Any]) -> None:
        row = ComplaintMeasure(
            number=max((row.number for row in self.complaint.measures), default=0) + 1,
            instance_id=self.complaint.instance_id,
            type=codes.require(("measure",), _typed(context, "type", str) or ""),
            group=_typed(context, "group", str) or "",
            due_on=_typed(context, "due_on", date),
            amount=_typed(context, "amount", Decimal),
            state=PLANNED,
            payment_ref="",
        )
        if description := _typed(context, "description", str):
            row.sealed_description = self.papers.sealing.seal(description, self._place(row))
        self.complaint.measures.append(row)

    def _report(self, context: Mapping[str, Any]) -> None:
        row = next((row for row in self.complaint.measures if str(row.number) == context["id"]), None)
        if row is None:
            raise InvalidInput(why=f"there is no measure {context['id']}")
        for name, (attribute, kind) in REPORT.items():
            value = _typed(context, name, kind)
            if value is not None:
                setattr(row, attribute, value)
        if result := _typed(context, "result", str):
            row.state = codes.require(("measure_result",), result)
        if row.state in STARTED and self.complaint.measure_started_at is None:
            self.complaint.measure_started_at = clock.now()
        paid = [row.paid_amount for row in self.complaint.measures if row.paid_amount is not None]
        if paid:
            self.complaint.amount_paid = sum(paid, Decimal())

    def _place(self, row: ComplaintMeasure) -> str:
        return f"{self.papers.place('measure')}:{row.number}"


def _typed(context: Mapping[str, Any], name: str, kind: type) -> Any:
    """The entry `name`, or None; raises InvalidInput for another type."""
    value = context.get(name)
    if isinstance(value, int) and kind is Decimal and not isinstance(value, bool):
        value = Decimal(value)
    if value is not None and not isinstance(value, kind):
        raise InvalidInput(why=f"“{name}” of a measure has the wrong type")
    return value
