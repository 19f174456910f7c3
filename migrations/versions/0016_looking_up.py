"""Indexes for what is asked all the time: cases and messages by number, complaints of a period."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_process_instance_business_key_application", "process_instance", ["business_key", "application"], unique=True
    )
    op.drop_index("ix_process_instance_application_business_key", "process_instance")
    op.create_index("ix_message_business_key", "message", ["business_key"])
    op.create_index("ix_complaint_received_at", "complaint", ["received_at"])


def downgrade() -> None:
    op.drop_index("ix_complaint_received_at", "complaint")
    op.drop_index("ix_message_business_key", "message")
    op.create_index(
        "ix_process_instance_application_business_key", "process_instance", ["application", "business_key"], unique=True
    )
    op.drop_index("ix_process_instance_business_key_application", "process_instance")
