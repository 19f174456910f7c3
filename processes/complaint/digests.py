"""What leads are sent without asking: how complaints stand each morning (I12), who may do what each quarter (I14).

Chores of the tick; nothing personal of consumers goes by mail.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import TopicFailed
from engine.mail import Mail
from engine.models import InstanceUnit, Membership, Person, PersonGroup, ProcessInstance, UnitAncestor
from engine.site import Site
from processes.complaint import notices, wording
from processes.complaint.clocks import DECISION
from processes.complaint.letters import WAITING
from processes.complaint.recipients import HOME as HOME_LANGUAGE
from processes.complaint.sending import EMAIL_PORT
from processes.complaint.tables import Complaint, ComplaintClock, ComplaintNotice
from processes.complaint.tenant import home
from processes.complaint.workdays import calendar_of

log = logging.getLogger(__name__)

#: Who leads: they get the digest; heads of units review who may do what.
LEADS = ("approver_t1", "approver_t2", "approver_t3", "approver_t4", "cp_manager")
HEADS = ("approver_t2", "approver_t3", "approver_t4")

#: From when on a working morning mail is sent.
MORNING = time(8, 30)

#: Names of the marks that say for which day, and for which quarter, mail went out last.
DIGEST, REVIEW = "complaint.digest", "complaint.access_review"

#: Days of a quarter in which the access review is asked for.
REVIEW_DAYS = 14

SOON = timedelta(days=2)
MOST = 10


def send_digests(site: Site, now: datetime) -> None:
    """I12 to all leads, once on each working day from 08:30 on: each reads the figures of the own part."""
    today = now.astimezone(clock.zone()).date()
    if not _is_morning(now) or not site.is_first_for(DIGEST, today.isoformat()):
        return
    with site.database.reading() as session:
        parts = [(people, _figures(session, now, units)) for units, people in _by_units(session, LEADS).items()]
    for people, figures in parts:
        _send(site, people, "I12", figures | {"day": today}, f"digest-{today}")


def send_access_reviews(site: Site, now: datetime) -> None:
    """I14 to the heads of units, once in the first two weeks of each quarter."""
    today = now.astimezone(clock.zone()).date()
    quarter = f"{today.year}-{(today.month - 1) // 3 + 1}"
    begins = today.month % 3 == 1 and today.day <= REVIEW_DAYS
    if not begins or not _is_morning(now) or not site.is_first_for(REVIEW, quarter):
        return
    with site.database.reading() as session:
        people, listed = _people(session, HEADS), _grants(session)
    _send(site, people, "I14", {"day": today, "listed": listed}, f"access-review-{quarter}")


def _is_morning(now: datetime) -> bool:
    local = now.astimezone(clock.zone())
    return local.time() >= MORNING and calendar_of(home()).is_working(local.date())


def _people(session: Session, groups: Iterable[str]) -> list[tuple[int, str, str]]:
    """Id, address and language of the active members of `groups`."""
    members = select(Membership.person_id).where(Membership.group_key.in_(tuple(groups)))
    query = select(Person.id, Person.email, Person.language).where(Person.id.in_(members), Person.is_active)
    return [(row.id, row.email, row.language) for row in session.execute(query.order_by(Person.id)) if row.email]


def _by_units(session: Session, groups: Iterable[str]) -> dict[frozenset[str], list[tuple[int, str, str]]]:
    """The active members of `groups` by the units on which they are; whoever is one everywhere has none."""
    grants: dict[int, set[str]] = {}
    held = select(Membership.person_id, Membership.unit_key).where(Membership.group_key.in_(tuple(groups)))
    for person_id, unit in session.execute(held):
        grants.setdefault(person_id, set()).add(unit)
    found: dict[frozenset[str], list[tuple[int, str, str]]] = {}
    for person in _people(session, groups):
        units = frozenset(grants[person[0]])
        found.setdefault(frozenset() if "" in units else units, []).append(person)
    return found


def _of_units(units: frozenset[str]) -> Select[str]:
    """The ids of the cases that concern one of `units` or one below."""
    below = select(InstanceUnit.instance_id).join(UnitAncestor, UnitAncestor.unit_key == InstanceUnit.unit_key)
    return below.where(UnitAncestor.ancestor_key.in_(sorted(units)))


def _figures(session: Session, now: datetime, units: frozenset[str]) -> dict[str, Any]:
    """How the open complaints stand at `now`: those of `units`, all of them where it names none."""
    is_open = select(ProcessInstance.id).where(ProcessInstance.status == "active")
    if units:
        is_open = is_open.where(ProcessInstance.id.in_(_of_units(units)))
    unfinished = Complaint.instance_id.in_(is_open) & Complaint.closed_at.is_(None)

    def count(*conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(Complaint).where(unfinished, *conditions)) or 0

    running = (ComplaintClock.instance_id == Complaint.instance_id) & (ComplaintClock.purpose == DECISION)
    running &= ComplaintClock.met_at.is_(None) & ComplaintClock.ended_at.is_(None)
    urgent = select(Complaint.number, func.min(ComplaintClock.due_at)).join(ComplaintClock, running).where(unfinished)
    first = urgent.where(ComplaintClock.due_at <= now + SOON).group_by(Complaint.number)
    listed = session.execute(first.order_by(func.min(ComplaintClock.due_at)).limit(MOST)).all()
    waiting = select(func.count()).select_from(ComplaintNotice).where(ComplaintNotice.state == WAITING)
    if units:
        waiting = waiting.where(ComplaintNotice.instance_id.in_(_of_units(units)))
    return {
        "open_count": count(),
        "overdue_count": count(exists().where(running, ComplaintClock.due_at < now)),
        "due_soon_count": count(exists().where(running, ComplaintClock.due_at.between(now, now + SOON))),
        "major_count": count(Complaint.level == "MAJOR"),
        "waiting_count": session.scalar(waiting) or 0,
        "listed": "\n".join(
            f"{number}  {due.astimezone(clock.zone()):%Y-%m-%d %H:%M}" for number, due in listed if due is not None
        ),
    }


def _grants(session: Session) -> str:
    """Each person who can log in, with the groups."""
    query = (
        select(Person.name, Person.username, PersonGroup.name_zh, PersonGroup.name_en)
        .join(Membership, Membership.person_id == Person.id)
        .join(PersonGroup, PersonGroup.key == Membership.group_key)
        .where(Person.is_active)
        .order_by(Person.username, PersonGroup.key)
    )
    held: dict[str, list[str]] = {}
    for name, username, zh, en in session.execute(query):
        held.setdefault(f"{name} ({username})", []).append(f"{zh} / {en}")
    return "\n".join(f"{person}: {', '.join(groups)}" for person, groups in held.items())


def _send(
    site: Site, people: Iterable[tuple[int, str, str]], template_id: str, known: Mapping[str, Any], message_id: str
) -> None:
    """Mail the notice to each person in the own language; an address that fails keeps nobody else waiting."""
    mail: Mail | None = site.ports.get(EMAIL_PORT)
    for person_id, address, chosen in people if mail is not None else ():
        language = chosen or HOME_LANGUAGE
        wanted = notices.template(template_id, language)
        content = notices.render(wanted, {**wording.elsewhere("", language), **known})
        try:
            if mail is not None:
                mail.send(address, content.subject, content.text, content.html, f"{message_id}-{person_id}")
        except TopicFailed as error:
            # no trace: it would hold the address
            log.warning("%s could not be mailed to person %s: %s", template_id, person_id, type(error).__name__)
