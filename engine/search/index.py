"""The index of searches follows the cases: what changed is written anew soon after, by the tick."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, text, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.applications import FoundBy
from engine.errors import Erased
from engine.models import REWORDED, InstanceUnit, ProcessInstance, SearchEntry
from engine.search.words import tokens, unit_token
from engine.site import Site
from engine.transition import guarded

#: Cases that one transaction writes.
MOST = 50

_WAITING = (
    select(
        ProcessInstance.id,
        ProcessInstance.application,
        ProcessInstance.key,
        ProcessInstance.business_key,
        ProcessInstance.subject_id,
        ProcessInstance.reworded,
    )
    .where(text(REWORDED))
    .order_by(ProcessInstance.started_at, ProcessInstance.id)
)


def mark(session: Session, instance_id: str) -> None:
    """Note that something by which the case is found was written outside its record."""
    _mark(session, ProcessInstance.id == instance_id)


def follow(site: Site, most: int = MOST) -> int:
    """Write the cases that changed since the index has them, the oldest first and `most` at once; gives how many.

    Words are read and hashed outside the transaction that writes; a case that changed meanwhile is left for next time.
    """
    with site.database.reading() as session:
        session.info["vault"] = site.vault
        waiting = session.execute(_WAITING.limit(most)).all()
        site.vault.unlock(session, [case.subject_id for case in waiting])
        units = _units(site, session, [case.id for case in waiting]) if waiting else {}
        rows = [row for case in waiting for row in _rows(site, session, case, units.get(case.id, set()))]
    if waiting:
        with site.database.transaction() as session:
            _write(session, [(case.id, case.reworded) for case in waiting], rows)
    return len(waiting)


def rebuild(site: Site) -> Iterator[int]:
    """Write the whole index anew, as after another key; gives how many cases were written with each transaction."""
    with site.database.transaction() as session:
        session.execute(delete(SearchEntry))
        _mark(session, ProcessInstance.reworded == 0)
    while done := follow(site):
        yield done


def _mark(session: Session, which: Any) -> None:
    statement = update(ProcessInstance).where(which).values(reworded=ProcessInstance.reworded + 1)
    session.execute(statement, execution_options={"synchronize_session": False})


def _units(site: Site, session: Session, instance_ids: Sequence[str]) -> Mapping[str, set[str]]:
    """Instance id → the tokens of its units."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    query = select(InstanceUnit.instance_id, InstanceUnit.unit_key).where(InstanceUnit.instance_id.in_(instance_ids))
    for instance_id, unit_key in session.execute(query):
        found[instance_id].add(unit_token(site.vault, unit_key))
    return found


def _rows(site: Site, session: Session, case: Any, units: set[str]) -> list[dict[str, Any]]:
    """The entry of a case; none where its words cannot be read, which is logged."""
    found: list[dict[str, Any]] = []

    def read() -> bool:
        words = sorted(units | tokens(site.vault, _found_by(site, session, case), case.business_key))
        found.append({"instance_id": case.id, "subject_id": case.subject_id, "tokens": " ".join(words)})
        return True

    guarded(read, _nothing)
    return found


def _found_by(site: Site, session: Session, case: Any) -> FoundBy:
    application = site.applications[case.application]
    factory = application.record_of(case.key)
    if application.found_by is None or factory is None:
        return FoundBy()
    try:
        return application.found_by(session, factory.open(session, case.id))
    except Erased:
        return FoundBy()


def _write(session: Session, seen: Sequence[tuple[str, int]], rows: Sequence[dict[str, Any]]) -> None:
    """Write those of `rows` whose cases are as they were `seen`: id and how often they had changed."""
    taken = (
        update(ProcessInstance)
        # the ids once more by themselves: for pairs SQLite uses no index
        .where(ProcessInstance.id.in_([each for each, _ in seen]))
        .where(tuple_(ProcessInstance.id, ProcessInstance.reworded).in_(seen))
        .values(reworded=0)
        .returning(ProcessInstance.id)
        .execution_options(synchronize_session=False)
    )
    done = set(session.scalars(taken))
    written = [row for row in rows if row["instance_id"] in done]
    if not written:
        return
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    added = dialect.insert(SearchEntry)
    new = added.excluded.tokens
    replaced = {"index_elements": [SearchEntry.instance_id], "set_": {"tokens": new}}
    session.execute(added.on_conflict_do_update(**replaced, where=SearchEntry.tokens != new), written)


def _nothing(_error: Exception) -> None:
    """What failed is logged; the case stays as it was found before, until it changes again."""
