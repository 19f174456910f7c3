"""Signals reach other cases and start some; timers start cases."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscription", sa.Column("kind", sa.String(length=10), server_default="message", nullable=False))
    op.add_column("message", sa.Column("kind", sa.String(length=10), server_default="message", nullable=False))
    op.add_column("message", sa.Column("target", sa.String(length=120), server_default="", nullable=False))
    op.create_table(
        "start_timer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application", sa.String(length=100), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("process_key", sa.String(length=100), nullable=False),
        sa.Column("step", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("timer", sa.LargeBinary(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["process_definition.id"], name="fk_start_timer_definition_id_process_definition"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_start_timer"),
    )
    op.create_index("ix_start_timer_state_due_at", "start_timer", ["state", "due_at"], unique=False)


def downgrade() -> None:
    op.drop_table("start_timer")
    op.drop_column("message", "target")
    op.drop_column("message", "kind")
    op.drop_column("subscription", "kind")
