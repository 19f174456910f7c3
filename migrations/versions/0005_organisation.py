"""Units of the organisation: grants on them, tasks offered on them, cases that concern them; skills and absences."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

EVERYWHERE = {"server_default": "", "nullable": False}


def upgrade() -> None:
    with op.batch_alter_table("membership") as table:
        table.add_column(sa.Column("unit_key", sa.String(length=100), **EVERYWHERE))
        table.drop_constraint("pk_membership", type_="primary")
        table.create_primary_key("pk_membership", ["person_id", "group_key", "unit_key"])
    with op.batch_alter_table("user_task_group") as table:
        table.add_column(sa.Column("unit_key", sa.String(length=100), **EVERYWHERE))
        table.drop_constraint("pk_user_task_group", type_="primary")
        table.create_primary_key("pk_user_task_group", ["task_id", "group_key", "unit_key"])
    with op.batch_alter_table("user_task") as table:
        table.add_column(sa.Column("handed_to_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_user_task_handed_to_id_person", "person", ["handed_to_id"], ["id"])
    op.create_index("ix_user_task_handed_to_id", "user_task", ["handed_to_id"])
    op.create_index("ix_user_task_completed_by_closed_at", "user_task", ["completed_by", "closed_at"])
    _units()
    _people()


def _units() -> None:
    op.create_table(
        "unit_ancestor",
        sa.Column("unit_key", sa.String(length=100), nullable=False),
        sa.Column("ancestor_key", sa.String(length=100), nullable=False),
        sa.Column("distance", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_key", "ancestor_key", name="pk_unit_ancestor"),
    )
    op.create_index("ix_unit_ancestor_ancestor_key", "unit_ancestor", ["ancestor_key", "unit_key"])
    op.create_table(
        "instance_unit",
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("unit_key", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["process_instance.id"],
            name="fk_instance_unit_instance_id_process_instance",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("instance_id", "unit_key", name="pk_instance_unit"),
    )
    op.create_index("ix_instance_unit_unit_key", "instance_unit", ["unit_key", "instance_id"])


def _people() -> None:
    op.create_table(
        "group_lead",
        sa.Column("group_key", sa.String(length=100), nullable=False),
        sa.Column("led_key", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_key"], ["person_group.key"], name="fk_group_lead_group_key_person_group", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_key", "led_key", name="pk_group_lead"),
    )
    op.create_table(
        "person_skill",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_person_skill_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "skill", name="pk_person_skill"),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_absence_person_id_person", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["delegate_id"], ["person.id"], name="fk_absence_delegate_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
    )
    op.create_index("ix_absence_person_id_from_on", "absence", ["person_id", "from_on"])


def downgrade() -> None:
    for table in ("absence", "person_skill", "group_lead", "instance_unit", "unit_ancestor"):
        op.drop_table(table)
    op.drop_index("ix_user_task_completed_by_closed_at", table_name="user_task")
    op.drop_index("ix_user_task_handed_to_id", table_name="user_task")
    with op.batch_alter_table("user_task") as table:
        table.drop_constraint("fk_user_task_handed_to_id_person", type_="foreignkey")
        table.drop_column("handed_to_id")
    _only_everywhere("user_task_group", ["task_id", "group_key"])
    _only_everywhere("membership", ["person_id", "group_key"])


def _only_everywhere(name: str, key: list[str]) -> None:
    """Forget the units; a group that was held or offered on units is so no more."""
    op.execute(sa.text(f"DELETE FROM {name} WHERE unit_key <> ''"))  # noqa: S608 - a name of ours
    with op.batch_alter_table(name) as table:
        table.drop_constraint(f"pk_{name}", type_="primary")
        table.create_primary_key(f"pk_{name}", key)
        table.drop_column("unit_key")
