"""What happened in a case so far, for the person who works on it: answers of earlier steps, files, messages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import attachments, history
from engine.definitions import Library
from engine.errors import Erased, NotFound
from engine.execution.scopes import set_nested
from engine.forms import Form, View
from engine.forms.view import Fieldset, Node, Question, RowsNode
from engine.history import Entry
from engine.models import Attachment, Message, Person, ProcessInstance, UserTask
from engine.queries.labels import Labels, names_of_users
from engine.queries.looking import look, usable
from engine.site import Site
from engine.transition import Move

#: Lines of history that hold what somebody filled in.
ANSWERED = ("instance_started", "task_submitted")
#: What waits for a message.
RECEIVING = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent", "receiveTask"})


@dataclass(frozen=True)
class Answers:
    """What somebody filled in at one step; `view` holds only what was answered, None when it was erased.

    Personal answers are left out (`is_partial`) where the application has a record, which shows them masked.
    """

    name: str
    by: str
    at: datetime
    view: View | None
    is_partial: bool = False
    #: place in the stream of history
    number: int = 0
    #: it was not asked for: `answers_of` gives it
    is_folded: bool = False


@dataclass(frozen=True)
class FileRow:
    """A file of a case; `name` is empty when it was erased."""

    id: str
    name: str
    size: int
    media_type: str
    origin: str
    created_at: datetime
    by: str


@dataclass(frozen=True)
class MessageRow:
    """A message sent to a case."""

    id: str
    name: str
    business_key: str
    state: str
    created_at: datetime
    expires_at: datetime
    settled_at: datetime | None
    #: what the diagram calls the event that waits for it; its name where nothing does
    label: str = ""


@dataclass(frozen=True)
class Case:
    """The generic half of the panel beside a form."""

    instance_id: str
    application: str
    business_key: str
    process: str
    status: str
    started_at: datetime
    answers: tuple[Answers, ...]
    files: tuple[FileRow, ...]
    messages: tuple[MessageRow, ...]


def case(
    session: Session, site: Site, instance_id: str, *, language: str, now: datetime, newest_only: bool = False
) -> Case:
    """One case; who may see it is decided before. `newest_only`: all answers but the last are folded.

    Raises NotFound.
    """
    instance = session.get(ProcessInstance, instance_id)
    if instance is None:
        raise NotFound
    return Case(
        instance_id=instance.id,
        application=instance.application,
        business_key=instance.business_key,
        process=Labels(session, language).process(instance.definition_id),
        status=instance.status,
        started_at=instance.started_at,
        answers=_answers(session, site, instance, language, now, newest_only=newest_only),
        files=files_of(session, site, instance_id),
        messages=tuple(
            labelled(session, row, instance.definition_id, language)
            for row in messages_of(session, instance.business_key)
        ),
    )


def answers_of(session: Session, site: Site, instance_id: str, number: int, *, language: str, now: datetime) -> Answers:
    """What was filled in at the step that stands at place `number` in the history of the case. Raises NotFound."""
    instance = session.get(ProcessInstance, instance_id)
    if instance is None:
        raise NotFound
    found = [each for each in _given(session, site, instance) if each.sequence == number]
    for answers in _told(session, site, instance, found, _Steps(session, instance, found, language), now):
        return answers
    raise NotFound


def files_of(session: Session, site: Site, instance_id: str) -> tuple[FileRow, ...]:
    """The files of a case, oldest first."""
    query = (
        select(Attachment, Person.name)
        .outerjoin(Person, Person.id == Attachment.created_by)
        .where(Attachment.instance_id == instance_id)
        .order_by(Attachment.created_at)
    )
    found = session.execute(query).all()
    rows = [row for row, _ in found]
    try:
        names = attachments.names(session, site.vault, rows)
    except Erased:
        names = [""] * len(rows)
    return tuple(
        FileRow(
            id=row.id,
            name=name,
            size=row.size,
            media_type=row.media_type,
            origin=row.origin,
            created_at=row.created_at,
            by=by or "",
        )
        for (row, by), name in zip(found, names, strict=True)
    )


def messages_of(session: Session, business_key: str) -> tuple[MessageRow, ...]:
    """The messages sent to a case, oldest first."""
    sent = select(Message).where(Message.business_key == business_key, Message.kind == "message")
    query = sent.order_by(Message.created_at)
    return tuple(message_row(message) for message in session.scalars(query))


def labelled(session: Session, row: MessageRow, definition_id: int, language: str) -> MessageRow:
    """`row` with the name of what waits for such a message in the case's deployment; its own name if nothing does."""
    _, model, _ = Library(session).by_id(definition_id)
    elements = (element for process in model.processes.values() for element in process.elements.values())
    takes_it = (each for each in elements if each.event.name == row.name and each.event.kind == "message")
    found = next((each for each in takes_it if each.tag in RECEIVING), None)
    return replace(row, label=found.named(language) if found else row.name)


