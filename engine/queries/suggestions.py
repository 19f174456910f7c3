"""What people would improve: for process owners by version and step, and one's own with the answers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from engine.commands.suggestions import answer_place, text_place
from engine.identity import Actor
from engine.models import Person, ProcessDefinition, Suggestion
from engine.queries.labels import Labels
from engine.site import Site

#: How many a list shows; what is not dealt with comes first.
MOST = 200


@dataclass(frozen=True)
class SuggestionRow:
    """One suggestion; `by` is empty for whoever stays unknown."""

    id: str
    process: str
    version: int
    element_id: str
    step: str
    by: str
    at: datetime
    text: str
    answer: str
    settled_at: datetime | None


def suggestions(session: Session, site: Site, application: str, language: str) -> tuple[SuggestionRow, ...]:
    """What is suggested for the processes of an application: what waits first, then by version and step."""
    return _rows(session, site, ProcessDefinition.application == application, language)


def own_suggestions(session: Session, site: Site, actor: Actor, language: str) -> tuple[SuggestionRow, ...]:
    """What `actor` suggested under the own name."""
    return _rows(session, site, Suggestion.person_id == actor.id, language)


def waiting_suggestions(session: Session, application: str) -> int:
    """How many nobody has dealt with yet."""
    query = (
        select(func.count())
        .select_from(Suggestion)
        .join(ProcessDefinition, ProcessDefinition.id == Suggestion.definition_id)
        .where(ProcessDefinition.application == application, Suggestion.settled_at.is_(None))
    )
    return session.scalar(query) or 0


def _rows(session: Session, site: Site, which: ColumnElement[bool], language: str) -> tuple[SuggestionRow, ...]:
    query = (
        select(Suggestion, ProcessDefinition, Person.name)
        .join(ProcessDefinition, ProcessDefinition.id == Suggestion.definition_id)
        .outerjoin(Person, Person.id == Suggestion.person_id)
        .where(which)
        .order_by(
            Suggestion.settled_at.is_not(None),
            ProcessDefinition.key,
            ProcessDefinition.version.desc(),
            Suggestion.element_id,
            Suggestion.created_at.desc(),
        )
        .limit(MOST)
    )
    labels = Labels(session, language)
    return tuple(
        SuggestionRow(
            id=row.id,
            process=labels.process(definition.id),
            version=definition.version,
            element_id=row.element_id,
            step=labels.element(definition.id, row.element_id),
            by=name or "",
            at=row.created_at,
            text=site.vault.open_site(row.sealed_text, text_place(row.id)).decode(),
            answer=site.vault.open_site(row.sealed_answer, answer_place(row.id)).decode() if row.sealed_answer else "",
            settled_at=row.settled_at,
        )
        for row, definition, name in session.execute(query)
    )
