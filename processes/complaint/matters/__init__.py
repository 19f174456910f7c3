"""Companion cases of complaints: review, rectification, early warning, crisis, partner enquiry, early sign, leak.

Each is an instance of a process of its own with the record `matter`, and knows the complaint that it is about.
"""

from collections.abc import Mapping

from engine.applications import Numbering
from processes.complaint.matters.kinds import CALL_BACK, KINDS, SCAN, numbering
from processes.complaint.matters.record import MatterRegister

#: process key → the records of its instances
RECORDS: Mapping[str, MatterRegister | None] = {
    **{key: MatterRegister(kind) for key, kind in KINDS.items()},
    SCAN: None,
    CALL_BACK.key: None,
}

#: process key → how its instances are numbered
NUMBERS: Mapping[str, Numbering | None] = {
    **{key: numbering(kind) for key, kind in KINDS.items()},
    SCAN: None,
    CALL_BACK.key: numbering(CALL_BACK),
}
