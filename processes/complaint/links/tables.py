"""The tables of links between cases and of observations about a complainant: rows without behaviour."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base
from engine.models import Id, Moment

Code = String(40)
Reference = String(100)


class ComplaintLink(Base):
    """What holds between two cases. `from_id` is the newer one, or the one that goes on in the other.

    A pair has one row at most, in one of the two directions.
    """

    __tablename__ = "complaint_link"
    __table_args__ = (Index("ix_complaint_link_to_id_kind", "to_id", "kind"), Index("ix_complaint_link_kind", "kind"))

    from_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id"), primary_key=True)
    to_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id"), primary_key=True)
    #: code of link_kind
    kind: Mapped[str] = mapped_column(Code)
    #: username; empty where the process itself did it
    by: Mapped[str] = mapped_column(Reference)
    at: Mapped[datetime] = mapped_column(Moment)
    #: what the table of duplicates gave when a person decided
    score: Mapped[int | None]
    #: in that person's words, under the key of `from_id`'s data subject
    sealed_reason: Mapped[bytes | None] = mapped_column(LargeBinary)


class ComplaintObservation(Base):
    """What staff observed about a complainant: helps to talk with the person, never decides on a complaint."""

    __tablename__ = "complaint_observation"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("complaint.instance_id"), index=True)
    #: code of observation_kind
    kind: Mapped[str] = mapped_column(Code)
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
    #: username
    by: Mapped[str] = mapped_column(Reference)
    at: Mapped[datetime] = mapped_column(Moment)
