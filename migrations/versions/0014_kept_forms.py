"""Forms of consumers that are put aside half filled, and taken up again with a code."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint_kept_form",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("sealed_answers", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name="fk_complaint_kept_form_subject_id_data_subject"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaint_kept_form"),
        sa.UniqueConstraint("code_hash", name="uq_complaint_kept_form_code_hash"),
    )
    op.create_index("ix_complaint_kept_form_expires_at", "complaint_kept_form", ["expires_at"])


def downgrade() -> None:
    op.drop_table("complaint_kept_form")
