"""One installation: what every command, query and job gets as its first argument."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.applications import Applications
from engine.db import Database
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
