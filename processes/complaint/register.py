"""The register of complaints: opens and makes the record of a case."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, inspect, select
from sqlalchemy.orm import Session, joinedload

from engine import clock
from engine.applications import PathType, Start
from engine.db import HELD
from engine.errors import NotFound
from processes.complaint import access_code
from processes.complaint.clocks import Announced
from processes.complaint.deadlines import Deadlines, law
from processes.complaint.first_clocks import first_clocks
from processes.complaint.links import reopening
from processes.complaint.paths import DEED, PATHS
from processes.complaint.record import ComplaintRecord
from processes.complaint.sealed import Encrypted, InMemory, Sealing
from processes.complaint.tables import Complaint
from processes.complaint.workdays import calendar_of

NAME = "complaint"

#: What a new complaint is taken to be until somebody says otherwise.
DEFAULTS: Mapping[str, Any] = {
    "channel": "CH.PORTAL",
    "capacity": "self",
    "language": "zh",
    "currency": "CNY",
    "matter_type": "complaint",
    "event_cause": "none",
    "other_forum": "none",
    "owner_unit": "handler",
}

#: What is written by a deed and yet stands before the clocks start.
BEFORE_CLOCKS = frozenset(
    ["received_at", "truth_statement", "privacy_notice_read", "product_line", "tenant.jurisdiction", "tenant.sector"]
)

#: The complaint of the instance `id`. Nearly every step of the diagram asks the clocks: they and their extensions come
#: with it in one question, which is built once, for nearly every transaction asks it.
_WITH_CLOCKS = select(Complaint).options(
    *(joinedload(each) for each in (Complaint.clocks, Complaint.pauses, Complaint.extensions))
)
OF_INSTANCE = _WITH_CLOCKS.where(Complaint.instance_id == bindparam("id"))

#: Every path and its type, made once: each transaction asks for it.
_PATH_TYPES: Mapping[str, PathType] = {path: field.path_type() for path, field in PATHS.items()}


class ComplaintRegister:
    """Opens complaint records (engine.applications.RecordFactory). The vault lies in `session.info["vault"]`."""

    name = NAME

    def __init__(
        self, deadlines: Callable[[], Deadlines] = law, calendar: Callable[[str], Announced] = calendar_of
    ) -> None:
        self._deadlines = deadlines
        self._calendar = calendar

    def create(self, session: Session, start: Start) -> ComplaintRecord:
        """A new complaint from the values of a start form, with its clocks running. Raises InvalidInput.

        Values are keyed by path, with or without `complaint.`, or nested; what is no path is left to the process. One
        that opens an ended complaint again (`links.reopening`) has person, story and classification from that one.
        """
        complaint = _blank(start.instance_id, start.business_key, start.at)
        old = reopening.reopened(session, start)
        complaint.subject_id = start.subject_id if old is None else old.subject_id
        vault = session.info["vault"]
        complaint.access_hash = access_code.digest(
            vault, start.instance_id, access_code.derive(vault, start.instance_id, 1)
        )
        record = self._record(complaint, Encrypted(session, vault, complaint.subject_id))
        if old is None:
            self._fill(record, start.values)
        else:
            again = reopening.copied(self.open(session, old.instance_id))
            self._fill(record, {**again, **dict(flattened(start.values)), reopening.REOPENS: old.number})
            reopening.note(session, start, old)
        session.add(complaint)
        return record

    def open(self, session: Session, instance_id: str) -> ComplaintRecord:
        """The complaint of a running instance; raises NotFound."""
        record = self.find(session, instance_id)
        if record is None:
            raise NotFound
        return record

    def find(self, session: Session, instance_id: str) -> ComplaintRecord | None:
        """The complaint of an instance; None for a case that is about none."""
        complaint = _held(session, instance_id)
        if complaint is None:
            complaint = session.scalars(OF_INSTANCE, {"id": instance_id}).unique().one_or_none()
        return self._opened(session, complaint) if complaint is not None else None

    def find_all(self, session: Session, instance_ids: Collection[str]) -> dict[str, ComplaintRecord]:
        """The complaints of those instances that are about one, with their keys, in two questions."""
        if not instance_ids:
            return {}
        query = _WITH_CLOCKS.where(Complaint.instance_id.in_(instance_ids))
        found = session.scalars(query).unique().all()
        session.info["vault"].unlock(session, [each.subject_id for each in found])
        return {each.instance_id: self._opened(session, each) for each in found}

    def blank(self, values: Mapping[str, Any]) -> ComplaintRecord:
        """A complaint in memory that was received now, or when `values` say, with working clocks."""
        record = self._record(_blank("blank", "TS-BLANK", clock.now()), InMemory())
        self._fill(record, values)
        return record

    def paths(self) -> Mapping[str, PathType]:
        """Every path and its type."""
        return _PATH_TYPES

    def _opened(self, session: Session, complaint: Complaint) -> ComplaintRecord:
        return self._record(complaint, Encrypted(session, session.info["vault"], complaint.subject_id))

    def _record(self, complaint: Complaint, sealing: Sealing) -> ComplaintRecord:
        return ComplaintRecord(complaint, sealing, self._deadlines(), self._calendar)

    def _fill(self, record: ComplaintRecord, values: Mapping[str, Any]) -> None:
        given = {path: value for path, value in flattened(values) if path in PATHS}
        chosen = given.pop("clock.start", None)
        # clocks are triggered by other values: those stand first, and deeds on clocks last
        for path, value in sorted({**DEFAULTS, **given}.items(), key=lambda item: PATHS[item[0]].place == DEED):
            if PATHS[path].writable and (value is not None or path in DEFAULTS) and _is_before_clocks(path):
                record.set(path, value)
        record.set("clock.start", chosen if chosen is not None else first_clocks(record.get, NAME))
        for path, value in given.items():
            if PATHS[path].writable and value is not None and not _is_before_clocks(path):
                record.set(path, value)
        record.changed.clear()
        record.notes.forget_values()


def flattened(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Path (without the record's name) and value of everything in `values`."""
    for key, value in values.items():
        path = prefix + key
        bare = path.removeprefix(f"{NAME}.")
        if isinstance(value, Mapping) and bare not in PATHS:
            yield from flattened(value, path + ".")
        else:
            yield bare, value


def _is_before_clocks(path: str) -> bool:
    """Whether `path` is set before the clocks start: all but what changes clocks, which must run for that."""
    return PATHS[path].place != DEED or path in BEFORE_CLOCKS


def _held(session: Session, instance_id: str) -> Complaint | None:
    """The complaint, where `session`, which only reads, has it already with all that is loaded with it."""
    if HELD not in session.info:
        return None
    found: Complaint | None = session.identity_map.get(Session.identity_key(Complaint, instance_id))
    return None if found is None or "clocks" in inspect(found).unloaded else found


def _blank(instance_id: str, number: str, at: datetime) -> Complaint:
    """A row with its defaults, outside any session."""
    complaint = Complaint(instance_id=instance_id, number=number, received_at=at, registered_at=at, facts=b"{}")
    for column in Complaint.__table__.columns:
        default: Any = column.default
        if default is not None and getattr(complaint, column.name) is None:
            setattr(complaint, column.name, default.arg(None) if default.is_callable else default.arg)
    return complaint


#: The register of every installation; the tables of deadlines and days are the shipped ones.
REGISTER = ComplaintRegister()
