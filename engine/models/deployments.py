"""Model files, deployments, and the process definitions in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base
from engine.models.columns import Key, Moment


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
