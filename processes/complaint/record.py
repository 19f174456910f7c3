"""One complaint as the engine, its forms and FEEL read and write it: path by path."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine import clock, search
from engine.applications import BARRED
from engine.errors import InvalidInput
from processes.complaint import archiving, codes, deliveries, masking, progress
from processes.complaint.clocks import Announced, Clocks
from processes.complaint.deadlines import Deadlines
from processes.complaint.deeds import DEEDS
from processes.complaint.deliveries import DELIVERED_AT, Deliveries
from processes.complaint.facts import fact, set_fact
from processes.complaint.links.deeds import LINK_DEEDS
from processes.complaint.links.readings import LINK_READINGS
from processes.complaint.measures import Measures
from processes.complaint.noting import Notes
from processes.complaint.paths import COLUMN, DEED, FACTS, LOG, MOMENTS, PATHS, PERSON, TEXTS, Field
from processes.complaint.readings import READINGS
from processes.complaint.sealed import Papers, Sealing
from processes.complaint.tables import Complaint
from processes.complaint.typed import typed

#: Paths whose value hangs on the clocks.
CLOCK_PATHS = frozenset(
    {"clock.due_at", "clock.warnings", "clock.revision", "clock.acknowledge_by", "clock.findings_by", "review.due_at"}
)

#: Personal values that can be searched for: path under `person` → column of its digest.
INDEXES = {
    "mobile": "mobile_index",
    "email": "email_index",
    "id_no": "id_index",
    "full_name": "name_index",
    "uscc": "uscc_index",
    "customer_ref": "customer_index",
    "account_ref": "account_index",
}

#: Where the side that is complained about speaks (R-024).
STATEMENTS = "staff_statements"

#: When we had the complaint, and whether somebody was told that it was registered late.
RECEIVED, LATE_TOLD = "received_at", "late_registration_told"

#: Whom the complaint is about, who declared an interest, whom the complainant objected to: they do not act in it.
NAMES = frozenset({"accused_staff", "declared", "recused"})

#: Beside the personal values, what a case is found by.
REGULATOR_NUMBER = "regulator.number"

CONTACTS = ("mobile", "email", "postal_address")

#: What computed paths answer, and what writing them does.
ALL_READINGS = {**READINGS, **LINK_READINGS, **progress.READINGS, **deliveries.READINGS}
ALL_DEEDS = {**DEEDS, **LINK_DEEDS, **progress.DEEDS}


class ComplaintRecord:
    """One complaint, opened in a transaction or in memory."""

    #: Paths that name units which a complaint concerns: responsible, receiving, complained about.
    unit_paths = ("unit", "received_by_unit", "accused_unit", "institution_unit")
    #: Paths that name groups which work on it.
    group_paths = ("owner_unit", "co_units")

    def __init__(
        self, complaint: Complaint, sealing: Sealing, law: Deadlines, calendar: Callable[[str], Announced]
    ) -> None:
        self.complaint = complaint
        self.papers = Papers(complaint, sealing)
        self.clocks = Clocks(complaint, law, calendar)
        self.measures = Measures(complaint, self.papers)
        self.deliveries = Deliveries(complaint, self.papers, self.clocks)
        self.changed: set[str] = set()
        self.notes = Notes(self.clocks)
        self.told = self.notes.lines
        self.reworded = False
        #: paths that stand for rows of their own, or follow from the whole record
        self._readers: Mapping[str, Callable[[], Any]] = {
            "measures": self.measures.contexts,
            "delivery.awaiting": self.deliveries.awaiting,
            "archive_missing": lambda: archiving.missing(self.get),
        }
        self._writers: Mapping[str, Callable[[Any], None]] = {
            "measures": self.measures.write,
            DELIVERED_AT: self.deliveries.record,
        }

    def get(self, path: str) -> Any:
        """The value at `path`, as FEEL knows it; raises InvalidInput for a path that is not in PATHS."""
        field = _field(path)
        if path in self._readers:
            return self._readers[path]()
        if field.place == LOG:
            return []
        if field.place == DEED:
            return ALL_READINGS[path](self.clocks)
        value = self._stored(path, field)
        if value is None:
            value = [] if field.type == "list" else field.default
        return Decimal(value) if isinstance(value, int) and field.type == "number" else value

    def set(self, path: str, value: Any) -> None:
        """Store `value` at `path`, or do what writing it means; raises InvalidInput naming the path."""
        field = _field(path)
        if not field.writable:
            raise InvalidInput("complaint.{path} cannot be written: {why}", path=path, why="it is computed")
        value = typed(path, field, value)
        self._check(path, value)
        self.clocks.changed = False
        named = {*(self.get(path) or ())} if path in NAMES else set()
        standing = self.notes.standing(with_measures=path == "measures") if field.place == DEED else None
        if path in self._writers:
            self._writers[path](value)
        elif field.place == LOG:
            self._add(field.log, path, value)
        elif field.place == DEED:
            ALL_DEEDS[path](self.clocks, value)
        else:
            self._store(path, field, value)
        self._follow(path, field)
        if standing is not None:
            self.notes.moves(standing)
        self.reworded = self.reworded or field.personal or path == REGULATOR_NUMBER
        if path in NAMES and (people := sorted({*(value or ())} - named)):
            self.told.append((BARRED, {"people": people}))

    def recount(self) -> None:
        """Compute the clocks anew, as when the calendar has changed; what hangs on them follows."""
        self.clocks.changed = False
        standing = self.notes.standing()
        for row in self.clocks.unfinished():
            self.clocks.recount(row)
        self._follow_clocks()
        self.notes.moves(standing)

    def follow(self, kind: str, properties: Mapping[str, str], now: datetime) -> None:
        """Take over what the diagram says of an element that was `entered`: phase, consumer_status, outcome."""
        if kind != "entered":
            return
        if phase := properties.get("phase"):
            self.set("phase", phase)
        if status := properties.get("consumer_status"):
            self.set("status", status)
        if (outcome := properties.get("outcome")) and self.complaint.closed_at is None:
            if self.complaint.close_reason is None and outcome in codes.lists()["close_reason"]:
                self.set("close_reason", outcome)
            self.set("closed_at", self.complaint.withdrawn_at or now)

    # --- inside

    def _stored(self, path: str, field: Field) -> Any:
        match field.place:
            case "column":
                return getattr(self.complaint, _column(path))
            case "facts":
                return fact(self.complaint, path)
            case "sealed_person" | "sealed_texts":
                return self.papers.item(field.place, _key(path, field))
            case _:
                return self.papers.get(field.place)

    def _store(self, path: str, field: Field, value: Any) -> None:
        before = self._stored(path, field)
        if value == before:
            return
        if not field.personal:
            self.notes.value(path, before, value)
        if field.place == COLUMN:
            column = _column(path)
            whole = isinstance(value, Decimal) and not column.startswith("amount_")
            setattr(self.complaint, column, int(value) if whole else value)
        elif field.place == FACTS:
            set_fact(self.complaint, path, value)
        elif field.place in {PERSON, TEXTS}:
            self.papers.set_item(field.place, _key(path, field), value)
            if field.place == PERSON:
                self._index(_key(path, field), value)
        else:
            self.papers.set(field.place, value)

    def _add(self, log: str, path: str, rows: list[Any]) -> None:
        """Add those of `rows` that say something to the list at `log`, each with its kind and its moment."""
        texts = [row for row in rows if isinstance(row, Mapping) and row.get("text")]
        said = [{**row, "kind": path, "at": clock.now()} for row in texts]
        if said:
            self.papers.set_item(TEXTS, log, [*(self.papers.item(TEXTS, log) or []), *said])
        if said and path == STATEMENTS:
            set_fact(self.complaint, "accused_heard", value=True)

    def _follow(self, path: str, field: Field) -> None:
        """What else moves when `path` was set."""
        self._follow_clocks()
        if path == RECEIVED:
            self._notice_late_registration()
        if path in progress.MOVERS:
            self.changed |= progress.MOMENTS
        if field.type in MOMENTS:
            self.changed.add(path)

    def _follow_clocks(self) -> None:
        if self.clocks.changed:
            self.changed |= CLOCK_PATHS
            self.complaint.due_at = self.clocks.due_at()

    def _notice_late_registration(self) -> None:
        """Registered more than one working day after receipt is a matter of quality, told once."""
        if self.get("late_registration") and not fact(self.complaint, LATE_TOLD):
            set_fact(self.complaint, LATE_TOLD, value=True)
            days = (self.complaint.registered_at - self.complaint.received_at).days
            self.told.append(("registered_late", {"days": days}))

    def _check(self, path: str, value: Any) -> None:
        """What a type cannot say."""
        frozen = self.papers.get("sealed_narrative") if path == "narrative" else None
        if frozen is not None and value != frozen:
            raise InvalidInput("complaint.narrative: {why}", why="the consumer's own words are kept as they came")
        if path == "summary" and value and masking.has_number(value):
            raise InvalidInput("complaint.summary: {why}", why="an ID or phone number does not belong into the summary")
        if path == "person.representatives" and len(value) > 5:
            raise InvalidInput("complaint.person.representatives: {why}", why="five representatives at most (Art. 12)")

    def _index(self, name: str, value: str | None) -> None:
        if name in INDEXES:
            digest = self.papers.sealing.blind(name, normal(name, value)) if value else None
            setattr(self.complaint, INDEXES[name], digest)
        if name in CONTACTS:
            known = any(self.papers.item(PERSON, contact) for contact in CONTACTS)
            set_fact(self.complaint, "contact_known", known)


def normal(kind: str, text: str) -> str:
    """The form in which a personal value is searched for: a mobile without signs and country code, all else folded."""
    text = unicodedata.normalize("NFKC", text).strip().casefold()
    if kind == "mobile":
        return search.phone(text)
    return " ".join(text.split())


def _field(path: str) -> Field:
    try:
        return PATHS[path]
    except KeyError:
        raise InvalidInput("The record has no complaint.{path}.", path=path) from None


def _column(path: str) -> str:
    return path.replace(".", "_")


def _key(path: str, field: Field) -> str:
    """The entry of a path in its sealed object."""
    return path.removeprefix("person.") if field.place == PERSON else path
