"""Indexes for what is asked all the time: cases and messages by number, the newest cases, how many tasks are open."""

import sqlalchemy as sa
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
    op.create_index("ix_process_instance_started_at", "process_instance", ["started_at"])
    is_open = sa.text("status = 'open'")
    op.create_index(
        "ix_user_task_open",
        "user_task",
        ["due_at", "priority", "created_at", "assignee_id", "handed_to_id", "follow_up_at", "id", "instance_id"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.drop_index("ix_user_task_status_due_at", "user_task")
    op.create_index("ix_user_task_assignee_id_status_priority", "user_task", ["assignee_id", "status", "priority"])
    op.drop_index("ix_user_task_assignee_id_status", "user_task")
    op.create_index("ix_message_business_key", "message", ["business_key"])
    op.create_index("ix_complaint_received_at", "complaint", ["received_at"])


def downgrade() -> None:
    op.drop_index("ix_complaint_received_at", "complaint")
    op.drop_index("ix_message_business_key", "message")
    op.create_index("ix_user_task_assignee_id_status", "user_task", ["assignee_id", "status"])
    op.drop_index("ix_user_task_assignee_id_status_priority", "user_task")
    op.create_index("ix_user_task_status_due_at", "user_task", ["status", "due_at"])
    op.drop_index("ix_user_task_open", "user_task")
    op.drop_index("ix_process_instance_started_at", "process_instance")
    op.create_index(
        "ix_process_instance_application_business_key", "process_instance", ["application", "business_key"], unique=True
    )
    op.drop_index("ix_process_instance_business_key_application", "process_instance")
