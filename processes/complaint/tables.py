"""The tables of the register: rows without behaviour; that of messages stands in `message_tables`.

Personal values stand only in columns named `sealed…` (engine.vault). One row of `complaint` belongs to one process
instance and is guarded by the lock on the instance's row.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.db import Base
from engine.models import Id, Moment

Code = String(40)
Reference = String(100)
Hash = String(64)

#: Id of the process of complaints; companion cases have processes of their own.
PROCESS = "complaint"


class Money(TypeDecorator[Decimal]):
    """An amount with two decimals, kept as a whole number of hundredths."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """To the database."""
        return None if value is None else int((value * 100).to_integral_value())

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """From the database."""
        return None if value is None else Decimal(value).scaleb(-2)


class Complaint(Base):
    """What is known of one complaint: the register."""

    __tablename__ = "complaint"
    __table_args__ = (
        Index("ix_complaint_received_at", "received_at"),
        Index("ix_complaint_status_received_at", "status", "received_at"),
        Index("ix_complaint_cat_b_cat_c", "cat_b", "cat_c"),
    )

    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id"), primary_key=True)
    number: Mapped[str] = mapped_column(Reference, unique=True)
    subject_id: Mapped[str] = mapped_column(ForeignKey("data_subject.id"), index=True)
    #: keyed hash of the consumer's access code, and how often the code was issued
    access_hash: Mapped[str] = mapped_column(String(100), default="")
    access_issue: Mapped[int] = mapped_column(default=1)

    # --- who and how it came
    channel: Mapped[str | None] = mapped_column(Code)
    received_at: Mapped[datetime] = mapped_column(Moment)
    received_by_unit: Mapped[str | None] = mapped_column(Reference)
    registered_at: Mapped[datetime] = mapped_column(Moment)
    capacity: Mapped[str | None] = mapped_column(Code)
    authority_proof: Mapped[str | None] = mapped_column(Code)
    identity_verified: Mapped[str | None] = mapped_column(Code)
    language: Mapped[str | None] = mapped_column(Code)
    preferred_channel: Mapped[str | None] = mapped_column(Code)
    special_needs: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: JSON objects and texts as ciphertext: name and contact; the frozen narrative; the summary; all other long texts
    sealed_person: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_narrative: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_summary: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_texts: Mapped[bytes | None] = mapped_column(LargeBinary)
    mobile_index: Mapped[str | None] = mapped_column(Reference, index=True)
    email_index: Mapped[str | None] = mapped_column(Reference, index=True)
    id_index: Mapped[str | None] = mapped_column(Reference, index=True)
    name_index: Mapped[str | None] = mapped_column(Reference, index=True)
    uscc_index: Mapped[str | None] = mapped_column(Reference, index=True)
    customer_index: Mapped[str | None] = mapped_column(Reference, index=True)
    account_index: Mapped[str | None] = mapped_column(Reference, index=True)
    publish_consent: Mapped[bool] = mapped_column(Boolean, default=False)
    truth_version: Mapped[str] = mapped_column(Code, default="")
    privacy_version: Mapped[str] = mapped_column(Code, default="")

    # --- what it is about
    product: Mapped[str | None] = mapped_column(Reference)
    institution_unit: Mapped[str | None] = mapped_column(Reference)
    event_on: Mapped[date | None] = mapped_column(Date)
    demands: Mapped[list[str]] = mapped_column(JSON, default=list)
    amount_claimed: Mapped[Decimal | None] = mapped_column(Money)
    amount_proposed: Mapped[Decimal | None] = mapped_column(Money)
    amount_paid: Mapped[Decimal | None] = mapped_column(Money)
    currency: Mapped[str | None] = mapped_column(Code)
    nature: Mapped[str | None] = mapped_column(Code)
    matter_type: Mapped[str | None] = mapped_column(Code)
    has_civil_claim: Mapped[bool] = mapped_column(Boolean, default=False)
    respondent_scope: Mapped[str | None] = mapped_column(Code)
    facts_sufficient: Mapped[str | None] = mapped_column(Code)
    other_forum: Mapped[str | None] = mapped_column(Code)
    earlier_contact: Mapped[str | None] = mapped_column(Code)
    joint_persons: Mapped[int] = mapped_column(default=0)
    event_cause: Mapped[str | None] = mapped_column(Code)
    emotion: Mapped[str | None] = mapped_column(Code)
    cat_a: Mapped[str | None] = mapped_column(Code)
    cat_b: Mapped[str | None] = mapped_column(Code)
    cat_c: Mapped[str | None] = mapped_column(Code)
    touchpoint: Mapped[str | None] = mapped_column(Code)
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    accused_unit: Mapped[str | None] = mapped_column(Reference)
    #: references of staff (numbers, usernames), never names
    accused_staff: Mapped[list[str]] = mapped_column(JSON, default=list)
    sales_channel: Mapped[str | None] = mapped_column(Code)
    sales_staff: Mapped[str | None] = mapped_column(Reference)
    regulator_authority: Mapped[str | None] = mapped_column(Code)
    regulator_number: Mapped[str | None] = mapped_column(Reference, index=True)
    regulator_handover_at: Mapped[datetime | None] = mapped_column(Moment)
    regulator_reply_due_at: Mapped[datetime | None] = mapped_column(Moment)

    #: the effective due moment of its clocks, kept for lists
    due_at: Mapped[datetime | None] = mapped_column(Moment, index=True)

    # --- what was decided about it
    handler: Mapped[str | None] = mapped_column(Reference)
    owner_unit: Mapped[str | None] = mapped_column(Reference)
    level: Mapped[str | None] = mapped_column(Code)
    priority: Mapped[int | None]
    fast_lane: Mapped[bool] = mapped_column(Boolean, default=False)
    dup_state: Mapped[str | None] = mapped_column(Code)
    root_case: Mapped[str | None] = mapped_column(Reference)
    outcome: Mapped[str | None] = mapped_column(Code)
    reason_code: Mapped[str | None] = mapped_column(Code)
    phase: Mapped[str] = mapped_column(Code, default="acceptance")
    status: Mapped[str] = mapped_column(Code, default="received")
    finding: Mapped[str | None] = mapped_column(Code)
    root_cause: Mapped[str | None] = mapped_column(Code)
    responsibility: Mapped[str | None] = mapped_column(Code)
    remedies: Mapped[list[str]] = mapped_column(JSON, default=list)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    measure_started_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    close_reason: Mapped[str | None] = mapped_column(Code)
    followup_score_process: Mapped[int | None]
    followup_score_result: Mapped[int | None]
    followup_score_attitude: Mapped[int | None]
    qa_score: Mapped[int | None]
    #: the other plain values of the record by path, as `engine.values` stores them
    facts: Mapped[bytes] = mapped_column(LargeBinary, default=b"{}")

    clocks: Mapped[list["ComplaintClock"]] = relationship(order_by="ComplaintClock.number")
    pauses: Mapped[list["ComplaintPause"]] = relationship(order_by="ComplaintPause.number")
    extensions: Mapped[list["ComplaintExtension"]] = relationship(order_by="ComplaintExtension.number")
    notices: Mapped[list["ComplaintNotice"]] = relationship(
        order_by="ComplaintNotice.created_at",
        primaryjoin="Complaint.instance_id == foreign(ComplaintNotice.instance_id)",
    )
    measures: Mapped[list["ComplaintMeasure"]] = relationship(
        order_by="ComplaintMeasure.number", cascade="all, delete-orphan"
    )


class ComplaintClock(Base):
    """One period that runs, or ran, for a complaint."""

    __tablename__ = "complaint_clock"
    __table_args__ = (
        Index("ix_complaint_clock_due_at", "due_at"),
        Index("ix_complaint_clock_provisional", "provisional"),
    )

    instance_id: Mapped[str] = mapped_column(ForeignKey("complaint.instance_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: row of the table of deadlines; moves on with an extension
    deadline_id: Mapped[str] = mapped_column(Code)
    regime: Mapped[str] = mapped_column(Code)
    step: Mapped[str] = mapped_column(Code)
    #: `decision`, `acknowledge`, `review` or another purpose of the table
    purpose: Mapped[str] = mapped_column(Code)
    trigger_at: Mapped[datetime] = mapped_column(Moment)
    limit: Mapped[int]
    unit: Mapped[str] = mapped_column(String(2))
    roll: Mapped[bool] = mapped_column(Boolean)
    #: None while a pause without end stops it
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    #: `due_at` was counted through a year whose days off are not announced yet
    provisional: Mapped[bool] = mapped_column(Boolean, default=False)
    #: a date agreed with the consumer, or stated in a hand-over: counts instead of the period
    fixed_due_at: Mapped[datetime | None] = mapped_column(Moment)
    #: raised by every change
    revision: Mapped[int]
    met_at: Mapped[datetime | None] = mapped_column(Moment)
    #: stopped without having been met: withdrawn, merged, passed on
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class ComplaintPause(Base):
    """Days that may not count: a fact about the complaint; each regime's table says whether its clock stops."""

    __tablename__ = "complaint_pause"

    instance_id: Mapped[str] = mapped_column(ForeignKey("complaint.instance_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(Code)
    from_on: Mapped[date] = mapped_column(Date)
    to_on: Mapped[date | None] = mapped_column(Date)
    #: when the consumer was told
    told_on: Mapped[date | None] = mapped_column(Date)


class ComplaintExtension(Base):
    """One extension asked for, approved or refused."""

    __tablename__ = "complaint_extension"

    instance_id: Mapped[str] = mapped_column(ForeignKey("complaint.instance_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: number of the clock it lengthens
    clock_number: Mapped[int | None]
    #: `asked`, `approved` (waits for the notice), `valid` or `refused`
    state: Mapped[str] = mapped_column(Code)
    from_id: Mapped[str] = mapped_column(Code, default="")
    to_id: Mapped[str] = mapped_column(Code, default="")
    from_due_at: Mapped[datetime | None] = mapped_column(Moment)
    #: the last day asked for, where it is not the longest that the rule allows
    to_on: Mapped[date | None] = mapped_column(Date)
    to_due_at: Mapped[datetime | None] = mapped_column(Moment)
    reason_code: Mapped[str | None] = mapped_column(Code)
    approver: Mapped[str | None] = mapped_column(Code)
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    notified_at: Mapped[datetime | None] = mapped_column(Moment)


class ComplaintMeasure(Base):
    """One thing the institution does to put it right."""

    __tablename__ = "complaint_measure"

    instance_id: Mapped[str] = mapped_column(ForeignKey("complaint.instance_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    type: Mapped[str] = mapped_column(Code)
    sealed_description: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: group that carries it out
    group: Mapped[str] = mapped_column(Reference, default="")
    due_on: Mapped[date | None] = mapped_column(Date)
    amount: Mapped[Decimal | None] = mapped_column(Money)
    #: `planned`, `done`, `partly` or `impossible`
    state: Mapped[str] = mapped_column(Code, default="planned")
    done_on: Mapped[date | None] = mapped_column(Date)
    paid_amount: Mapped[Decimal | None] = mapped_column(Money)
    payment_ref: Mapped[str] = mapped_column(Reference, default="")


class ComplaintNotice(Base):
    """A notice as it was written: never changed afterwards but for how it went out; put right by another one only."""

    __tablename__ = "complaint_notice"

    #: id of the job that sends it: a repeated job finds its row
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    #: the complaint's case; the case that sent it where that is about no one complaint
    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id"), index=True)
    template: Mapped[str] = mapped_column(Code)
    version: Mapped[str] = mapped_column(Code)
    language: Mapped[str] = mapped_column(Code)
    #: `consumer`, `owner`, `regulator`, `group:<key>`, `group:<key>@<unit>` or `person:<username>`
    recipient: Mapped[str] = mapped_column(Reference)
    #: by which it went, or is to go: `email`, `sms`, `portal`, `phone`, `letter` or `in_person`
    channel: Mapped[str] = mapped_column(Code)
    #: in which order channels are tried, and why: the table, whose deployment, what was tested, which rules matched
    channels: Mapped[list[str]] = mapped_column(JSON, default=list)
    why: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    large_print: Mapped[bool] = mapped_column(Boolean, default=False)
    #: JSON object: language → subject, text, html, mail, sms; JSON list of [channel, address, language]
    sealed_body: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_addresses: Mapped[bytes] = mapped_column(LargeBinary)
    #: of the text's bytes
    sha256: Mapped[str] = mapped_column(Hash)
    #: `prepared`, `waiting` (for a person to hand it over) or `sent`
    state: Mapped[str] = mapped_column(Code)
    #: id of the notice that this one puts right
    corrects: Mapped[str | None] = mapped_column(Id)
    #: who answers for what a regulator is told
    approved_by: Mapped[str | None] = mapped_column(Reference)
    created_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)

    attempts: Mapped[list["ComplaintNoticeAttempt"]] = relationship(order_by="ComplaintNoticeAttempt.number")


class ComplaintNoticeAttempt(Base):
    """One attempt to bring a notice to its receiver: the proof of sending, or why it failed."""

    __tablename__ = "complaint_notice_attempt"

    notice_id: Mapped[str] = mapped_column(ForeignKey("complaint_notice.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel: Mapped[str] = mapped_column(Code)
    #: `sent`, `failed`, or `handed_over` by a person
    state: Mapped[str] = mapped_column(Code)
    at: Mapped[datetime] = mapped_column(Moment)
    #: the address, masked; what the gateway, the post or the person said of it
    sealed_address: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_reference: Mapped[bytes] = mapped_column(LargeBinary)
    #: why it failed; empty when it did not
    reason: Mapped[str] = mapped_column(Text, default="")
    #: username of who handed it over; empty: the machine
    by: Mapped[str] = mapped_column(Reference, default="")
