"""A record with a clock, as an application brings one: what the case of the small application keeps."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from engine.applications import PathType, Start
from engine.errors import InvalidInput
from engine.models import Moment


class Tables(DeclarativeBase):
    """Tables that are not among those of the program: a database gets them from `Office`."""

    metadata = MetaData()


class FileRow(Tables):
    """What the record of a case keeps."""

    __tablename__ = "test_file"

    instance_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    level: Mapped[int | None]
    phase: Mapped[str | None] = mapped_column(String(20))
    due_at: Mapped[datetime | None] = mapped_column(Moment)


COLUMNS = {"level": "level", "phase": "phase", "clock.due_at": "due_at"}
PATHS = {
    "level": PathType("number"),
    "phase": PathType("string"),
    "clock.due_at": PathType("date and time"),
}


class File:
    """The record of one case; setting `clock.due_at` changes its clock."""

    def __init__(self, row: FileRow) -> None:
        self.changed: set[str] = set()
        self.told: list[tuple[str, Mapping[str, Any]]] = []
        self.reworded = False
        self._row = row

    def get(self, path: str) -> Any:
        return getattr(self._row, COLUMNS[path])

    def set(self, path: str, value: Any) -> None:
        if path not in COLUMNS:
            raise InvalidInput(why=f"there is no “{path}”")
        if path == "level" and not isinstance(value, int | Decimal):
            raise InvalidInput(why="the level is a number")
        if path == "phase" and not isinstance(value, str):
            raise InvalidInput(why="the phase is a text")
        setattr(self._row, COLUMNS[path], int(value) if path == "level" else value)
        if path == "clock.due_at":
            self.changed.add(path)

    def follow(self, event: str, properties: Mapping[str, str], now: datetime) -> None:
        if event == "entered" and "phase" in properties:
            self.set("phase", properties["phase"])


class Files:
    """Opens records under the name `file`."""

    name = "file"

    def create(self, session: Session, start: Start) -> File:
        row = FileRow(instance_id=start.instance_id)
        session.add(row)
        return _filled(row, start.values)

    def open(self, session: Session, instance_id: str) -> File:
        return File(session.get_one(FileRow, instance_id))

    def blank(self, values: Mapping[str, Any]) -> File:
        return _filled(FileRow(), values)

    def paths(self) -> Mapping[str, PathType]:
        return PATHS


def _filled(row: FileRow, values: Mapping[str, Any]) -> File:
    record = File(row)
    for path, value in values.items():
        record.set(path, value)
    return record
