"""What cases are found by: one row for each, with tokens that are keyed digests of its words (engine.search).

On PostgreSQL the tokens are a `tsvector` with a GIN index; on SQLite they are text, and triggers keep the FTS5 table
`search_text` as they are.
"""

from sqlalchemy import DDL, ForeignKey, Text, column, event, table
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base
from engine.models.columns import Id

#: SQLite's full-text table beside `search_entry`; neither the order of tokens nor their text lies in it.
SEARCH_TEXT = table("search_text", column("rowid"))

#: Names that begin so belong to the full-text search of one kind of database: that table, those that FTS5 makes for
#: itself, and PostgreSQL's index.
FTS = SEARCH_TEXT.name

_FTS5 = (
    f"CREATE VIRTUAL TABLE {FTS} USING fts5(tokens, content='search_entry', content_rowid='id', detail=none,"
    " columnsize=0, tokenize='ascii')"
)
_GIN = f"CREATE INDEX {FTS}_tokens ON search_entry USING gin (tokens)"
_FORGET = f"INSERT INTO {FTS} ({FTS}, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
_NOTE = f"INSERT INTO {FTS} (rowid, tokens) VALUES (new.id, new.tokens);"
_TRIGGERS = {"INSERT": _NOTE, "DELETE": _FORGET, "UPDATE OF tokens": f"{_FORGET} {_NOTE}"}


class SearchEntry(Base):
    """What one case is found by. Rows are numbered in the order in which cases came in, so the newest has the highest.

    A change of its columns must keep the triggers that `search_text` follows by.
    """

    __tablename__ = "search_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("process_instance.id", ondelete="CASCADE"), unique=True)
    subject_id: Mapped[str] = mapped_column(Id, index=True)
    #: distinct tokens in alphabetical order, separated by blanks; empty once the person was erased
    tokens: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))


def _listen() -> None:
    """Let what only one kind of database has come and go with `search_entry`."""
    made = SearchEntry.__table__
    event.listen(made, "after_create", DDL(_GIN).execute_if(dialect="postgresql"))
    event.listen(made, "after_create", DDL(_FTS5).execute_if(dialect="sqlite"))
    for number, (when, act) in enumerate(_TRIGGERS.items(), start=1):
        trigger = f"CREATE TRIGGER search_entry_{number} AFTER {when} ON search_entry BEGIN {act} END"
        event.listen(made, "after_create", DDL(trigger).execute_if(dialect="sqlite"))
    event.listen(made, "before_drop", DDL(f"DROP TABLE {FTS}").execute_if(dialect="sqlite"))


_listen()
