"""What lists of cases are sorted and filtered by: the effective due moment of a complaint; filters that people keep."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _due_moments()
    _saved_filters()


def downgrade() -> None:
    op.drop_table("saved_filter")
    op.drop_index("ix_complaint_due_at", "complaint")
    op.drop_column("complaint", "due_at")


def _due_moments() -> None:
    op.add_column("complaint", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_complaint_due_at", "complaint", ["due_at"], unique=False)
    op.execute(
        "UPDATE complaint SET due_at = (SELECT min(due_at) FROM complaint_clock AS clock"
        " WHERE clock.instance_id = complaint.instance_id AND clock.purpose = 'decision'"
        " AND clock.met_at IS NULL AND clock.ended_at IS NULL)"
    )


def _saved_filters() -> None:
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("group_key", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name="fk_saved_filter_owner_id_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_filter"),
        sa.UniqueConstraint("owner_id", "name", name="uq_saved_filter_owner_id_name"),
    )
    op.create_index("ix_saved_filter_group_key", "saved_filter", ["group_key"], unique=False)
