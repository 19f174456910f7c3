"""The tables that people keep for complaint handling: what their columns are, and what is checked beyond columns.

Each begins as a CSV file in `data/`, the notices as the files in `notices/`.
"""

from processes.complaint.authority import authority_limit
from processes.complaint.reference_tables.aids import STANDARD_ANSWERS, TECHNIQUE_CARDS
from processes.complaint.reference_tables.companions import PARTNERS, SCRIPTS
from processes.complaint.reference_tables.contacts import ADDRESSES, WAYS
from processes.complaint.reference_tables.lists import CODE_LISTS, FORM_LISTS, INSTITUTION
from processes.complaint.reference_tables.money import AUTHORITY_LIMITS
from processes.complaint.reference_tables.offices import ABSENCES, ORGANISATION
from processes.complaint.reference_tables.points import DUPLICATE_SCORES, PARTNER_POINTS
from processes.complaint.reference_tables.rules import (
    CALENDAR_YEARS,
    DECLINE_REASONS,
    PAUSES,
    PROGRESS_INTERVALS,
    REGIMES,
    RETENTION,
    STEP_TIMES,
    TENANT,
)
from processes.complaint.reference_tables.times import CALENDAR_DAYS, DEADLINES, EXTENSIONS
from processes.complaint.reference_tables.words import NOTICES

#: In the order in which a list shows them.
ALL = (
    DEADLINES,
    EXTENSIONS,
    PAUSES,
    REGIMES,
    STEP_TIMES,
    PROGRESS_INTERVALS,
    CALENDAR_DAYS,
    CALENDAR_YEARS,
    RETENTION,
    DECLINE_REASONS,
    AUTHORITY_LIMITS,
    DUPLICATE_SCORES,
    NOTICES,
    SCRIPTS,
    STANDARD_ANSWERS,
    TECHNIQUE_CARDS,
    CODE_LISTS,
    FORM_LISTS,
    INSTITUTION,
    WAYS,
    ADDRESSES,
    TENANT,
    ORGANISATION,
    ABSENCES,
    PARTNERS,
    PARTNER_POINTS,
)

__all__ = ["ALL", "authority_limit"]
