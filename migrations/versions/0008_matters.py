"""Companion cases, their notices, open warnings, links and scores of partners."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _matters()
    _warnings()
    _notices()
    _partner_links()
    _partner_scores()


def _matters() -> None:
    op.create_table(
        "complaint_matter",
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("complaint_id", sa.String(length=36), nullable=True),
        sa.Column("complaints", sa.JSON(), nullable=False),
        sa.Column("unit", sa.String(length=100), nullable=True),
        sa.Column("started_by", sa.String(length=100), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("sealed_texts", sa.LargeBinary(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.instance_id"], name="fk_complaint_matter_complaint_id_complaint"
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["process_instance.id"], name="fk_complaint_matter_instance_id_process_instance"
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name="fk_complaint_matter_subject_id_data_subject"
        ),
        sa.PrimaryKeyConstraint("instance_id", name="pk_complaint_matter"),
        sa.UniqueConstraint("number", name="uq_complaint_matter_number"),
    )
    op.create_index("ix_complaint_matter_complaint_id", "complaint_matter", ["complaint_id"], unique=False)
    op.create_index("ix_complaint_matter_kind_closed_at", "complaint_matter", ["kind", "closed_at"], unique=False)
    op.create_index("ix_complaint_matter_subject_id", "complaint_matter", ["subject_id"], unique=False)


def _warnings() -> None:
    op.create_table(
        "complaint_warning",
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("severity", sa.String(length=40), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("rule", "key", name="pk_complaint_warning"),
    )


def _notices() -> None:
    op.create_table(
        "complaint_matter_notice",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=100), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_addresses", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["complaint_matter.instance_id"],
            name="fk_complaint_matter_notice_instance_id_complaint_matter",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaint_matter_notice"),
    )
    op.create_index(
        "ix_complaint_matter_notice_instance_id", "complaint_matter_notice", ["instance_id"], unique=False
    )


def _partner_links() -> None:
    op.create_table(
        "complaint_partner_link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["complaint_matter.instance_id"],
            name="fk_complaint_partner_link_instance_id_complaint_matter",
        ),
        sa.PrimaryKeyConstraint("digest", name="pk_complaint_partner_link"),
    )
    op.create_index("ix_complaint_partner_link_instance_id", "complaint_partner_link", ["instance_id"], unique=False)


def _partner_scores() -> None:
    op.create_table(
        "complaint_partner_score",
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("partner", sa.String(length=100), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["complaint_matter.instance_id"],
            name="fk_complaint_partner_score_instance_id_complaint_matter",
        ),
        sa.PrimaryKeyConstraint("instance_id", name="pk_complaint_partner_score"),
    )
    op.create_index("ix_complaint_partner_score_partner", "complaint_partner_score", ["partner"], unique=False)


def downgrade() -> None:
    for table in (
        "complaint_partner_score",
        "complaint_partner_link",
        "complaint_matter_notice",
        "complaint_warning",
        "complaint_matter",
    ):
        op.drop_table(table)
