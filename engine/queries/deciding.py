"""What waits for somebody's decision: open tasks whose form can be decided where it is read."""

from datetime import datetime

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from engine import access
from engine.definitions import Library
from engine.identity import Actor
from engine.models import IS_OPEN, UserTask, UserTaskGroup

#: More of one's own tasks are not looked through.
MOST = 500


def waiting_decisions(session: Session, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Ids of the tasks that `actor` has or may take and can decide at once, by deadline."""
    offered = exists().where(UserTaskGroup.task_id == UserTask.id, access.offered_to(actor))
    query = (
        select(UserTask.id, UserTask.definition_id, UserTask.element_id)
        .where(
            IS_OPEN,
            or_(UserTask.assignee_id == actor.id, and_(UserTask.assignee_id.is_(None), offered)),
            or_(UserTask.follow_up_at.is_(None), UserTask.follow_up_at <= now),
        )
        .order_by(UserTask.due_at.asc().nulls_last(), UserTask.created_at)
        .limit(MOST)
    )
    library, known = Library(session), dict[tuple[int, str], bool]()
    found = []
    for task_id, definition_id, element_id in session.execute(query):
        step = definition_id, element_id
        if step not in known:
            known[step] = _is_decision(library, *step)
        if known[step]:
            found.append(task_id)
    return tuple(found)


def _is_decision(library: Library, definition_id: int, element_id: str) -> bool:
    _, model, process = library.by_id(definition_id)
    element = process.elements.get(element_id)
    form = model.form(element.form) if element is not None else None
    return form is not None and form.is_decision
