"""Alembic's environment: the tables of the engine and of every process folder, on SQLite and PostgreSQL.

SQLite's foreign keys are off while a table is copied (a copied parent would empty its children), and checked at the
end.
"""

import os
from typing import Any

from alembic import context
from flask import current_app, has_app_context
from sqlalchemy import Connection, TypeDecorator, event, text

import processes
from engine.db import Base, Database
from engine.models import FTS

processes.load()  # declares the tables of the applications


def database_url() -> str:
    """The URL that the caller gave, else that of the running application, else the setting."""
    given: str = context.config.attributes.get("url", "")
    if not given and has_app_context():
        given = current_app.config["SQLALCHEMY_DATABASE_URI"]
    return given or os.environ["REDRESS_DATABASE_URL"]


def run(connection: Connection) -> None:
    """Run the migrations on an open connection, in one transaction."""
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=is_sqlite,
        compare_type=True,
        transaction_per_migration=False,
        render_item=render_item,
        include_name=include_name,
    )
    with context.begin_transaction():
        context.run_migrations()
    if is_sqlite:
        broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
        if broken:
            raise RuntimeError(f"the migration broke {len(broken)} references, first: {broken[0]}")


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Types of our own are written as what they are stored as, so that migrations do not depend on our classes."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """What only one kind of database has for its full-text search is not compared."""
    return kind not in {"table", "index"} or name is None or not name.startswith(FTS)


def main() -> None:
    """Migrate in one transaction, so that a migration that fails leaves nothing half done."""
    database = Database(database_url())
    if database.is_sqlite:
        event.listen(database.write, "connect", _without_foreign_keys)
    with database.write.begin() as connection:
        run(connection)
    database.dispose()


def _without_foreign_keys(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys=OFF")


main()
