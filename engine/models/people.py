"""People who log in, their groups, and counted failures."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, String, Text, UniqueConstraint
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
    #: until then nothing is given to the person by itself: a break that the person asked for
    resting_until: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)


class PersonGroup(Base):
    """A candidate group. `admin`, `process-owner` and `auditor` are the engine's own."""

    __tablename__ = "person_group"

    key: Mapped[str] = mapped_column(Key, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Key)
    name_en: Mapped[str] = mapped_column(Key)


class GroupLead(Base):
    """The members of a group give out the tasks of another one."""

    __tablename__ = "group_lead"

    group_key: Mapped[str] = mapped_column(ForeignKey("person_group.key", ondelete="CASCADE"), primary_key=True)
    led_key: Mapped[str] = mapped_column(Key, primary_key=True)


class Membership(Base):
    """A person is in a group: on a unit and all below it, or everywhere."""

    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    group_key: Mapped[str] = mapped_column(ForeignKey("person_group.key", ondelete="CASCADE"), primary_key=True)
    #: empty: everywhere
    unit_key: Mapped[str] = mapped_column(Key, primary_key=True, default="")


class UnitAncestor(Base):
    """A unit of the organisation, and one above it; each unit stands above itself at distance 0."""

    __tablename__ = "unit_ancestor"
    __table_args__ = (Index("ix_unit_ancestor_ancestor_key", "ancestor_key", "unit_key"),)

    unit_key: Mapped[str] = mapped_column(Key, primary_key=True)
    ancestor_key: Mapped[str] = mapped_column(Key, primary_key=True)
    distance: Mapped[int]


class PersonSkill(Base):
    """What a person knows, as codes: products, languages."""

    __tablename__ = "person_skill"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    skill: Mapped[str] = mapped_column(Key, primary_key=True)


class Absence(Base):
    """Days on which a person is not there, both included, and who stands in meanwhile."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_person_id_from_on", "person_id", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    from_on: Mapped[date] = mapped_column(Date)
    to_on: Mapped[date] = mapped_column(Date)
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)


class SavedFilter(Base):
    """A way of looking at the task list that somebody keeps; `query` is what stands in the address of the page."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("owner_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Key)
    query: Mapped[str] = mapped_column(Text)
    #: whose members see it too; empty: nobody else
    group_key: Mapped[str] = mapped_column(Key, default="", index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Attempts(Base):
    """Failed attempts of one kind (log-in, access code) by one name or address, for lock-out on any number of hosts."""

    __tablename__ = "attempts"

    subject: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    first_at: Mapped[datetime] = mapped_column(Moment)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
