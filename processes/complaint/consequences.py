"""What the law hangs on a notice to the consumer: it counts from the moment it was sent, dialled or handed over.

Order No. 3 of 2020, Art. 21; used when the machine sends, and when a person records having handed it over.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine import clock
from processes.complaint.clocks import Clocks
from processes.complaint.paths import PATHS
from processes.complaint.readings import PAUSES, pause_of

TOLD_AT = "progress.told_at"

#: Template → path of the record that takes the moment.
CONSEQUENCES: Mapping[str, str] = {
    "N01": "clock.acknowledged_at",
    "N08": "pause.appraisal.told_on",
    "N10": "decided_at",
    "N10S": "decided_at",
    "N18": "extension.notified_at",
}


def consequences(clocks: Clocks, template_id: str, at: datetime) -> dict[str, date | datetime]:
    """Path of the record → what it takes because the consumer got the notice at `at`."""
    found: dict[str, Any] = {TOLD_AT: at}
    path = CONSEQUENCES.get(template_id)
    if path is None or (template_id == "N08" and pause_of(clocks, PAUSES["appraisal"]) is None):
        return found
    found[path] = at.astimezone(clock.zone()).date() if PATHS[path].type == "date" else at
    return found
