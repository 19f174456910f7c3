"""What the page of a case shows of a complaint, each part for itself: its head, what was sent, its remedies.

Labels in one language, personal values masked, nothing opened that is not shown. Frozen values.
"""

from processes.complaint.case_views.glances import Glance, glance
from processes.complaint.case_views.labels import group_name, is_readable, unit_name, words
from processes.complaint.case_views.remedies import MeasureSheet, Remedy, remedy
from processes.complaint.case_views.sent import Sent, sent

__all__ = [
    "Glance",
    "MeasureSheet",
    "Remedy",
    "Sent",
    "glance",
    "group_name",
    "is_readable",
    "remedy",
    "sent",
    "unit_name",
    "words",
]
