"""Long lists in pages."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar, TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import Session

PER_PAGE = 25
#: How far is counted: who has more than that before them looks for something, and pages no further.
MOST_COUNTED = 10_000

Row = TypeVar("Row")
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True)
class Paged(Generic[Row]):
    """One page of a list. `page` counts from 1; `pages` is at least 1; `total` is at most `MOST_COUNTED`."""

    rows: tuple[Row, ...]
    page: int
    pages: int
    total: int
    #: there are more than `total`
    has_more: bool = False


def cut(
    session: Session, query: Select[*Columns], page: int, per_page: int = PER_PAGE, *, total: int | None = None
) -> tuple[Select[*Columns], Paged[Any]]:
    """`query` limited to its page number `page`, or to the last one there is, and that page without rows.

    `total`: how many rows it gives, where that is known.
    """
    if total is None:
        total = session.scalar(select(count_of(query))) or 0
    has_more, total = total > MOST_COUNTED, min(total, MOST_COUNTED)
    pages = max(1, -(-total // per_page))
    page = min(max(page, 1), pages)
    return query.limit(per_page).offset((page - 1) * per_page), Paged((), page, pages, total, has_more)


def count_of(query: Select[*tuple[Any, ...]]) -> ColumnElement[int]:
    """How many rows `query` gives, up to one more than `MOST_COUNTED`."""
    rows = query.with_only_columns(literal(1), maintain_column_froms=True).order_by(None).limit(MOST_COUNTED + 1)
    return select(func.count()).select_from(rows.subquery()).scalar_subquery()
