"""What the complaint application shows beside a task and on the page of a case."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from processes.complaint import views


def complaint_panel(session: Session, instance_id: str, language: str) -> tuple[str, Mapping[str, Any]]:
    """The essence of a complaint, personal values masked. Raises NotFound."""
    return "panels/complaint.html", {"essence": views.essence(session, instance_id, language)}
