"""How long steps take, from which forecasts are made."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "step_pace",
        sa.Column("process_key", sa.String(length=100), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("work_seconds", sa.Integer(), nullable=False),
        sa.Column("rest_seconds", sa.Integer(), nullable=True),
        sa.Column("measured", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("process_key", "element_id", name="pk_step_pace"),
    )
    op.create_index("ix_user_task_closed_at", "user_task", ["closed_at"])


def downgrade() -> None:
    op.drop_index("ix_user_task_closed_at", "user_task")
    op.drop_table("step_pace")
