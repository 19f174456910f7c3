"""Long lists in pages."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar, TypeVarTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

PER_PAGE = 25

Row = TypeVar("Row")
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True)
class Paged(Generic[Row]):
    """One page of a list. `page` counts from 1; `pages` is at least 1."""

    rows: tuple[Row, ...]
    page: int
    pages: int
    total: int


def cut(
    session: Session, query: Select[*Columns], page: int, per_page: int = PER_PAGE
) -> tuple[Select[*Columns], Paged[Any]]:
    """`query` limited to its page number `page`, or to the last one there is, and that page without rows."""
    counted = query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    total = session.scalar(select(counted.scalar_subquery())) or 0
    pages = max(1, -(-total // per_page))
    page = min(max(page, 1), pages)
    return query.limit(per_page).offset((page - 1) * per_page), Paged((), page, pages, total)
