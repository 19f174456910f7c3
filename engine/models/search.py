"""What cases are found by: one row for each, with tokens that are keyed digests of its words (engine.search).

On PostgreSQL the tokens are a `tsvector` with a GIN index; on SQLite they are text, and triggers keep the FTS5 table
`search_text` as they are.
"""

from sqlalchemy import Connection, ForeignKey, Text, column, event, table, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base
from engine.models.columns import Id

#: SQLite's full-text table beside `search_entry`; neither the order of tokens nor their text lies in it.
SEARCH_TEXT = table("search_text", column("rowid"))

#: Names that begin so belong to the full-text search of one kind of database: that table, those that FTS5 makes for
#: itself, and PostgreSQL's index.
FTS = SEARCH_TEXT.name

_FORGET = "INSERT INTO search_text (search_text, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
_NOTE = "INSERT INTO search_text (rowid, tokens) VALUES (new.id, new.tokens);"
#: dialect → what it has beside the table `search_entry`
_BESIDE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_text USING fts5(tokens, content='search_entry', content_rowid='id', detail=none,"
        " columnsize=0, tokenize='ascii')",
        f"CREATE TRIGGER search_entry_1 AFTER INSERT ON search_entry BEGIN {_NOTE} END",
        f"CREATE TRIGGER search_entry_2 AFTER DELETE ON search_entry BEGIN {_FORGET} END",
        f"CREATE TRIGGER search_entry_3 AFTER UPDATE OF tokens ON search_entry BEGIN {_FORGET} {_NOTE} END",
    ),
    # without a list of what is yet to be entered, which every question would have to read through
    "postgresql": ("CREATE INDEX search_text_tokens ON search_entry USING gin (tokens) WITH (fastupdate = off)",),
}


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


@event.listens_for(SearchEntry.__table__, "after_create")
def _make_what_stands_beside(_table: object, connection: Connection, **_options: object) -> None:
    for statement in _BESIDE[connection.dialect.name]:
        connection.execute(text(statement))


@event.listens_for(SearchEntry.__table__, "before_drop")
def _drop_what_stands_beside(_table: object, connection: Connection, **_options: object) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("DROP TABLE search_text"))
