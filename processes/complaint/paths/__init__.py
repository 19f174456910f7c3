"""Every path of the record `complaint`: its FEEL type, where its value lies, and what it takes.

A dotted path lies in the column of the same name with `_` for the dots. Paths with the place DEED are computed
when read (`readings`) and do something when written (`deeds`): start a clock, approve an extension. What is written
to a path with the place LOG is added to a list.
"""

from collections.abc import Mapping

from processes.complaint.paths.case import CASE
from processes.complaint.paths.field import (
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
from processes.complaint.paths.steps import STEPS

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

PATHS: Mapping[str, Field] = {**CASE, **STEPS}
