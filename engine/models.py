"""The tables: rows without behaviour. Words as in the field: process definition, instance, user task, job, incident.

Columns named `sealed…` hold ciphertext under the data key of the row's data subject (`engine.vault`).
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base

Key = String(100)
Id = String(36)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC by both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


# --- people -------------------------------------------------------------------------------------------------------


class Person(Base):
    """Somebody who logs in: process owner, handler, admin. Consumers never do."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(Key, unique=True)
    name: Mapped[str] = mapped_column(Key)
    email: Mapped[str] = mapped_column(String(254), default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(10), default="")
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    #: Raised to end all of the person's sessions at once.
    epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)


class PersonGroup(Base):
    """A candidate group. `admin`, `process-owner` and `auditor` are the engine's own."""

    __tablename__ = "person_group"

    key: Mapped[str] = mapped_column(Key, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Key)
    name_en: Mapped[str] = mapped_column(Key)


class Membership(Base):
    """A person is in a group."""

    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    group_key: Mapped[str] = mapped_column(ForeignKey("person_group.key", ondelete="CASCADE"), primary_key=True)


class Attempts(Base):
    """Failed attempts of one kind (log-in, access code) by one name or address, for lock-out on any number of hosts."""

    __tablename__ = "attempts"

    subject: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    first_at: Mapped[datetime] = mapped_column(Moment)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)


# --- models ---------------------------------------------------------------------------------------------------------


class Content(Base):
    """A model file's bytes, compressed, once per hash."""

    __tablename__ = "content"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Deployment(Base):
    """The complete file set of one application, numbered within it."""

    __tablename__ = "deployment"
    __table_args__ = (UniqueConstraint("application", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application: Mapped[str] = mapped_column(Key)
    number: Mapped[int]
    #: hash over names and content hashes of the whole set
    hash: Mapped[str] = mapped_column(String(64))
    #: `shipped` with the program or deployed by a `person`
    origin: Mapped[str] = mapped_column(String(10))
    comment: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class DeploymentFile(Base):
    """One file of a deployment."""

    __tablename__ = "deployment_file"

    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    hash: Mapped[str] = mapped_column(ForeignKey("content.hash"))


class ProcessDefinition(Base):
    """One executable process of a deployment; immutable."""

    __tablename__ = "process_definition"
    __table_args__ = (UniqueConstraint("key", "version"), UniqueConstraint("deployment_id", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id"))
    application: Mapped[str] = mapped_column(Key)
    key: Mapped[str] = mapped_column(Key)
    version: Mapped[int]
    file: Mapped[str] = mapped_column(String(200))


class Activation(Base):
    """Which deployment of an application new instances use: the last row of the application."""

    __tablename__ = "activation"
    __table_args__ = (Index("ix_activation_application", "application", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application: Mapped[str] = mapped_column(Key)
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ModelDraft(Base):
    """A model file being edited by one person, on top of a deployment."""

    __tablename__ = "model_draft"

    application: Mapped[str] = mapped_column(Key, primary_key=True)
    file: Mapped[str] = mapped_column(String(200), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    base_id: Mapped[int] = mapped_column(ForeignKey("deployment.id"))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime] = mapped_column(Moment)


# --- instances ------------------------------------------------------------------------------------------------------


class DataSubject(Base):
    """A person whose data an instance holds, with the wrapped data key. Without the key the data is gone for good."""

    __tablename__ = "data_subject"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)
    erased_at: Mapped[datetime | None] = mapped_column(Moment)


class ProcessInstance(Base):
    """One case. Its row is locked first by everything that changes the case."""

    __tablename__ = "process_instance"
    __table_args__ = (
        Index("ix_process_instance_application_business_key", "application", "business_key", unique=True),
        Index("ix_process_instance_status_started_at", "status", "started_at"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id"), index=True)
    application: Mapped[str] = mapped_column(Key)
    key: Mapped[str] = mapped_column(Key)
    business_key: Mapped[str] = mapped_column(Key)
    subject_id: Mapped[str] = mapped_column(ForeignKey("data_subject.id"), index=True)
    #: `active`, `completed` or `cancelled`
    status: Mapped[str] = mapped_column(String(12))
    #: element id of the end event that ended the case
    ended_by: Mapped[str] = mapped_column(Key, default="")
    revision: Mapped[int] = mapped_column()
    sealed_state: Mapped[bytes] = mapped_column(LargeBinary)
    started_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    started_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: length and last hash of the instance's history stream
    history_count: Mapped[int] = mapped_column(default=0)
    history_head: Mapped[bytes] = mapped_column(LargeBinary, default=b"")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - SQLAlchemy's own form


class UserTask(Base):
    """A task for a person; its id is the id of the token."""

    __tablename__ = "user_task"
    __table_args__ = (
        Index("ix_user_task_status_due_at", "status", "due_at"),
        Index("ix_user_task_assignee_id_status", "assignee_id", "status"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id"), index=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id"))
    element_id: Mapped[str] = mapped_column(Key)
    #: which item of a multi-instance activity, for people; empty elsewhere
    item: Mapped[str] = mapped_column(Key, default="")
    #: `open`, `completed` or `cancelled`
    status: Mapped[str] = mapped_column(String(10))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    priority: Mapped[int] = mapped_column(default=50)
    created_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    follow_up_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    completed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: the `role` property of the element, for separation of duty
    role: Mapped[str] = mapped_column(Key, default="")


class UserTaskGroup(Base):
    """A candidate group of a task."""

    __tablename__ = "user_task_group"
    __table_args__ = (Index("ix_user_task_group_group_key", "group_key", "task_id"),)

    task_id: Mapped[str] = mapped_column(ForeignKey("user_task.id", ondelete="CASCADE"), primary_key=True)
    group_key: Mapped[str] = mapped_column(Key, primary_key=True)


class Draft(Base):
    """What a person typed into a task's form and did not send yet."""

    __tablename__ = "draft"

    task_id: Mapped[str] = mapped_column(ForeignKey("user_task.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    sealed_values: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime] = mapped_column(Moment)


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


class Subscription(Base):
    """A token waits for a message; its id is the id of the token."""

    __tablename__ = "subscription"
    __table_args__ = (Index("ix_subscription_name_business_key", "name", "business_key"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id"), index=True)
    element_id: Mapped[str] = mapped_column(Key)
    name: Mapped[str] = mapped_column(Key)
    business_key: Mapped[str] = mapped_column(Key)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Message(Base):
    """A message sent to a case: a row before anything else happens with it."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_state_name", "state", "name"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Key)
    business_key: Mapped[str] = mapped_column(Key, default="")
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


class Job(Base):
    """Work the engine does by itself: a topic's call, or going on after a repaired step. The row is the truth."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_due_at", "state", "due_at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id"), index=True)
    token_id: Mapped[str] = mapped_column(Id, index=True)
    element_id: Mapped[str] = mapped_column(Key)
    #: `topic` or `continue`
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
    #: names and types only, never values
    message: Mapped[str] = mapped_column(Text)
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


# --- history and marks ------------------------------------------------------------------------------------------------


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
