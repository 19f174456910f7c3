"""The tables of companion cases: rows without behaviour. Texts stand only in columns named `sealed…` (engine.vault)."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base
from engine.models import Id, Moment

Code = String(40)
Reference = String(100)
Hash = String(64)


class ComplaintMatter(Base):
    """One companion case: a review, a rectification, a warning …"""

    __tablename__ = "complaint_matter"
    __table_args__ = (Index("ix_complaint_matter_kind_closed_at", "kind", "closed_at"),)

    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id"), primary_key=True)
    #: key of its process
    kind: Mapped[str] = mapped_column(Code)
    number: Mapped[str] = mapped_column(Reference, unique=True)
    subject_id: Mapped[str] = mapped_column(ForeignKey("data_subject.id"), index=True)
    #: the complaint that it is about, if it is about one
    complaint_id: Mapped[str | None] = mapped_column(ForeignKey("complaint.instance_id"), index=True)
    #: numbers of other complaints that it is about
    complaints: Mapped[list[str]] = mapped_column(JSON, default=list)
    unit: Mapped[str | None] = mapped_column(Reference)
    #: username, `consumer` or `system`
    started_by: Mapped[str] = mapped_column(Reference)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    #: the `outcome` of the end event that it came to
    outcome: Mapped[str | None] = mapped_column(Code)
    #: JSON object of all texts by path, as ciphertext
    sealed_texts: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: the other values by path, as `engine.values` stores them
    facts: Mapped[bytes] = mapped_column(LargeBinary, default=b"{}")


class ComplaintWarning(Base):
    """The one open warning of a rule and what it is about; it opens again when it was disposed of and is hit anew."""

    __tablename__ = "complaint_warning"

    rule: Mapped[str] = mapped_column(Code, primary_key=True)
    key: Mapped[str] = mapped_column(Reference, primary_key=True)
    severity: Mapped[str] = mapped_column(Code)
    is_open: Mapped[bool]
    opened_at: Mapped[datetime] = mapped_column(Moment)
    #: numbers of the complaints that hit it since it was opened, in the order in which they were found
    evidence: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: how often the scan hit it since it was opened
    hits: Mapped[int]


class ComplaintMatterNotice(Base):
    """A notice of a companion case as it was written: never changed afterwards but for the proof of sending."""

    __tablename__ = "complaint_matter_notice"

    #: id of the job that sends it: a repeated job finds its row
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("complaint_matter.instance_id"), index=True)
    template: Mapped[str] = mapped_column(Code)
    version: Mapped[str] = mapped_column(Code)
    language: Mapped[str] = mapped_column(Code)
    #: `group:<key>`, `person:<username>` or `regulator`
    recipient: Mapped[str] = mapped_column(Reference)
    #: JSON object subject, text, html; JSON list of addresses
    sealed_body: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_addresses: Mapped[bytes] = mapped_column(LargeBinary)
    #: of the text's bytes
    sha256: Mapped[str] = mapped_column(Hash)
    created_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)


class ComplaintPartnerLink(Base):
    """A link with which a partner answers one enquiry once, without logging in; only a digest of it is kept."""

    __tablename__ = "complaint_partner_link"

    digest: Mapped[str] = mapped_column(Hash, primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("complaint_matter.instance_id"), index=True)
    issued_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class ComplaintPartnerScore(Base):
    """What one enquiry did to the score of a partner (order No. 3 Art. 10: co-operation counts)."""

    __tablename__ = "complaint_partner_score"

    instance_id: Mapped[str] = mapped_column(ForeignKey("complaint_matter.instance_id"), primary_key=True)
    partner: Mapped[str] = mapped_column(Reference, index=True)
    points: Mapped[int]
    #: code of partner_conduct
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