def message_row(message: Message) -> MessageRow:
    """What a list shows of a message."""
    return MessageRow(
        id=message.id,
        name=message.name,
        business_key=message.business_key,
        state=message.state,
        created_at=message.created_at,
        expires_at=message.expires_at,
        settled_at=message.settled_at,
    )


def _answers(
    session: Session, site: Site, instance: ProcessInstance, language: str, now: datetime, *, newest_only: bool
) -> tuple[Answers, ...]:
    given = _given(session, site, instance)
    folded = given[:-1] if newest_only else []
    steps = _Steps(session, instance, given, language)
    rest = [
        Answers(steps.asked(each)[0], steps.by(each), each.at, None, number=each.sequence, is_folded=True)
        for each in folded
    ]
    return (*rest, *_told(session, site, instance, given[len(folded) :], steps, now))


def _given(session: Session, site: Site, instance: ProcessInstance) -> list[Entry]:
    """What was filled in so far, oldest first."""
    entries = history.read(session, site.vault, history.instance_stream(instance.id), kinds=ANSWERED)
    return [each for each in entries if each.values or each.erased]


class _Steps:
    """Who filled in which step, and with which form: what stands in rows is asked for all `given` lines at once."""

    def __init__(self, session: Session, instance: ProcessInstance, given: Sequence[Entry], language: str) -> None:
        self._instance, self._library, self._labels = instance, Library(session), Labels(session, language)
        self.language = language
        self._people = names_of_users(session, [each.actor for each in given])
        query = select(UserTask).where(UserTask.id.in_([str(each.detail.get("task", "")) for each in given]))
        self._tasks = {task.id: task for task in session.scalars(query)} if given else {}

    def by(self, entry: Entry) -> str:
        """The name of who did it."""
        return self._people.get(entry.actor, entry.actor)

    def asked(self, entry: Entry) -> tuple[str, Form | None]:
        """The name and the form of the step that an entry is about."""
        if entry.kind == "instance_started":
            _, model, process = self._library.by_id(self._instance.definition_id)
            return process.named(self._labels.language), model.form(process.start_form)
        task = self._tasks.get(str(entry.detail.get("task", "")))
        if task is None:
            return self._labels.element(self._instance.definition_id, entry.element_id), None
        _, model, process = self._library.by_id(task.definition_id)
        element = process.elements[task.element_id]
        return self._labels.element(task.definition_id, task.element_id, task.item), model.form(element.form)


def _told(
    session: Session, site: Site, instance: ProcessInstance, given: Sequence[Entry], steps: _Steps, now: datetime
) -> Iterator[Answers]:
    """The answers that history has, as their forms show them."""
    if not given:
        return
    try:
        step = look(session, site, instance, now)
    except Erased:
        step = None
    for each in given:
        name, form = steps.asked(each)
        if step is None or each.erased:
            yield Answers(name, steps.by(each), each.at, None, number=each.sequence)
        elif form is not None and each.values:
            hidden = form.personal if step.execution.record is not None else frozenset()
            view = _answered(step, form, each.values, hidden, steps.language)
            is_partial = not hidden.isdisjoint(each.values)
            yield Answers(name, steps.by(each), each.at, view, is_partial=is_partial, number=each.sequence)


def _answered(step: Move, form: Form, values: Mapping[str, Any], hidden: frozenset[str], language: str) -> View:
    nested: dict[str, Any] = {}
    for path, value in values.items():
        set_nested(nested, path, value)
    now = usable(step, form)
    view = replace(now, context=_Over(nested, now.context)).view({}, language)
    return replace(view, nodes=tuple(_kept(view.nodes, frozenset(values) - hidden)))


def _kept(nodes: Sequence[Node], names: frozenset[str]) -> Iterator[Node]:
    """Of `nodes` the questions called `names`, in their groups."""
    for node in nodes:
        match node:
            case Question() | RowsNode() if node.name in names:
                yield node
            case Fieldset():
                children = tuple(_kept(node.children, names))
                if children:
                    yield replace(node, children=children)


class _Over(Mapping[str, Any]):
    """Nested values before others: what was answered then, and for the rest what holds now."""

    def __init__(self, upper: Mapping[str, Any], lower: Mapping[str, Any]) -> None:
        self._upper, self._lower = upper, lower

    def __getitem__(self, name: str) -> Any:
        if name not in self._upper:
            return self._lower[name]
        value, below = self._upper[name], self._lower.get(name)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            return _Over(value, below)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter({*self._upper, *self._lower})

    def __len__(self) -> int:
        return len({*self._upper, *self._lower})
