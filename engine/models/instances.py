"""Cases, the people they are about, and the tasks in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base
from engine.models.columns import Id, Key, Moment

#: The cases that the index of searches does not have as they are; a question must use these very words.
REWORDED = "reworded > 0"
#: The tasks that wait for somebody, a few among all that ever were.
OPEN = "status = 'open'"


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
        Index("ix_process_instance_business_key_application", "business_key", "application", unique=True),
        Index("ix_process_instance_started_at", "started_at"),
        Index("ix_process_instance_status_started_at", "status", "started_at"),
        Index(
            "ix_process_instance_reworded", "started_at", sqlite_where=text(REWORDED), postgresql_where=text(REWORDED)
        ),
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
    #: how often something by which the case is found changed since the index of searches has it (engine.search)
    reworded: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - SQLAlchemy's own form


class UserTask(Base):
    """A task for a person; its id is the id of the token."""

    __tablename__ = "user_task"
    __table_args__ = (
        Index("ix_user_task_assignee_id_status_priority", "assignee_id", "status", "priority"),
        Index("ix_user_task_handed_to_id", "handed_to_id"),
        Index("ix_user_task_completed_by_closed_at", "completed_by", "closed_at"),
        Index("ix_user_task_closed_at", "closed_at"),
        # all that counting and sorting needs, so that they read no rows
        Index(
            "ix_user_task_open",
            "due_at",
            "priority",
            "created_at",
            "assignee_id",
            "handed_to_id",
            "follow_up_at",
            "id",
            "instance_id",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
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
    #: whom the assignee asked to take it over; until that person accepts, the assignee answers for it
    handed_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    priority: Mapped[int] = mapped_column(default=50)
    created_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    follow_up_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    completed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: the `role` property of the element, for separation of duty
    role: Mapped[str] = mapped_column(Key, default="")


#: In the words of the index of open tasks.
IS_OPEN = UserTask.status == literal_column("'open'")


class InstanceUnit(Base):
    """A unit of the organisation that a case concerns."""

    __tablename__ = "instance_unit"
    __table_args__ = (Index("ix_instance_unit_unit_key", "unit_key", "instance_id"),)

    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id", ondelete="CASCADE"), primary_key=True)
    unit_key: Mapped[str] = mapped_column(Key, primary_key=True)


class UserTaskGroup(Base):
    """A candidate group of a task."""

    __tablename__ = "user_task_group"
    __table_args__ = (Index("ix_user_task_group_group_key", "group_key", "task_id"),)

    task_id: Mapped[str] = mapped_column(ForeignKey("user_task.id", ondelete="CASCADE"), primary_key=True)
    group_key: Mapped[str] = mapped_column(Key, primary_key=True)
    #: offered to those whose grant covers this unit; empty: to all who hold the group
    unit_key: Mapped[str] = mapped_column(Key, primary_key=True, default="")


class Draft(Base):
    """What a person typed into a task's form and did not send yet."""

    __tablename__ = "draft"

    task_id: Mapped[str] = mapped_column(ForeignKey("user_task.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    sealed_values: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime] = mapped_column(Moment)
