"""What staff are told beside the diagram: of a new task (I01), and of a complaint that was registered late (I16).

Lines of history call for it; a job does it. Nothing of it is kept as a notice of the case.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from engine.applications import Aside, Work
from engine.bpmn.elements import Element
from engine.definitions import Library
from engine.errors import TopicFailed
from engine.history import Line
from engine.mail import Mail
from engine.models import Person, UserTask
from engine.notifications import wanting_mail
from engine.site import Site
from processes.complaint import notices, wording
from processes.complaint.recipients import HOME, members, named
from processes.complaint.register import REGISTER
from processes.complaint.sending import EMAIL_PORT
from processes.complaint.tables import Complaint

log = logging.getLogger(__name__)

TOPIC = "tell_staff"

NEW_TASK, REGISTERED_LATE = "I01", "I16"

#: Kinds of history: somebody got a task, or was asked to take it over; nobody may be given it; see `record`.
GIVEN = frozenset({"task_given", "task_assigned", "task_handed"})
NOBODY = "nobody_eligible"
LATE = "registered_late"

#: Who looks after quality: late registrations are theirs to follow up.
QUALITY = "qa"


def asides(lines: Sequence[Line], actor: str) -> Iterator[Aside]:
    """What `lines`, written for `actor`, make staff be told of. Nobody is told of what they took themselves."""
    for line in lines:
        detail = line.detail
        if line.kind in GIVEN and detail["to"] != actor:
            yield _aside(NEW_TASK, line, people=[detail["to"]], task=detail["task"], event=line.kind)
        elif line.kind == NOBODY and detail["leads"]:
            yield _aside(NEW_TASK, line, groups=detail["leads"], task=detail["task"], nobody=True)
        elif line.kind == LATE:
            yield _aside(REGISTERED_LATE, line, groups=[QUALITY], days=detail["days"])


def tell_staff(site: Site, work: Work) -> None:
    """Mail the notice `template` to `people` (user names) and the holders of `groups`, each once in the own language.

    Of an `event` that people choose how to be told of, only to those who want mail at once.
    About a task that is over nobody is told any more. An address that fails keeps nobody else waiting; where all fail,
    the last attempt gives up in silence, for work lists and the case say the same. Raises TopicFailed before that.
    """
    mail: Mail | None = site.ports.get(EMAIL_PORT)
    failures: list[TopicFailed] = []
    letters = _letters(site, work)
    for number, (address, content) in enumerate(letters if mail is not None else ()):
        try:
            if mail is not None:
                mail.send(address, content.subject, content.text, content.html, f"{work.id}-{number}")
        except TopicFailed as error:
            # no trace: it would hold the address
            log.warning("%s could not be mailed: %s", work.inputs["template"], type(error).__name__)
            failures.append(error)
    if failures and len(failures) == len(letters) and not work.is_last:
        raise failures[0]


def _aside(template: str, line: Line, **inputs: Any) -> Aside:
    return Aside(TOPIC, {"template": template, **inputs}, line.element_id)


def _letters(site: Site, work: Work) -> list[tuple[str, notices.Rendered]]:
    """Each address, and what goes there."""
    with site.database.reading() as session:
        session.info["vault"] = site.vault
        element = None
        if task_id := work.inputs.get("task"):
            task = session.get(UserTask, task_id)
            if task is None or task.status != "open":
                return []
            element = _element(session, task)
        written: dict[str, notices.Rendered] = {}
        letters = []
        for person in _receivers(session, work):
            language = person.language or HOME
            if language not in written:
                known = _known(session, work, language)
                known["step"] = element.named(language) if element else None
                written[language] = notices.render(notices.template(str(work.inputs["template"]), language), known)
            letters.append((person.email, written[language]))
        return letters


def _receivers(session: Session, work: Work) -> Iterable[Person]:
    groups = list(work.inputs.get("groups", ()))
    complaint = session.get(Complaint, work.instance_id) if QUALITY in groups else None
    if complaint is not None and complaint.received_by_unit:
        groups = [f"{group}@{complaint.received_by_unit}" for group in groups]
    addressed = named(session, work.inputs.get("people", ()))
    if event := work.inputs.get("event"):
        wanting = wanting_mail(session, str(event), [person.id for person in addressed])
        addressed = [person for person in addressed if person.id in wanting]
    people = addressed + members(session, groups)
    return [person for person in dict.fromkeys(people) if person.email]


def _known(session: Session, work: Work, language: str) -> dict[str, Any]:
    if session.get(Complaint, work.instance_id) is None:
        known = wording.elsewhere(work.business_key, language)
    else:
        known = wording.internal(REGISTER.open(session, work.instance_id), language)
    return {**known, **work.inputs}


def _element(session: Session, task: UserTask) -> Element:
    _, _, process = Library(session).by_id(task.definition_id)
    return process.elements[task.element_id]
