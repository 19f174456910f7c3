"""What people who work here are told, what they tell their leads, and what they think of the steps."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base
from engine.models.columns import Id, Key, Moment


class Notification(Base):
    """One thing that one person is told of, beside the history: what happened to a task or a case, without its data."""

    __tablename__ = "notification"
    __table_args__ = (
        Index("ix_notification_person_id_read_at", "person_id", "read_at", "created_at"),
        Index("ix_notification_task_id", "task_id"),
        Index("ix_notification_mailing", "mailing", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    #: what happened, as `engine.notifications.KINDS` lists it
    event: Mapped[str] = mapped_column(Key)
    #: user name of who did it, or `system`
    actor: Mapped[str] = mapped_column(Key)
    instance_id: Mapped[str | None] = mapped_column(ForeignKey("process_instance.id", ondelete="CASCADE"))
    task_id: Mapped[str | None] = mapped_column(ForeignKey("user_task.id", ondelete="CASCADE"))
    #: the deadline that this is about: it is told of once
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    #: mail that is still to be sent: `now`, or in the next `digest`; else empty
    mailing: Mapped[str] = mapped_column(String(6), default="")


class NotificationChoice(Base):
    """How a person wants to be told of one kind of things, where it is not the usual way."""

    __tablename__ = "notification_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(Key, primary_key=True)
    #: `page`, `mail`, `digest` or `nothing`
    way: Mapped[str] = mapped_column(String(10))


class CaseFollower(Base):
    """A person is told of new comments on a case."""

    __tablename__ = "case_follower"

    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)


class Presence(Base):
    """A person had a case open, or a task of it, and when last; kept for an hour at most."""

    __tablename__ = "presence"

    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    #: the task whose page it was; None: the page of the case
    task_id: Mapped[str | None] = mapped_column(ForeignKey("user_task.id", ondelete="CASCADE"), index=True)
    seen_at: Mapped[datetime] = mapped_column(Moment, index=True)


class Wish(Base):
    """What somebody asks the own leads for: to be relieved of a task, or a break."""

    __tablename__ = "wish"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    #: `relief` or `break`
    kind: Mapped[str] = mapped_column(String(10))
    task_id: Mapped[str | None] = mapped_column(ForeignKey("user_task.id", ondelete="CASCADE"))
    #: why somebody else should take the task, under the key of the case's data subject
    sealed_reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: until when the break lasts
    until_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class WishLead(Base):
    """A lead who may read a wish: nobody else may."""

    __tablename__ = "wish_lead"

    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)


class CalendarFeed(Base):
    """The secret address under which a person's calendar reads the due dates of open tasks; only its hash is kept."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Suggestion(Base):
    """How somebody would improve a step of a process."""

    __tablename__ = "suggestion"
    __table_args__ = (Index("ix_suggestion_definition_id_element_id", "definition_id", "element_id"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id"))
    element_id: Mapped[str] = mapped_column(Key)
    #: None: whoever wrote it chose to stay unknown
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    #: under the key of the installation
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
