"""How people who work with a step would improve it, and what the process owner makes of that."""

import uuid
from datetime import datetime, time

from sqlalchemy.orm import Session

from engine import access, clock
from engine.errors import InvalidInput, NotAllowed, NotFound
from engine.identity import Actor
from engine.models import Suggestion, UserTask
from engine.site import Site

LONGEST = 2000


def suggest(site: Site, task_id: str, text: str, *, anonymous: bool, actor: Actor, now: datetime) -> str:
    """Suggest an improvement of the step of a task that one may see; gives the id.

    `anonymous`: neither who nor at what hour is kept. Raises NotFound, InvalidInput.
    """
    text = _checked(text)
    with site.database.transaction() as session:
        task = session.get(UserTask, task_id)
        offers = access.offers(session, task_id)
        if task is None or not access.may_see_task(actor, offers, task.assignee_id, task.handed_to_id):
            raise NotFound
        suggestion_id = str(uuid.uuid4())
        session.add(
            Suggestion(
                id=suggestion_id,
                definition_id=task.definition_id,
                element_id=task.element_id,
                person_id=None if anonymous else actor.id,
                sealed_text=site.vault.seal_site(text.encode(), text_place(suggestion_id)),
                created_at=_day(now) if anonymous else now,
            )
        )
    return suggestion_id


def settle_suggestion(site: Site, suggestion_id: str, answer: str, *, actor: Actor, now: datetime) -> None:
    """Mark a suggestion as dealt with, with an answer or without; later answers replace earlier ones.

    Raises NotAllowed, NotFound, InvalidInput.
    """
    if not access.may_deploy(actor):
        raise NotAllowed
    answer = _checked(answer) if answer.strip() else ""
    with site.database.transaction() as session:
        row = _row(session, suggestion_id)
        row.sealed_answer = site.vault.seal_site(answer.encode(), answer_place(row.id)) if answer else None
        row.settled_at, row.settled_by = now, actor.id


def text_place(suggestion_id: str) -> str:
    """Where the text of a suggestion is sealed."""
    return f"suggestion.text:{suggestion_id}"


def answer_place(suggestion_id: str) -> str:
    """Where the answer to a suggestion is sealed."""
    return f"suggestion.answer:{suggestion_id}"


def _row(session: Session, suggestion_id: str) -> Suggestion:
    row = session.get(Suggestion, suggestion_id)
    if row is None:
        raise NotFound
    return row


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not 3 <= len(text) <= LONGEST:
        raise InvalidInput("Write 3 to {most} characters.", most=LONGEST)
    return text


def _day(now: datetime) -> datetime:
    """The beginning of the business day: the hour might tell who it was."""
    return datetime.combine(now.astimezone(clock.zone()).date(), time(), clock.zone())
