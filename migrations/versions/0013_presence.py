"""Who has which case open at the moment."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["process_instance.id"],
            name="fk_presence_instance_id_process_instance",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_presence_person_id_person", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name="fk_presence_task_id_user_task", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("instance_id", "person_id", name="pk_presence"),
    )
    for column in ("person_id", "task_id", "seen_at"):
        op.create_index(f"ix_presence_{column}", "presence", [column])


def downgrade() -> None:
    op.drop_table("presence")
