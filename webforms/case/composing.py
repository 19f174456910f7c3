"""The timeline of a case: its history, its files, and what its application keeps elsewhere, as lines in words."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from engine import queries
from engine.commands.comments import COMMENTED, SECOND_THOUGHTS, WITHDRAWN
from engine.identity import Actor
from engine.models import ProcessInstance
from engine.queries import FileRow, Happening
from engine.site import Site
from webforms import happenings
from webforms.case.lines import Change, Line, Told, in_order, kind_of
from webforms.panels import CasePart, Panel, panels

#: Kinds whose line says nothing that another line does not say better.
_SILENT = frozenset({WITHDRAWN})
_TONES = {"incident": "late", "error_uncaught": "late", "instance_ended": "good"}


def lines_of(
    session: Session,
    site: Site,
    instance: ProcessInstance,
    part: Callable[[], CasePart | None],
    *,
    actor: Actor,
    language: str,
    now: datetime,
) -> list[Line]:
    """Everything that happened in a case, newest first; numbers in what people wrote are masked."""
    found = queries.timeline(session, site, instance, actor=actor, language=language)
    panel = panels.get(instance.application)
    reader = _Reader(instance.id, language, actor, now, panel)
    own = part()
    files = (_file(file, instance.id) for file in queries.files_of(session, site, instance.id))
    return in_order([*reader.lines(found), *files, *(own.lines() if own else ())])


class _Reader:
    """Lines of history in words, for one reader."""

    def __init__(self, instance_id: str, language: str, actor: Actor, now: datetime, panel: Panel | None) -> None:
        self._instance_id, self._language, self._actor, self._now, self._panel = (
            instance_id,
            language,
            actor,
            now,
            panel,
        )

    def lines(self, found: Iterable[Happening]) -> Iterator[Line]:
        """A line for each that says something in words."""
        for each in found:
            if each.kind in _SILENT or (each.is_fine and each.element == each.element_id):
                continue  # a step that the diagram does not name says nothing in words
            yield self._line(each)

    def _line(self, each: Happening) -> Line:
        own = self._panel.tell(each, self._language) if self._panel else None
        told = own or Told(kind_of(each.kind), happenings.title(each), each.reasons, _variables(each))
        return Line(
            key=f"comment-{each.number}" if each.kind == COMMENTED else f"h-{each.number}",
            kind=told.kind,
            at=each.at,
            title=told.title,
            who=each.actor,
            username=each.username,
            text=self._text(each),
            notes=told.notes,
            changes=told.changes,
            tone=_TONES.get(each.kind, ""),
            link=self._link(each),
            is_fine=each.is_fine,
            may_withdraw=each.number if self._may_withdraw(each) else 0,
        )

    def _link(self, each: Happening) -> tuple[str, str] | None:
        if each.kind not in {"task_submitted", "instance_started"}:
            return None
        there = url_for("case.details", instance_id=self._instance_id, _anchor=f"answer-{each.number}")
        return there, gettext("What was answered")

    def _text(self, each: Happening) -> str:
        """A comment as it was written; of other texts the numbers are masked."""
        if each.kind != COMMENTED:
            return self._panel.scrub(each.text) if self._panel else each.text
        return gettext("taken back") if each.is_withdrawn else each.text or gettext("erased")

    def _may_withdraw(self, each: Happening) -> bool:
        own = each.kind == COMMENTED and each.username == self._actor.username and not each.is_withdrawn
        return own and self._now - each.at <= SECOND_THOUGHTS


def _variables(each: Happening) -> tuple[Change, ...]:
    return tuple(Change(name, before, after) for name, (before, after) in each.changes.items())


def _file(file: FileRow, instance_id: str) -> Line:
    return Line(
        key=f"f-{file.id}",
        kind="file",
        at=file.created_at,
        title=gettext("File “%(name)s” was added", name=file.name) if file.name else gettext("A file was added"),
        who="consumer" if file.origin == "consumer" else file.by or "system",
        link=(
            url_for("case.documents", instance_id=instance_id, _anchor=f"file-{file.id}"),
            gettext("To the document"),
        ),
    )
