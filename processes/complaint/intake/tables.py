"""The table of forms that consumers put aside half filled: rows without behaviour."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base
from engine.models import Id, Moment


class KeptForm(Base):
    """A form put aside. Nothing in it can be read, nor looked up, without the code that only its owner has."""

    __tablename__ = "complaint_kept_form"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    #: keyed digest of the code
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: whose key seals the answers; destroyed when the form is sent, given up or too old
    subject_id: Mapped[str] = mapped_column(ForeignKey("data_subject.id"))
    sealed_answers: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
