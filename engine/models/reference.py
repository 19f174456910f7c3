"""Versions of the tables that people keep."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base
from engine.models.columns import Key, Moment

_IS_PROPOSED = text("state = 'proposed'")


class ReferenceVersion(Base):
    """One content of a reference table, as it was proposed; never changed. In force is the newest confirmed one."""

    __tablename__ = "reference_version"
    __table_args__ = (
        UniqueConstraint("table_name", "number"),
        # one open proposal a table, whoever comes first
        Index(
            "ix_reference_version_proposed",
            "table_name",
            unique=True,
            sqlite_where=_IS_PROPOSED,
            postgresql_where=_IS_PROPOSED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    table_name: Mapped[str] = mapped_column(Key)
    number: Mapped[int]
    #: the version in force when this one was proposed; 0 is the shipped one
    base: Mapped[int]
    #: the whole table as CSV
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    #: `proposed`, `confirmed`, `rejected` or `withdrawn`; `recorded`: a live table as it stood
    state: Mapped[str] = mapped_column(String(10))
    comment: Mapped[str] = mapped_column(Text, default="")
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    #: who confirmed, rejected or withdrew it, when, and why it was not taken
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(Text, default="")
