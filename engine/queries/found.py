"""Cases that somebody looks for: newest first, only those that this person may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, cast, select, text, union_all
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from engine import access
from engine.identity import Actor
from engine.models import FTS, SEARCH_TEXT, ProcessInstance, SearchEntry, UserTask, UserTaskGroup
from engine.queries.labels import Labels, names_of
from engine.queries.paging import PER_PAGE
from engine.search import Asked, Kind
from engine.search.words import Readings
from engine.site import Site

#: More are not counted, nor shown.
MOST_FOUND = 1_000

#: How the two databases write “and”, “or” and a token.
_SQLITE, _POSTGRESQL = (" AND ", " OR ", '"{}"'), (" & ", " | ", "'{}'")


@dataclass(frozen=True)
class FoundCase:
    """A case that was found."""

    instance_id: str
    number: str
    process: str
    #: `active`, `completed` or `cancelled`
    status: str
    started_at: datetime
    #: what of it fits: kinds in the order of `Kind`; the number of the case itself counts as number
    where: tuple[Kind, ...]
    #: people who have it, else groups that may take it
    who: tuple[str, ...]


@dataclass(frozen=True)
class Findings:
    """One page of what was found. `total` is exact up to `MOST_FOUND`; `has_more`: there are more than that."""

    rows: tuple[FoundCase, ...]
    page: int
    pages: int
    total: int
    has_more: bool


def case_numbered(session: Session, site: Site, actor: Actor, number: str) -> str | None:
    """The id of the case with this very number, if `actor` may see it."""
    query = select(ProcessInstance.id).where(
        ProcessInstance.application.in_(list(site.applications)),
        ProcessInstance.business_key == number,
        access.visible_instances(actor, site.applications),
    )
    return session.scalar(query.limit(1)) if number else None


def found_cases(session: Session, site: Site, asked: Asked, actor: Actor, language: str, page: int = 1) -> Findings:
    """Cases that hold all that is `asked`, or whose numbers begin with it, as far as `actor` may see them."""
    visible = access.visible_instances(actor, site.applications)
    ids = list(session.scalars(_hits(session, asked, visible))) if asked.words else []
    total = min(len(ids), MOST_FOUND)
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    shown = ids[:total][(page - 1) * PER_PAGE : page * PER_PAGE]
    return Findings(_rows(session, asked, shown, language), page, pages, total, has_more=len(ids) > MOST_FOUND)


def _hits(session: Session, asked: Asked, visible: ColumnElement[bool]) -> Select[Any]:
    """The ids of entries that fit, the newest first, one more than `MOST_FOUND`."""
    parts = [_with_words(session, asked, visible)]
    if asked.number:
        parts.append(_newest(_joined().where(_begins(asked.number), visible)))
    whole = union_all(*(part.subquery().select() for part in parts)).subquery()
    return select(whole.c.id).distinct().order_by(whole.c.id.desc()).limit(MOST_FOUND + 1)


def _with_words(session: Session, asked: Asked, visible: ColumnElement[bool]) -> Select[Any]:
    if session.get_bind().dialect.name == "sqlite":
        fits = text(f"{FTS} MATCH :wanted").bindparams(bindparam("wanted", _expression(asked.words, *_SQLITE)))
        joined = _joined().join(SEARCH_TEXT, SEARCH_TEXT.c.rowid == SearchEntry.id)
        return joined.where(fits, visible).order_by(SEARCH_TEXT.c.rowid.desc()).limit(MOST_FOUND + 1)
    wanted = cast(_expression(asked.words, *_POSTGRESQL), TSQUERY)
    return _newest(_joined().where(SearchEntry.tokens.bool_op("@@")(wanted), visible))


def _joined() -> Select[Any]:
    return select(SearchEntry.id).join(ProcessInstance, ProcessInstance.id == SearchEntry.instance_id)


def _newest(query: Select[Any]) -> Select[Any]:
    return query.order_by(SearchEntry.id.desc()).limit(MOST_FOUND + 1)


def _begins(number: str) -> ColumnElement[bool]:
    """Compared by bytes, so that an index serves it on both databases."""
    return and_(SearchEntry.number >= number, SearchEntry.number < number + "\x7f")


def _expression(words: Sequence[Readings], both: str, either: str, quoted: str) -> str:
    """The question in the language of a database; tokens are small letters and digits only."""
    return both.join(
        f"({either.join(f'({both.join(map(quoted.format, sorted(tokens)))})' for tokens in word.values())})"
        for word in words
    )


def _rows(session: Session, asked: Asked, ids: Sequence[int], language: str) -> tuple[FoundCase, ...]:
    columns = (
        ProcessInstance.id,
        ProcessInstance.business_key,
        ProcessInstance.definition_id,
        ProcessInstance.status,
        ProcessInstance.started_at,
        cast(SearchEntry.tokens, String).label("tokens"),
    )
    query = select(*columns).join(SearchEntry, SearchEntry.instance_id == ProcessInstance.id)
    rows = session.execute(query.where(SearchEntry.id.in_(ids)).order_by(SearchEntry.id.desc())).all()
    labels = Labels(session, language)
    who = _who(session, [row.id for row in rows], labels)
    return tuple(
        FoundCase(
            instance_id=row.id,
            number=row.business_key,
            process=labels.process(row.definition_id),
            status=row.status,
            started_at=row.started_at,
            where=_where(asked, row.business_key, row.tokens),
            who=who.get(row.id, ()),
        )
        for row in rows
    )


def _where(asked: Asked, number: str, tokens: str) -> tuple[Kind, ...]:
    own = bool(asked.number) and number.upper().startswith(asked.number)
    held = frozenset(tokens.replace("'", "").split())
    fits = {kind for word in asked.words for kind, wanted in word.items() if wanted <= held}
    return tuple(kind for kind in Kind if kind in fits or (own and kind is Kind.NUMBER))


def _who(session: Session, instance_ids: Sequence[str], labels: Labels) -> Mapping[str, tuple[str, ...]]:
    """Instance id → the people who have its open tasks, else the groups that may take them."""
    query = (
        select(UserTask.instance_id, UserTask.assignee_id, UserTaskGroup.group_key)
        .outerjoin(UserTaskGroup, UserTaskGroup.task_id == UserTask.id)
        .where(UserTask.instance_id.in_(instance_ids), UserTask.status == "open")
        .order_by(UserTask.created_at, UserTask.id, UserTaskGroup.group_key)
    )
    people: dict[str, dict[int, None]] = {}
    groups: dict[str, dict[str, None]] = {}
    for instance_id, assignee_id, group in session.execute(query):
        if assignee_id is not None:
            people.setdefault(instance_id, {})[assignee_id] = None
        elif group is not None:
            groups.setdefault(instance_id, {})[group] = None
    names = names_of(session, {one for each in people.values() for one in each})
    offered = {key: labels.groups(access.parts(group)[0] for group in each) for key, each in groups.items()}
    return {**offered, **{key: tuple(names.get(one, "") for one in each) for key, each in people.items()}}
