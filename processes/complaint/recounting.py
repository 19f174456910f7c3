"""When the tables of working days change: the clocks that count by them are computed anew, and what is missing is told.

The State Council announces the days off of a year in the autumn before it. A date that was counted through a year
without them is provisional until then.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import clock, commands
from engine.identity import ADMIN
from engine.mail import Mail
from engine.models import Mark, Membership, Person, ProcessInstance
from engine.site import Site
from processes.complaint import workdays
from processes.complaint.record import ComplaintRecord
from processes.complaint.sending import EMAIL_PORT
from processes.complaint.tables import ComplaintClock

#: Name of the mark that says by which tables the clocks were counted last.
COUNTED = "complaint.calendar"
#: Name of the mark that says on which day somebody was last told that a year is missing.
TOLD = "complaint.calendar_told"


def recount(site: Site, now: datetime) -> int:
    """Compute the clocks of all open complaints anew where they differ; gives the number of cases that changed."""
    with site.database.reading() as session:
        session.info["vault"] = site.vault
        stale = [instance_id for instance_id, key in _running(session) if _is_stale(site, session, instance_id, key)]
    return sum(commands.update_record(site, each, lambda record: record.recount(), now=now) for each in stale)


def recount_when_days_change(site: Site, now: datetime) -> None:
    """As `recount`, once after each change of the tables of days and years (a chore of the tick)."""
    digest = workdays.digest(now)
    if _mark(site, COUNTED) != digest:
        recount(site, now)
        _set_mark(site, COUNTED, digest)


def tell_of_missing_year(site: Site, now: datetime) -> None:
    """Write to the admins, once a day at most, while the working days of a year are missing (a chore of the tick).

    Raises TopicFailed when the mail cannot be sent now.
    """
    year, today = workdays.year_without_calendar(now), now.astimezone(clock.zone()).date().isoformat()
    mail: Mail | None = site.ports.get(EMAIL_PORT)
    if year is None or mail is None or _mark(site, TOLD) == today:
        return
    _set_mark(site, TOLD, today)
    for number, address in enumerate(_admins(site)):
        mail.send(address, _SUBJECT.format(year=year), _TEXT.format(year=year), "", f"calendar-{today}-{number}")


def _running(session: Session) -> list[tuple[str, str]]:
    """Open cases with a clock that is neither met nor ended, each with the key of its application."""
    unfinished = ComplaintClock.met_at.is_(None) & ComplaintClock.ended_at.is_(None)
    cases = select(ProcessInstance.id, ProcessInstance.application).where(
        ProcessInstance.status == "active",
        ProcessInstance.id.in_(select(ComplaintClock.instance_id).where(unfinished)),
    )
    return [(instance_id, key) for instance_id, key in session.execute(cases.order_by(ProcessInstance.id))]


def _is_stale(site: Site, session: Session, instance_id: str, key: str) -> bool:
    register = site.applications[key].record
    record = register.open(session, instance_id) if register else None
    return isinstance(record, ComplaintRecord) and record.clocks.is_stale()


def _admins(site: Site) -> list[str]:
    people = select(Person.email).join(Membership, Membership.person_id == Person.id)
    members = people.where(Membership.group_key == ADMIN, Person.is_active, Person.email != "")
    with site.database.reading() as session:
        return sorted(session.scalars(members))


def _mark(site: Site, name: str) -> str | None:
    with site.database.reading() as session:
        return session.scalar(select(Mark.value).where(Mark.name == name))


def _set_mark(site: Site, name: str, value: str) -> None:
    with site.database.transaction() as session:
        session.merge(Mark(name=name, value=value))


_SUBJECT = "{year} 年工作日历缺失 / The working days of {year} are missing"

_TEXT = """{year} 年的放假安排尚未录入。跨入该年的期限只能暂定。
国务院办公厅发布后，请在“日历”表中录入放假日和调休上班日，并登记该年份。

The days off of {year} are not known yet. Dates counted into that year are provisional.
Once the State Council has announced them, enter days off and make-up days in the table of days, and the year itself.
"""
