"""Notices tell by which channels they went and why, and every attempt; they may belong to a case that is no complaint."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TO_COMPLAINT, TO_CASE = "fk_complaint_notice_instance_id_complaint", "fk_complaint_notice_instance_id_process_instance"


def upgrade() -> None:
    with op.batch_alter_table("complaint_notice") as table:
        table.drop_constraint(TO_COMPLAINT, type_="foreignkey")
        table.create_foreign_key(TO_CASE, "process_instance", ["instance_id"], ["id"])
        table.add_column(sa.Column("channels", sa.JSON(), server_default="[]", nullable=False))
        table.add_column(sa.Column("why", sa.JSON(), server_default="{}", nullable=False))
        table.add_column(sa.Column("large_print", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("corrects", sa.String(length=36), nullable=True))
        table.add_column(sa.Column("approved_by", sa.String(length=100), nullable=True))
    op.create_table(
        "complaint_notice_attempt",
        sa.Column("notice_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_reference", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["complaint_notice.id"], name="fk_complaint_notice_attempt_notice_id_complaint_notice"
        ),
        sa.PrimaryKeyConstraint("notice_id", "number", name="pk_complaint_notice_attempt"),
    )


def downgrade() -> None:
    op.drop_table("complaint_notice_attempt")
    op.execute("DELETE FROM complaint_notice WHERE instance_id NOT IN (SELECT instance_id FROM complaint)")
    with op.batch_alter_table("complaint_notice") as table:
        for column in ("approved_by", "corrects", "large_print", "why", "channels"):
            table.drop_column(column)
        table.drop_constraint(TO_CASE, type_="foreignkey")
        table.create_foreign_key(TO_COMPLAINT, "complaint", ["instance_id"], ["instance_id"])
