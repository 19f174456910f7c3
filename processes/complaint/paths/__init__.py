"""Every path of the record `complaint`."""

from collections.abc import Mapping

from processes.complaint.paths.fields import (
    COLUMN,
    DEED,
    FACTS,
    LOG,
    MOMENT,
    MOMENTS,
    PERSON,
    TEXTS,
    Bounds,
    Field,
)
from processes.complaint.paths.handling import AFTERWARDS, DECISION, TIME
from processes.complaint.paths.matter import MATTER, ORIGIN
from processes.complaint.paths.steps import NOTICES, STEPS

PATHS: Mapping[str, Field] = {
    **ORIGIN,
    **MATTER,
    **DECISION,
    **AFTERWARDS,
    **TIME,
    **STEPS,
    **NOTICES,
}

__all__ = [
    "COLUMN",
    "DEED",
    "FACTS",
    "LOG",
    "MOMENT",
    "MOMENTS",
    "PATHS",
    "PERSON",
    "TEXTS",
    "Bounds",
    "Field",
]
