"""What happened, and what is known of the whole database."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base
from engine.models.columns import Key, Moment


class HistoryEvent(Base):
    """One line of a history stream, chained to the line before by its hash."""

    __tablename__ = "history_event"

    #: `instance:<id>` or `audit:<day>:<node>`
    stream: Mapped[str] = mapped_column(String(100), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    #: username, `consumer` or `system`
    actor: Mapped[str] = mapped_column(Key)
    kind: Mapped[str] = mapped_column(Key)
    element_id: Mapped[str] = mapped_column(Key, default="")
    #: JSON without personal values
    detail: Mapped[bytes] = mapped_column(LargeBinary)
    #: JSON of personal values, as ciphertext
    sealed_values: Mapped[bytes | None] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class AuditStream(Base):
    """Length and head of an audit stream (those of an instance stand in its row)."""

    __tablename__ = "audit_stream"

    stream: Mapped[str] = mapped_column(String(100), primary_key=True)
    count: Mapped[int]
    head: Mapped[bytes] = mapped_column(LargeBinary)


class Mark(Base):
    """A named fact about the whole database, as `demo`, `clock_offset`, `key_check`."""

    __tablename__ = "mark"

    name: Mapped[str] = mapped_column(Key, primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Sequence(Base):
    """A running number, as of the business keys of one day; gaps happen, reuse does not."""

    __tablename__ = "sequence"

    name: Mapped[str] = mapped_column(Key, primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
