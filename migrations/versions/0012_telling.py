"""What people are told and tell: notifications and choices, followers of cases, wishes, calendar feeds, suggestions."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.add_column("person", _moment("resting_until"))
    _notifications()
    _followers()
    _wishes()
    _feeds()
    _suggestions()


def downgrade() -> None:
    for table in (
        *("suggestion", "calendar_feed", "wish_lead", "wish", "case_follower", "notification_choice", "notification"),
    ):
        op.drop_table(table)
    op.drop_column("person", "resting_until")


def _notifications() -> None:
    op.create_table(
        "notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=100), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=True),
        sa.Column("task_id", sa.String(length=36), nullable=True),
        _moment("due_at"),
        _moment("created_at", nullable=False),
        _moment("read_at"),
        sa.Column("mailing", sa.String(length=6), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_notification_person_id_person", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["process_instance.id"],
            name="fk_notification_instance_id_process_instance",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["user_task.id"], name="fk_notification_task_id_user_task", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notification"),
    )
    op.create_index("ix_notification_person_id_read_at", "notification", ["person_id", "read_at", "created_at"])
    op.create_index("ix_notification_task_id", "notification", ["task_id"])
    op.create_index("ix_notification_mailing", "notification", ["mailing", "created_at"])
    op.create_table(
        "notification_choice",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_notification_choice_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "kind", name="pk_notification_choice"),
    )


def _followers() -> None:
    op.create_table(
        "case_follower",
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["process_instance.id"],
            name="fk_case_follower_instance_id_process_instance",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_case_follower_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("instance_id", "person_id", name="pk_case_follower"),
    )
    op.create_index("ix_case_follower_person_id", "case_follower", ["person_id"])


def _wishes() -> None:
    op.create_table(
        "wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        _moment("until_at"),
        _moment("created_at", nullable=False),
        _moment("seen_at"),
        sa.Column("seen_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_wish_person_id_person", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name="fk_wish_task_id_user_task", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seen_by"], ["person.id"], name="fk_wish_seen_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_wish"),
    )
    op.create_index("ix_wish_person_id", "wish", ["person_id"])
    op.create_table(
        "wish_lead",
        sa.Column("wish_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name="fk_wish_lead_wish_id_wish", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_wish_lead_person_id_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("wish_id", "person_id", name="pk_wish_lead"),
    )
    op.create_index("ix_wish_lead_person_id", "wish_lead", ["person_id"])


def _feeds() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        _moment("created_at", nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_calendar_feed_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_calendar_feed"),
        sa.UniqueConstraint("token_hash", name="uq_calendar_feed_token_hash"),
    )


def _suggestions() -> None:
    op.create_table(
        "suggestion",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_answer", sa.LargeBinary(), nullable=True),
        _moment("created_at", nullable=False),
        _moment("settled_at"),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["process_definition.id"], name="fk_suggestion_definition_id_process_definition"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_suggestion_person_id_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name="fk_suggestion_settled_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_suggestion"),
    )
    op.create_index("ix_suggestion_definition_id_element_id", "suggestion", ["definition_id", "element_id"])
    op.create_index("ix_suggestion_person_id", "suggestion", ["person_id"])
