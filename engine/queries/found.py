"""Cases that somebody looks for: newest first, only those that this person may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, select, text, union
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from engine import access
from engine.identity import Actor
from engine.models import FTS, SEARCH_TEXT, ProcessInstance, SearchEntry, UnitAncestor, UserTask, UserTaskGroup
from engine.queries.labels import Labels, names_of
from engine.queries.paging import PER_PAGE
from engine.search import Asked, Kind, unit_token
from engine.site import Site

#: More are not counted, nor shown.
MOST_FOUND = 1_000

#: Tokens that have to be there together, any set of which is enough.
Either = Sequence[frozenset[str]]

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
    #: what of it fits: kinds in the order of `Kind`
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
    """Cases that hold all that is `asked`, as far as `actor` may see them."""
    may_look = any(access.is_staff(actor, one) for one in site.applications.values())
    ids = list(session.scalars(_hits(session, site, asked, actor))) if asked.words and may_look else []
    total = min(len(ids), MOST_FOUND)
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    shown = ids[:total][(page - 1) * PER_PAGE : page * PER_PAGE]
    return Findings(_rows(session, asked, shown, language), page, pages, total, has_more=len(ids) > MOST_FOUND)


def _hits(session: Session, site: Site, asked: Asked, actor: Actor) -> Select[Any]:
    """The ids of entries that fit, the newest first, one more than `MOST_FOUND`."""
    visible = access.visible_instances(actor, site.applications)
    words = [list(word.values()) for word in asked.words]
    units = _units(session, site, actor)
    if units is None:
        return _with_words(session, words, visible)
    # The filter alone would look at every hit of other units; one's own cases are few, and asked for beside.
    own = select(SearchEntry.id).where(SearchEntry.instance_id.in_(access.own_instances(actor)))
    parts = [_with_words(session, words, visible, among=own)]
    if units:
        parts.append(_with_words(session, [*words, units], visible))
    whole = union(*(part.subquery().select() for part in parts)).subquery()
    return select(whole.c.id).order_by(whole.c.id.desc()).limit(MOST_FOUND + 1)


def _with_words(
    session: Session, words: Sequence[Either], visible: ColumnElement[bool], among: Select[int] | None = None
) -> Select[Any]:
    if session.get_bind().dialect.name == "sqlite":
        entry_id: ColumnElement[int] = SEARCH_TEXT.c.rowid
        fits: Any = text(f"{FTS} MATCH :wanted").bindparams(wanted=_expression(words, *_SQLITE))
        case = and_(SearchEntry.id == entry_id, ProcessInstance.id == SearchEntry.instance_id)
        seen = exists().where(case, visible).correlate(SEARCH_TEXT)
    else:
        entry_id = SearchEntry.id.expression
        fits = SearchEntry.tokens.bool_op("@@")(cast(_expression(words, *_POSTGRESQL), TSQUERY))
        seen = exists().where(ProcessInstance.id == SearchEntry.instance_id, visible)
    query = select(entry_id.label("id")).where(fits, seen).order_by(entry_id.desc()).limit(MOST_FOUND + 1)
    return query if among is None else query.where(entry_id.in_(among))


def _units(session: Session, site: Site, actor: Actor) -> Either | None:
    """The tokens of the units whose cases `actor` sees; None: not bound to units."""
    scopes = [access.scope(actor, one) for one in site.applications.values() if access.is_staff(actor, one)]
    bound = frozenset[str]().union(*(scope for scope in scopes if scope is not None))
    if None in scopes:
        return None
    below = select(UnitAncestor.unit_key).where(UnitAncestor.ancestor_key.in_(sorted(bound))).distinct()
    return [frozenset({unit_token(site.vault, key)}) for key in session.scalars(below)]


def _expression(words: Sequence[Either], both: str, either: str, quoted: str) -> str:
    """The question in the language of a database; tokens are small letters and digits only."""
    return both.join(
        f"({either.join(f'({both.join(map(quoted.format, sorted(tokens)))})' for tokens in word)})" for word in words
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
            where=_where(asked, row.tokens),
            who=who.get(row.id, ()),
        )
        for row in rows
    )


def _where(asked: Asked, tokens: str) -> tuple[Kind, ...]:
    held = frozenset(tokens.replace("'", "").split())
    fits = {kind for word in asked.words for kind, wanted in word.items() if wanted <= held}
    return tuple(kind for kind in Kind if kind in fits)


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
