"""One installation: what every command, query and job gets as its first argument."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine.applications import Applications
from engine.db import Database
from engine.models import Mark
from engine.vault import Vault


@dataclass(frozen=True)
class Site:
    """Database, applications, keys and files of one installation."""

    database: Database
    applications: Applications
    vault: Vault
    #: Encrypted attachments lie here, outside the web root.
    files: Path
    #: What the applications' topics need to reach the world, as `mail`: name → object.
    ports: Mapping[str, Any] = field(default_factory=dict)
    #: Name of this node in the audit streams.
    node: str = "web"

    def is_first_for(self, name: str, value: str) -> bool:
        """Whether nobody did what the mark `name` stands for with `value` yet.

        The mark then says that it is done, so that one of several nodes does it.
        """
        with self.database.reading() as session:
            if session.scalar(select(Mark.value).where(Mark.name == name)) == value:
                return False
        with self.database.transaction() as session:
            mark = session.get(Mark, name, with_for_update=True)
            if mark is not None and mark.value == value:
                return False
            session.merge(Mark(name=name, value=value))
            return True
