"""What cases wait for, and what is kept beside them: timers, messages, jobs, incidents, commands, files."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base
from engine.models.columns import Id, Key, Moment


class Timer(Base):
    """A waiting timer event; its id is the id of the token. The tick asks only this table."""

    __tablename__ = "timer"
    __table_args__ = (Index("ix_timer_state_due_at", "state", "due_at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id"), index=True)
    element_id: Mapped[str] = mapped_column(Key)
    #: None while the clock it follows is paused
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    #: `armed`, `paused`, or `failed` until its incident is resolved
    state: Mapped[str] = mapped_column(String(10))
    #: the record's names that its expression reads, separated by blanks
    names: Mapped[str] = mapped_column(Text, default="")


class StartTimer(Base):
    """A timer start event of an active process; what fires there begins a case.

    It survives a deployment that leaves its text as it is: a rhythm goes on, and what fired once is not repeated.
    """

    __tablename__ = "start_timer"
    __table_args__ = (Index("ix_start_timer_state_due_at", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application: Mapped[str] = mapped_column(Key)
    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id"))
    process_key: Mapped[str] = mapped_column(Key)
    #: the step of the start event, and which of several timers there it is
    step: Mapped[str] = mapped_column(Key)
    text: Mapped[str] = mapped_column(Text)
    #: as `engine.execution.timers` keeps it, stored by `engine.values`
    timer: Mapped[bytes] = mapped_column(LargeBinary)
    #: None once it has fired for the last time
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    #: `armed`, `done`, or `failed` until somebody lets it try again
    state: Mapped[str] = mapped_column(String(10))
    #: why it failed, in parts that can be read in other languages, stored by `engine.values`
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)


class Subscription(Base):
    """A token waits for a message or a signal; its id is the id of the token."""

    __tablename__ = "subscription"
    __table_args__ = (Index("ix_subscription_name_business_key", "name", "business_key"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id"), index=True)
    element_id: Mapped[str] = mapped_column(Key)
    #: `message` or `signal`
    kind: Mapped[str] = mapped_column(String(10), default="message")
    name: Mapped[str] = mapped_column(Key)
    business_key: Mapped[str] = mapped_column(Key)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Message(Base):
    """A message sent to a case, or a signal on its way to one: a row before anything else happens with it."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_state_name", "state", "name"),
        Index("ix_message_business_key", "business_key"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Key)
    business_key: Mapped[str] = mapped_column(Key, default="")
    #: `message`, `signal` to a case that waits for it, or `start` by a signal
    kind: Mapped[str] = mapped_column(String(10), default="message")
    #: of a signal: the instance that hears it, or the process that it starts
    target: Mapped[str] = mapped_column(String(120), default="")
    #: the sender's idempotency key
    sender_key: Mapped[str] = mapped_column(String(200), unique=True)
    #: `waiting`, `delivered`, `expired` or `rejected`
    state: Mapped[str] = mapped_column(String(10))
    subject_id: Mapped[str | None] = mapped_column(ForeignKey("data_subject.id"))
    sealed_payload: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    instance_id: Mapped[str | None] = mapped_column(ForeignKey("process_instance.id"))


#: Kinds of jobs that call a topic: for a token that waits, or beside the diagram. The third one is `continue`.
TOPIC, ASIDE = "topic", "aside"
CALLS = (TOPIC, ASIDE)


class Job(Base):
    """Work the engine does by itself: a topic's call, or going on after a repaired step. The row is the truth."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_due_at", "state", "due_at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id"), index=True)
    #: empty: no token waits for it
    token_id: Mapped[str] = mapped_column(Id, index=True)
    element_id: Mapped[str] = mapped_column(Key)
    #: `topic`, `aside` or `continue`
    kind: Mapped[str] = mapped_column(String(10))
    topic: Mapped[str] = mapped_column(Key, default="")
    #: `waiting`, `leased`, `done`, `failed` or `cancelled`
    state: Mapped[str] = mapped_column(String(10))
    sealed_payload: Mapped[bytes] = mapped_column(LargeBinary)
    attempts: Mapped[int] = mapped_column(default=0)
    retries: Mapped[int] = mapped_column(default=3)
    due_at: Mapped[datetime] = mapped_column(Moment)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)


class Incident(Base):
    """Something a person must look at before the case can go on."""

    __tablename__ = "incident"
    __table_args__ = (Index("ix_incident_resolved_at_created_at", "resolved_at", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id"), index=True)
    element_id: Mapped[str] = mapped_column(Key)
    #: `job`, `step` or `timer`
    kind: Mapped[str] = mapped_column(String(10))
    #: the job or the timer that stands still
    job_id: Mapped[str | None] = mapped_column(Id, index=True)
    timer_id: Mapped[str | None] = mapped_column(Id, index=True)
    #: in English; names and types only, never values
    message: Mapped[str] = mapped_column(Text)
    #: text and parameters of the error, to be read in other languages: JSON; None for what was not raised on purpose
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Command(Base):
    """A command that was carried out, under the idempotency key of the one who gave it."""

    __tablename__ = "command"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    name: Mapped[str] = mapped_column(Key)
    instance_id: Mapped[str | None] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(Moment)
    sealed_result: Mapped[bytes] = mapped_column(LargeBinary)


class Attachment(Base):
    """A file of a case, encrypted, outside the web root."""

    __tablename__ = "attachment"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id"), index=True)
    task_id: Mapped[str | None] = mapped_column(Id)
    subject_id: Mapped[str] = mapped_column(ForeignKey("data_subject.id"))
    sealed_name: Mapped[bytes] = mapped_column(LargeBinary)
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    #: `consumer` or `staff`
    origin: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
