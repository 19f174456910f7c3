"""What cases are found by: one row for each, filled by the ticks that follow, oldest case first."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FORGET = "INSERT INTO search_text (search_text, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
NOTE = "INSERT INTO search_text (rowid, tokens) VALUES (new.id, new.tokens);"
TRIGGERS = {"INSERT": NOTE, "DELETE": FORGET, "UPDATE OF tokens": f"{FORGET} {NOTE}"}


def upgrade() -> None:
    op.add_column("process_instance", sa.Column("reworded", sa.Integer(), server_default="1", nullable=False))
    waits = sa.text("reworded > 0")
    op.create_index(
        "ix_process_instance_reworded", "process_instance", ["started_at"], sqlite_where=waits, postgresql_where=waits
    )
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("tokens", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["process_instance.id"],
            name="fk_search_entry_instance_id_process_instance",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_search_entry"),
        sa.UniqueConstraint("instance_id", name="uq_search_entry_instance_id"),
    )
    op.create_index("ix_search_entry_subject_id", "search_entry", ["subject_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        _follow_on_sqlite()
    else:
        op.execute("CREATE INDEX search_text_tokens ON search_entry USING gin (tokens) WITH (fastupdate = off)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_text")
    op.drop_table("search_entry")
    op.drop_index("ix_process_instance_reworded", "process_instance")
    op.drop_column("process_instance", "reworded")


def _follow_on_sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE search_text USING fts5(tokens, content='search_entry', content_rowid='id', detail=none,"
        " columnsize=0, tokenize='ascii')"
    )
    for number, (when, act) in enumerate(TRIGGERS.items(), start=1):
        op.execute(f"CREATE TRIGGER search_entry_{number} AFTER {when} ON search_entry BEGIN {act} END")
