"""Mail of notifications: at once, or once a day in one letter. Chores of the tick; what fails goes into the digest."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from engine import clock
from engine.definitions import Library
from engine.errors import TopicFailed, TopicFailedForGood
from engine.mail import Mail
from engine.models import Notification, Person, ProcessInstance, UserTask
from engine.notifications import texts
from engine.notifications.kinds import DIGEST, NOW
from engine.site import Site

log = logging.getLogger(__name__)

#: From when on each day, in the business time zone, digests are sent.
MORNING = time(7, 30)
#: Name of the mark that says for which day digests went out last.
SENT_FOR = "notifications.digest"
#: Single mails in one tick; lines of one digest.
MOST_MAILS, MOST_LINES = 100, 200


@dataclass(frozen=True)
class Letter:
    """One mail, and the notifications that it tells of."""

    key: str
    address: str
    subject: str
    text: str
    ids: tuple[int, ...]


def mail_news(site: Site, _now: datetime) -> None:
    """Send what people want to be mailed at once; one question where there is nothing."""
    mail: Mail | None = site.ports.get("mail")
    if mail is None:
        return
    with site.database.reading() as session:
        letters = [
            Letter(f"notification-{found[0].id}", found[1].email, line, line + _foot(site, language), (found[0].id,))
            for found in _waiting(session, NOW, MOST_MAILS)
            for language in [_language(found[1])]
            for line in [_line(session, found, language)]
        ]
    for letter in letters:
        _send(site, mail, letter)


def send_digests(site: Site, now: datetime) -> None:
    """Send each person one mail a day with what is new and still unread; nothing where nothing is."""
    local, mail = now.astimezone(clock.zone()), site.ports.get("mail")
    day = local.date().isoformat()
    if mail is None or local.time() < MORNING or not site.is_first_for(SENT_FOR, day):
        return
    with site.database.reading() as session:
        people: dict[int, list[Waiting]] = defaultdict(list)
        for found in _waiting(session, DIGEST):
            people[found[1].id].append(found)
        letters = [_digest(session, site, day, found) for found in people.values()]
    for letter in letters:
        _send(site, mail, letter)


Waiting = tuple[Notification, Person, str | None, UserTask | None]


def _waiting(session: Session, mailing: str, most: int | None = None) -> Sequence[Waiting]:
    """What is to be mailed, the oldest first, without what is over: each with its person, number and task."""
    query = (
        select(Notification, Person, ProcessInstance.business_key, UserTask)
        .join(Person, Person.id == Notification.person_id)
        .outerjoin(ProcessInstance, ProcessInstance.id == Notification.instance_id)
        .outerjoin(UserTask, UserTask.id == Notification.task_id)
        .where(
            Notification.mailing == mailing,
            Notification.read_at.is_(None),
            Person.is_active,
            or_(Notification.task_id.is_(None), UserTask.status == "open"),
        )
        .order_by(Notification.created_at, Notification.id)
        .limit(most)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def _digest(session: Session, site: Site, day: str, found: Sequence[Waiting]) -> Letter:
    person = found[0][1]
    language = _language(person)
    listed = "\n".join(_line(session, each, language) for each in found[:MOST_LINES])
    return Letter(
        key=f"digest-{day}-{person.id}",
        address=person.email,
        subject=texts.SUBJECT[language].format(count=len(found)),
        text=listed + _foot(site, language),
        ids=tuple(each[0].id for each in found),
    )


def _line(session: Session, found: Waiting, language: str) -> str:
    news, _, number, task = found
    step = ""
    if task is not None:
        _, _, process = Library(session).by_id(task.definition_id)
        element = process.elements.get(task.element_id)
        step = element.named(language) if element is not None else task.element_id
    return texts.line(number or "", texts.said(news.event, language, step=step, due_at=news.due_at))


def _foot(site: Site, language: str) -> str:
    return "\n\n" + texts.FOOT[language].format(url=site.ports.get("public_url", ""))


def _language(person: Person) -> str:
    return person.language if person.language in texts.SAID else texts.HOME


def _send(site: Site, mail: Mail, letter: Letter) -> None:
    """Send it, and note that it is out; an address that fails keeps nobody else waiting."""
    left = ""
    try:
        mail.send(letter.address, letter.subject, letter.text, "", letter.key)
    except TopicFailedForGood as error:
        log.warning("%s was refused: %s", letter.key, type(error).__name__)
    except TopicFailed as error:
        # no trace: it would hold the address
        log.warning("%s could not be mailed and waits for the next digest: %s", letter.key, type(error).__name__)
        left = DIGEST
    with site.database.transaction() as session:
        _mark(session, letter.ids, left)


def _mark(session: Session, ids: Iterable[int], mailing: str) -> None:
    of_these = update(Notification).where(Notification.id.in_(list(ids)))
    session.execute(of_these.values(mailing=mailing), execution_options={"synchronize_session": False})
