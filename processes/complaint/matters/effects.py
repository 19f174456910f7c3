"""The topics that count the effect of a rectification, and make a complaint of an early sign."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import clock, commands
from engine.applications import Work
from engine.commands import Submitted
from engine.identity import ADMIN, SYSTEM
from engine.site import Site
from processes.complaint.matters.letters import open_matter
from processes.complaint.matters.record import MatterRecord
from processes.complaint.tables import PROCESS, Complaint

#: Effectiveness compares so many days before with as many after (KPI K23).
SPAN = timedelta(days=90)

#: Channel and unit of a complaint that an early sign became.
CHANNEL = "CH.COUNTER"


def count_effect(site: Site, work: Work) -> Mapping[str, Any]:
    """Count complaints of the same cause in the 90 days before the rectification was opened and in the last 90."""
    with site.database.reading() as session:
        record = open_matter(session, site, work.instance_id)
        before = _count(session, record, record.row.opened_at)
        after = _count(session, record, clock.now())
    return {"matter.rectification.before": before, "matter.rectification.after": after}


def _count(session: Session, record: MatterRecord, end: datetime) -> int:
    """Complaints received in the 90 days until `end`, of the same root cause or of the same product and reason."""
    received = select(func.count()).where(Complaint.received_at > end - SPAN, Complaint.received_at <= end)
    if record.get("rectification.effect_metric") == "same_product_reason":
        same = [Complaint.cat_b == record.get("complaint.cat_b"), Complaint.cat_c == record.get("complaint.cat_c")]
    else:
        same = [Complaint.root_cause == record.get("rectification.root_cause")]
    return session.scalar(received.where(*same)) or 0


def convert_sign(site: Site, work: Work) -> Mapping[str, Any]:
    """Start a complaint from an early sign, once; the sign is then about it. Gives its number.

    Raises NotFound while the process of complaints is not deployed, and InvalidInput for a value that it refuses.
    """
    with site.database.reading() as session:
        record = open_matter(session, site, work.instance_id)
        sign = {name: record.get(f"sign.{name}") for name in ("note", "person_name", "person_mobile", "product")}
        values = {
            "complaint.channel": CHANNEL,
            "complaint.received_at": record.row.opened_at,
            "complaint.received_by_unit": record.row.unit,
            "complaint.narrative": sign["note"],
            "complaint.person.full_name": sign["person_name"],
            "complaint.person.mobile": sign["person_mobile"],
            "complaint.product": sign["product"],
        }
    operator = replace(SYSTEM, groups=frozenset({ADMIN}))
    given = Submitted(values={path: value for path, value in values.items() if value is not None})
    started = commands.start_instance(
        site, PROCESS, given, actor=operator, now=clock.now(), key=f"sign:{work.instance_id}"
    )
    return {"matter.complaint.number": started["business_key"]}


def rehearse_effect(_record: MatterRecord, _inputs: Mapping[str, Any], _at: datetime) -> Mapping[str, Any]:
    """In a dry run there is nothing to count."""
    return {"matter.rectification.before": 0, "matter.rectification.after": 0}


def rehearse_conversion(_record: MatterRecord, _inputs: Mapping[str, Any], _at: datetime) -> Mapping[str, Any]:
    """In a dry run no complaint is started."""
    return {"matter.complaint.number": "TS-REHEARSED"}
