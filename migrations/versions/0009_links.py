"""Complaints are linked, and found by customer, account and credit-code number; observations about complainants."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEXES = ("uscc_index", "customer_index", "account_index")


def upgrade() -> None:
    for name in INDEXES:
        op.add_column("complaint", sa.Column(name, sa.String(length=100), nullable=True))
        op.create_index(f"ix_complaint_{name}", "complaint", [name], unique=False)
    op.drop_column("complaint", "repeat_count")
    op.create_table(
        "complaint_link",
        sa.Column("from_id", sa.String(length=36), nullable=False),
        sa.Column("to_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_id"], ["process_instance.id"], name="fk_complaint_link_from_id_process_instance"
        ),
        sa.ForeignKeyConstraint(["to_id"], ["process_instance.id"], name="fk_complaint_link_to_id_process_instance"),
        sa.PrimaryKeyConstraint("from_id", "to_id", name="pk_complaint_link"),
    )
    op.create_index("ix_complaint_link_kind", "complaint_link", ["kind"], unique=False)
    op.create_index("ix_complaint_link_to_id_kind", "complaint_link", ["to_id", "kind"], unique=False)
    op.create_table(
        "complaint_observation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["complaint.instance_id"], name="fk_complaint_observation_instance_id_complaint"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaint_observation"),
    )
    op.create_index("ix_complaint_observation_instance_id", "complaint_observation", ["instance_id"], unique=False)


def downgrade() -> None:
    op.drop_table("complaint_observation")
    op.drop_table("complaint_link")
    op.add_column("complaint", sa.Column("repeat_count", sa.Integer(), server_default="0", nullable=False))
    for name in reversed(INDEXES):
        op.drop_index(f"ix_complaint_{name}", table_name="complaint")
        op.drop_column("complaint", name)
