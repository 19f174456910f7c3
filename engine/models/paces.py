"""How long steps take, as measured."""

from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base
from engine.models.columns import Key


class StepPace(Base):
    """How long a step of a process took lately: medians in seconds of business time, without anybody's name."""

    __tablename__ = "step_pace"

    process_key: Mapped[str] = mapped_column(Key, primary_key=True)
    element_id: Mapped[str] = mapped_column(Key, primary_key=True)
    #: how long it keeps a person busy
    work_seconds: Mapped[int]
    #: from its end until the deadline of the case was met; None where too few met one behind it
    rest_seconds: Mapped[int | None]
    #: how many closed tasks were measured
    measured: Mapped[int]
