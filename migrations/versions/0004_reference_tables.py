"""Versions of the tables that people keep."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reference_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name="fk_reference_version_decided_by_person"),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"], name="fk_reference_version_proposed_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_reference_version"),
        sa.UniqueConstraint("table_name", "number", name="uq_reference_version_table_name_number"),
    )
    is_proposed = sa.text("state = 'proposed'")
    op.create_index(
        "ix_reference_version_proposed",
        "reference_version",
        ["table_name"],
        unique=True,
        sqlite_where=is_proposed,
        postgresql_where=is_proposed,
    )


def downgrade() -> None:
    op.drop_table("reference_version")
