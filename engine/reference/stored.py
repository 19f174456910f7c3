"""The versions of reference tables in the database."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from engine.errors import NotFound
from engine.models import ReferenceVersion

PROPOSED, CONFIRMED, REJECTED, WITHDRAWN = "proposed", "confirmed", "rejected", "withdrawn"
#: Written down when somebody proposed a change: a live table as it stood.
RECORDED = "recorded"

_STANDING = (CONFIRMED, RECORDED)

#: Number of the content that comes with the program.
SHIPPED = 0


class Newest(NamedTuple):
    """The version of a table that is in force."""

    number: int
    sha256: str


def newest(session: Session) -> Mapping[str, Newest]:
    """Table → the version in force, for the tables that have one of their own."""
    later = aliased(ReferenceVersion)
    of_same_table = later.table_name == ReferenceVersion.table_name
    is_later = exists().where(of_same_table, later.state.in_(_STANDING), later.number > ReferenceVersion.number)
    columns = (ReferenceVersion.table_name, ReferenceVersion.number, ReferenceVersion.sha256)
    query = select(*columns).where(ReferenceVersion.state.in_(_STANDING), ~is_later)
    return {name: Newest(number, sha256) for name, number, sha256 in session.execute(query)}


def content_of(session: Session, name: str, number: int) -> bytes:
    """The CSV of one version; raises NotFound."""
    of_version = (ReferenceVersion.table_name == name, ReferenceVersion.number == number)
    content = session.scalar(select(ReferenceVersion.content).where(*of_version))
    if content is None:
        raise NotFound
    return content
