"""The table of what consumers and staff write to each other on a case: rows without behaviour."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base
from engine.models import Id, Moment
from processes.complaint.tables import Code, Reference


class ComplaintMessage(Base):
    """A message of the consumer or of staff on the case."""

    __tablename__ = "complaint_message"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("complaint.instance_id"), index=True)
    #: `consumer` or a username
    author: Mapped[str] = mapped_column(Reference)
    #: code of message_kind
    kind: Mapped[str] = mapped_column(Code)
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
    #: ids of attachments, separated by blanks
    attachments: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Moment)
