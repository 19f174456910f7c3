"""The first tables, of the engine and of the complaint."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: In the order of their creation: what refers to a table comes behind it.
TABLES = [
    *("attempts", "audit_stream", "command", "history_event", "mark", "sequence"),
    *("data_subject", "person", "person_group", "membership"),
    *("content", "deployment", "activation", "deployment_file", "model_draft", "process_definition"),
    *("process_instance", "attachment"),
    *("incident", "job", "message", "subscription", "timer"),
    *("user_task", "draft", "user_task_group"),
    *("complaint", "complaint_clock", "complaint_extension", "complaint_measure"),
    *("complaint_message", "complaint_notice", "complaint_pause"),
]


def upgrade() -> None:
    _records()
    _people()
    _content()
    _deployment()
    _activation()
    _deployment_file()
    _model_draft()
    _process_definition()
    _instances()
    _incident()
    _job()
    _message()
    _subscription()
    _timer()
    _tasks()
    _complaints()
    _complaint_clock()
    _complaint_extension()
    _complaint_measure()
    _complaint_message()
    _complaint_notice()
    _complaint_pause()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _records() -> None:
    """What is written down beside the cases: commands done, the hash-chained history, numbers given out."""
    op.create_table(
        "attempts",
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("subject", name="pk_attempts"),
    )
    op.create_table(
        "audit_stream",
        sa.Column("stream", sa.String(length=100), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name="pk_audit_stream"),
    )
    op.create_table(
        "command",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_result", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_command"),
    )
    op.create_table(
        "history_event",
        sa.Column("stream", sa.String(length=100), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_values", sa.LargeBinary(), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "sequence", name="pk_history_event"),
    )
    op.create_table(
        "mark",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_mark"),
    )
    op.create_table(
        "sequence",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sequence"),
    )


def _people() -> None:
    """Who works here, and whose data is kept."""
    op.create_table(
        "data_subject",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_data_subject"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("username", name="uq_person_username"),
    )
    op.create_table(
        "person_group",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("name_zh", sa.String(length=100), nullable=False),
        sa.Column("name_en", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_person_group"),
    )
    op.create_table(
        "membership",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("group_key", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_key"], ["person_group.key"], name="fk_membership_group_key_person_group", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_membership_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "group_key", name="pk_membership"),
    )


def _content() -> None:
    op.create_table(
        "content",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_content"),
    )


def _deployment() -> None:
    op.create_table(
        "deployment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name="fk_deployment_created_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_deployment"),
        sa.UniqueConstraint("application", "number", name="uq_deployment_application_number"),
    )


def _activation() -> None:
    op.create_table(
        "activation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application", sa.String(length=100), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_activation_by_person"),
        sa.ForeignKeyConstraint(["deployment_id"], ["deployment.id"], name="fk_activation_deployment_id_deployment"),
        sa.PrimaryKeyConstraint("id", name="pk_activation"),
    )
    op.create_index("ix_activation_application", "activation", ["application", "id"], unique=False)


def _deployment_file() -> None:
    op.create_table(
        "deployment_file",
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployment.id"], name="fk_deployment_file_deployment_id_deployment", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["hash"], ["content.hash"], name="fk_deployment_file_hash_content"),
        sa.PrimaryKeyConstraint("deployment_id", "name", name="pk_deployment_file"),
    )


def _model_draft() -> None:
    op.create_table(
        "model_draft",
        sa.Column("application", sa.String(length=100), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["deployment.id"], name="fk_model_draft_base_id_deployment"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_model_draft_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("application", "file", "person_id", name="pk_model_draft"),
    )


def _process_definition() -> None:
    op.create_table(
        "process_definition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("application", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployment.id"], name="fk_process_definition_deployment_id_deployment"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_process_definition"),
        sa.UniqueConstraint("deployment_id", "key", name="uq_process_definition_deployment_id_key"),
        sa.UniqueConstraint("key", "version", name="uq_process_definition_key_version"),
    )


def _instances() -> None:
    """Cases and the files handed in for them."""
    op.create_table(
        "process_instance",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("application", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("business_key", sa.String(length=100), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("ended_by", sa.String(length=100), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed_state", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("history_count", sa.Integer(), nullable=False),
        sa.Column("history_head", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["process_definition.id"], name="fk_process_instance_definition_id_process_definition"
        ),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"], name="fk_process_instance_started_by_person"),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["data_subject.id"], name="fk_process_instance_subject_id_data_subject"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_process_instance"),
    )
    op.create_index(
        "ix_process_instance_application_business_key", "process_instance", ["application", "business_key"], unique=True
    )
    op.create_index("ix_process_instance_definition_id", "process_instance", ["definition_id"], unique=False)
    op.create_index("ix_process_instance_status_started_at", "process_instance", ["status", "started_at"], unique=False)
    op.create_index("ix_process_instance_subject_id", "process_instance", ["subject_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=True),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name="fk_attachment_created_by_person"),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["process_instance.id"], name="fk_attachment_instance_id_process_instance"
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["data_subject.id"], name="fk_attachment_subject_id_data_subject"),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index("ix_attachment_instance_id", "attachment", ["instance_id"], unique=False)


def _incident() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("job_id", sa.String(length=36), nullable=True),
        sa.Column("timer_id", sa.String(length=36), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["process_instance.id"], name="fk_incident_instance_id_process_instance"
        ),
        sa.ForeignKeyConstraint(["resolved_by"], ["person.id"], name="fk_incident_resolved_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_incident"),
    )
    op.create_index("ix_incident_instance_id", "incident", ["instance_id"], unique=False)
    op.create_index("ix_incident_job_id", "incident", ["job_id"], unique=False)
    op.create_index("ix_incident_resolved_at_created_at", "incident", ["resolved_at", "created_at"], unique=False)
    op.create_index("ix_incident_timer_id", "incident", ["timer_id"], unique=False)


def _job() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("token_id", sa.String(length=36), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sealed_payload", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retries", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["instance_id"], ["process_instance.id"], name="fk_job_instance_id_process_instance"),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_index("ix_job_instance_id", "job", ["instance_id"], unique=False)
    op.create_index("ix_job_state_due_at", "job", ["state", "due_at"], unique=False)
    op.create_index("ix_job_token_id", "job", ["token_id"], unique=False)


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("business_key", sa.String(length=100), nullable=False),
        sa.Column("sender_key", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=True),
        sa.Column("sealed_payload", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("instance_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["process_instance.id"], name="fk_message_instance_id_process_instance"
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["data_subject.id"], name="fk_message_subject_id_data_subject"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("sender_key", name="uq_message_sender_key"),
    )
    op.create_index("ix_message_state_name", "message", ["state", "name"], unique=False)


def _subscription() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("business_key", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["process_instance.id"], name="fk_subscription_instance_id_process_instance"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
    )
    op.create_index("ix_subscription_instance_id", "subscription", ["instance_id"], unique=False)
    op.create_index("ix_subscription_name_business_key", "subscription", ["name", "business_key"], unique=False)


def _timer() -> None:
    op.create_table(
        "timer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["process_instance.id"], name="fk_timer_instance_id_process_instance"),
        sa.PrimaryKeyConstraint("id", name="pk_timer"),
    )
    op.create_index("ix_timer_instance_id", "timer", ["instance_id"], unique=False)
    op.create_index("ix_timer_state_due_at", "timer", ["state", "due_at"], unique=False)


def _tasks() -> None:
    """The work of people."""
    op.create_table(
        "user_task",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("item", sa.String(length=100), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("follow_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_by", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["person.id"], name="fk_user_task_assignee_id_person"),
        sa.ForeignKeyConstraint(["completed_by"], ["person.id"], name="fk_user_task_completed_by_person"),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["process_definition.id"], name="fk_user_task_definition_id_process_definition"
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["process_instance.id"], name="fk_user_task_instance_id_process_instance"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_user_task"),
    )
    op.create_index("ix_user_task_assignee_id_status", "user_task", ["assignee_id", "status"], unique=False)
    op.create_index("ix_user_task_instance_id", "user_task", ["instance_id"], unique=False)
    op.create_index("ix_user_task_status_due_at", "user_task", ["status", "due_at"], unique=False)
    op.create_table(
        "draft",
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sealed_values", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_draft_person_id_person", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name="fk_draft_task_id_user_task", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("task_id", "person_id", name="pk_draft"),
    )
    op.create_table(
        "user_task_group",
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("group_key", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["user_task.id"], name="fk_user_task_group_task_id_user_task", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("task_id", "group_key", name="pk_user_task_group"),
    )
    op.create_index("ix_user_task_group_group_key", "user_task_group", ["group_key", "task_id"], unique=False)


def _complaints() -> None:
    """The record of a complaint."""
    op.create_table(
        "complaint",
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("access_hash", sa.String(length=100), nullable=False),
        sa.Column("access_issue", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by_unit", sa.String(length=100), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=True),
        sa.Column("authority_proof", sa.String(length=40), nullable=True),
        sa.Column("identity_verified", sa.String(length=40), nullable=True),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.Column("preferred_channel", sa.String(length=40), nullable=True),
        sa.Column("special_needs", sa.JSON(), nullable=False),
        sa.Column("sealed_person", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_narrative", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_summary", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_texts", sa.LargeBinary(), nullable=True),
        sa.Column("mobile_index", sa.String(length=100), nullable=True),
        sa.Column("email_index", sa.String(length=100), nullable=True),
        sa.Column("id_index", sa.String(length=100), nullable=True),
        sa.Column("name_index", sa.String(length=100), nullable=True),
        sa.Column("publish_consent", sa.Boolean(), nullable=False),
        sa.Column("truth_version", sa.String(length=40), nullable=False),
        sa.Column("privacy_version", sa.String(length=40), nullable=False),
        sa.Column("product", sa.String(length=100), nullable=True),
        sa.Column("institution_unit", sa.String(length=100), nullable=True),
        sa.Column("event_on", sa.Date(), nullable=True),
        sa.Column("demands", sa.JSON(), nullable=False),
        sa.Column("amount_claimed", sa.BigInteger(), nullable=True),
        sa.Column("amount_proposed", sa.BigInteger(), nullable=True),
        sa.Column("amount_paid", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=40), nullable=True),
        sa.Column("nature", sa.String(length=40), nullable=True),
        sa.Column("matter_type", sa.String(length=40), nullable=True),
        sa.Column("has_civil_claim", sa.Boolean(), nullable=False),
        sa.Column("respondent_scope", sa.String(length=40), nullable=True),
        sa.Column("facts_sufficient", sa.String(length=40), nullable=True),
        sa.Column("other_forum", sa.String(length=40), nullable=True),
        sa.Column("earlier_contact", sa.String(length=40), nullable=True),
        sa.Column("joint_persons", sa.Integer(), nullable=False),
        sa.Column("event_cause", sa.String(length=40), nullable=True),
        sa.Column("emotion", sa.String(length=40), nullable=True),
        sa.Column("cat_a", sa.String(length=40), nullable=True),
        sa.Column("cat_b", sa.String(length=40), nullable=True),
        sa.Column("cat_c", sa.String(length=40), nullable=True),
        sa.Column("touchpoint", sa.String(length=40), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("accused_unit", sa.String(length=100), nullable=True),
        sa.Column("accused_staff", sa.JSON(), nullable=False),
        sa.Column("sales_channel", sa.String(length=40), nullable=True),
        sa.Column("sales_staff", sa.String(length=100), nullable=True),
        sa.Column("regulator_authority", sa.String(length=40), nullable=True),
        sa.Column("regulator_number", sa.String(length=100), nullable=True),
        sa.Column("regulator_handover_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("regulator_reply_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handler", sa.String(length=100), nullable=True),
        sa.Column("owner_unit", sa.String(length=100), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("fast_lane", sa.Boolean(), nullable=False),
        sa.Column("dup_state", sa.String(length=40), nullable=True),
        sa.Column("root_case", sa.String(length=100), nullable=True),
        sa.Column("repeat_count", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("finding", sa.String(length=40), nullable=True),
        sa.Column("root_cause", sa.String(length=40), nullable=True),
        sa.Column("responsibility", sa.String(length=40), nullable=True),
        sa.Column("remedies", sa.JSON(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("measure_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("close_reason", sa.String(length=40), nullable=True),
        sa.Column("followup_score_process", sa.Integer(), nullable=True),
        sa.Column("followup_score_result", sa.Integer(), nullable=True),
        sa.Column("followup_score_attitude", sa.Integer(), nullable=True),
        sa.Column("qa_score", sa.Integer(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["process_instance.id"], name="fk_complaint_instance_id_process_instance"
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["data_subject.id"], name="fk_complaint_subject_id_data_subject"),
        sa.PrimaryKeyConstraint("instance_id", name="pk_complaint"),
        sa.UniqueConstraint("number", name="uq_complaint_number"),
    )
    op.create_index("ix_complaint_cat_b_cat_c", "complaint", ["cat_b", "cat_c"], unique=False)
    op.create_index("ix_complaint_email_index", "complaint", ["email_index"], unique=False)
    op.create_index("ix_complaint_id_index", "complaint", ["id_index"], unique=False)
    op.create_index("ix_complaint_mobile_index", "complaint", ["mobile_index"], unique=False)
    op.create_index("ix_complaint_name_index", "complaint", ["name_index"], unique=False)
    op.create_index("ix_complaint_regulator_number", "complaint", ["regulator_number"], unique=False)
    op.create_index("ix_complaint_status_received_at", "complaint", ["status", "received_at"], unique=False)
    op.create_index("ix_complaint_subject_id", "complaint", ["subject_id"], unique=False)


def _complaint_clock() -> None:
    op.create_table(
        "complaint_clock",
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("deadline_id", sa.String(length=40), nullable=False),
        sa.Column("regime", sa.String(length=40), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("trigger_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=2), nullable=False),
        sa.Column("roll", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fixed_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["complaint.instance_id"], name="fk_complaint_clock_instance_id_complaint"
        ),
        sa.PrimaryKeyConstraint("instance_id", "number", name="pk_complaint_clock"),
    )
    op.create_index("ix_complaint_clock_due_at", "complaint_clock", ["due_at"], unique=False)


def _complaint_extension() -> None:
    op.create_table(
        "complaint_extension",
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("clock_number", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("from_id", sa.String(length=40), nullable=False),
        sa.Column("to_id", sa.String(length=40), nullable=False),
        sa.Column("from_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("to_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("approver", sa.String(length=40), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["complaint.instance_id"], name="fk_complaint_extension_instance_id_complaint"
        ),
        sa.PrimaryKeyConstraint("instance_id", "number", name="pk_complaint_extension"),
    )


def _complaint_measure() -> None:
    op.create_table(
        "complaint_measure",
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("sealed_description", sa.LargeBinary(), nullable=True),
        sa.Column("group", sa.String(length=100), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("paid_amount", sa.BigInteger(), nullable=True),
        sa.Column("payment_ref", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["complaint.instance_id"], name="fk_complaint_measure_instance_id_complaint"
        ),
        sa.PrimaryKeyConstraint("instance_id", "number", name="pk_complaint_measure"),
    )


def _complaint_message() -> None:
    op.create_table(
        "complaint_message",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("author", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("attachments", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["complaint.instance_id"], name="fk_complaint_message_instance_id_complaint"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaint_message"),
    )
    op.create_index("ix_complaint_message_instance_id", "complaint_message", ["instance_id"], unique=False)


def _complaint_notice() -> None:
    op.create_table(
        "complaint_notice",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=100), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_addresses", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["complaint.instance_id"], name="fk_complaint_notice_instance_id_complaint"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaint_notice"),
    )
    op.create_index("ix_complaint_notice_instance_id", "complaint_notice", ["instance_id"], unique=False)


def _complaint_pause() -> None:
    op.create_table(
        "complaint_pause",
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["complaint.instance_id"], name="fk_complaint_pause_instance_id_complaint"
        ),
        sa.PrimaryKeyConstraint("instance_id", "number", name="pk_complaint_pause"),
    )
