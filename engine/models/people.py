"""People who log in, their groups, and counted failures."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base
from engine.models.columns import Key, Moment


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
