"""The record of a companion case: the one way the engine, its forms and FEEL read and write it."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import clock, values
from engine.applications import PathType, Start
from engine.errors import InvalidInput, NotFound
from processes.complaint.matters import readings
from processes.complaint.matters.kinds import Kind
from processes.complaint.matters.paths import PATHS
from processes.complaint.matters.readings import MOVES, READINGS
from processes.complaint.matters.source import Given, InDatabase, Source
from processes.complaint.matters.tables import ComplaintMatter, ComplaintPartnerScore, ComplaintWarning
from processes.complaint.paths import COLUMN, DEED, MOMENTS, TEXTS, Field
from processes.complaint.sealed import Encrypted, InMemory, Sealing
from processes.complaint.typed import typed

NAME = "matter"

#: kind → paths that begin with what the complaint says, and what that is called there
TAKEN_OVER: Mapping[str, Mapping[str, str]] = {
    "rectification": {"rectification.root_cause": "root_cause"},
    "privacy_incident": {"leak.persons": "affected_persons"},
}

#: kind → paths of groups that work on it beside those of its complaint
OWNERS: Mapping[str, tuple[str, ...]] = {"rectification": ("rectification.owner",), "early_warning": ("warning.to",)}


class MatterRecord:
    """One companion case, opened in a transaction or in memory."""

    #: Paths that name units which the case concerns: its own, and those of its complaint.
    unit_paths = ("unit", "complaint.unit", "complaint.received_by_unit", "complaint.accused_unit")

    def __init__(self, row: ComplaintMatter, sealing: Sealing, source: Source, session: Session | None = None) -> None:
        self.row = row
        self.source = source
        self.changed: set[str] = set()
        self.told: list[tuple[str, Mapping[str, Any]]] = []
        self.reworded = False
        self._sealing = sealing
        self._session = session
        self._texts: dict[str, Any] | None = None

    @property
    def group_paths(self) -> tuple[str, ...]:
        """Paths that name groups which work on it."""
        return ("complaint.owner_unit", *OWNERS.get(self.row.kind, ()))

    def get(self, path: str) -> Any:
        """The value at `path`, as FEEL knows it; raises InvalidInput for a path that this kind does not have."""
        field = self._field(path)
        if field.place == DEED:
            return READINGS[path](self)
        value = self._stored(path, field)
        if value is None:
            value = [] if field.type == "list" else field.default
        return Decimal(value) if isinstance(value, int) and field.type == "number" else value

    def set(self, path: str, value: Any) -> None:
        """Store `value` at `path`; raises InvalidInput naming the path."""
        field = self._field(path)
        if not field.writable:
            raise InvalidInput("{path} cannot be written: {why}", path=f"{NAME}.{path}", why="it is computed")
        value = typed(path, field, value, NAME)
        if path == "complaint.number":
            self.row.complaint_id = self.source.connect(value)
        elif field.place == COLUMN:
            setattr(self.row, path, value)
        elif field.place == TEXTS:
            self._texts, self.reworded = {**self.texts(), path: value}, True
            self.row.sealed_texts = self._sealing.seal(self._texts, self._place())
        else:
            self.row.facts = values.dumps({**values.loads(self.row.facts), path: value})
        if field.type in MOMENTS:
            self.changed.add(path)
        if path in MOVES:
            self.changed |= MOVES[path]
            self.row.due_at = readings.due_at(self)

    def follow(self, kind: str, properties: Mapping[str, str], now: datetime) -> None:
        """Take over the `outcome` of an end event that was `entered`: the case is closed with it."""
        outcome = properties.get("outcome")
        if kind == "entered" and outcome and self.row.closed_at is None:
            self.row.closed_at, self.row.outcome = now, outcome
            if (warning := self.warning()) is not None:
                self.row.complaints = list(warning.evidence)
                warning.is_open = False

    def texts(self) -> dict[str, Any]:
        """All texts by path. Raises Erased."""
        if self._texts is None:
            sealed = self.row.sealed_texts
            self._texts = {} if sealed is None else dict(self._sealing.open(sealed, self._place()))
        return self._texts

    def warning(self) -> ComplaintWarning | None:
        """The open warning that an early warning is about; None for other kinds, and in dry runs."""
        if self._session is None or self.row.kind != "early_warning":
            return None
        key = (self.get("warning.rule"), self.get("warning.key"))
        found = self._session.get(ComplaintWarning, key) if all(key) else None
        return found if found is not None and found.is_open else None

    def points(self, partner: str) -> list[int]:
        """What enquiries did to the score of `partner`, oldest first."""
        if self._session is None:
            return []
        asked = select(ComplaintPartnerScore.points).where(ComplaintPartnerScore.partner == partner)
        return list(self._session.scalars(asked.order_by(ComplaintPartnerScore.at, ComplaintPartnerScore.instance_id)))

    # --- inside

    def _field(self, path: str) -> Field:
        try:
            return PATHS[self.row.kind][path]
        except KeyError:
            raise InvalidInput("The record has no {path}.", path=f"{NAME}.{path}") from None

    def _stored(self, path: str, field: Field) -> Any:
        match field.place:
            case "column":
                return getattr(self.row, path)
            case "source":
                return self.source.get(path.removeprefix("complaint."))
            case "sealed_texts":
                return self.texts().get(path)
            case _:
                return values.loads_item(self.row.facts, path)

    def _place(self) -> str:
        return f"complaint_matter.sealed_texts:{self.row.instance_id}"


class MatterRegister:
    """Opens the records of one kind (engine.applications.RecordFactory). The vault lies in `session.info["vault"]`."""

    name = NAME

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._paths = {path: field.path_type() for path, field in PATHS[kind.key].items()}

    def create(self, session: Session, start: Start) -> MatterRecord:
        """A new case from the values of its start form or message. Raises InvalidInput.

        It is about the complaint that its values name, else about the one that the message was for, or came from.
        """
        row = _blank(self._kind.key, start.instance_id, start.business_key, start.at)
        row.subject_id, row.started_by = start.subject_id, start.actor
        sealing = Encrypted(session, session.info["vault"], start.subject_id)
        record = MatterRecord(row, sealing, InDatabase(session, None), session)
        with session.no_autoflush:  # the row is not complete before it is filled
            if start.regarding and not start.values.get("complaint.number"):
                _connect(record, start.regarding)
            _fill(record, start.values)
        session.add(row)
        return record

    def open(self, session: Session, instance_id: str) -> MatterRecord:
        """The record of a case that is there; raises NotFound."""
        row = session.get(ComplaintMatter, instance_id)
        if row is None:
            raise NotFound
        sealing = Encrypted(session, session.info["vault"], row.subject_id)
        return MatterRecord(row, sealing, InDatabase(session, row.complaint_id), session)

    def blank(self, values: Mapping[str, Any]) -> MatterRecord:
        """A case in memory, opened now; `complaint.…` in `values` is what its complaint says."""
        seen = {
            path.removeprefix("complaint."): value for path, value in values.items() if path.startswith("complaint.")
        }
        row = _blank(self._kind.key, "blank", f"{self._kind.prefix}-BLANK", clock.now())
        record = MatterRecord(row, InMemory(), Given(seen))
        _fill(record, {path: value for path, value in values.items() if not path.startswith("complaint.")})
        return record

    def paths(self) -> Mapping[str, PathType]:
        """Every path and its type."""
        return self._paths


def _blank(kind: str, instance_id: str, number: str, at: datetime) -> ComplaintMatter:
    return ComplaintMatter(
        instance_id=instance_id,
        kind=kind,
        number=number,
        started_by="system",
        opened_at=at,
        complaints=[],
        facts=values.dumps({}),
    )


def _connect(record: MatterRecord, number: str) -> None:
    """Connect with the complaint `number`, if it is one: a message may also come from another companion case."""
    try:
        record.set("complaint.number", number)
    except InvalidInput:
        record.row.complaint_id = None


def _fill(record: MatterRecord, given: Mapping[str, Any]) -> None:
    if record.row.kind == "review" and given.get("review.applied_at") is None:
        given = {**given, "review.applied_at": record.row.opened_at}
    for path, value in given.items():
        if value is not None:
            record.set(path, value)
    for path, name in TAKEN_OVER.get(record.row.kind, {}).items():
        if record.get(path) is None:
            record.set(path, record.source.get(name))
    record.changed.clear()
