"""Clocks know whether their date is provisional; an extension may ask for a day before its limit."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "complaint_clock", sa.Column("provisional", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_index("ix_complaint_clock_provisional", "complaint_clock", ["provisional"], unique=False)
    op.add_column("complaint_extension", sa.Column("to_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("complaint_extension", "to_on")
    op.drop_index("ix_complaint_clock_provisional", table_name="complaint_clock")
    op.drop_column("complaint_clock", "provisional")
