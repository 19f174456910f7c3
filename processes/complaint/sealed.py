"""The sealed columns of one complaint: opened once, sealed again when something in them changes."""

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.orm import Session

from engine import values
from engine.vault import Vault
from processes.complaint.tables import Complaint


class Sealing(Protocol):
    """How personal values become bytes."""

    def seal(self, value: Any, place: str) -> bytes:
        """`value` as bytes bound to `place`."""

    def open(self, sealed: bytes, place: str) -> Any:
        """What `seal` was given."""

    def blind(self, kind: str, text: str) -> str:
        """A digest to search `text` by."""


@dataclass(frozen=True)
class Encrypted:
    """Under the data key of the complaint's subject."""

    session: Session
    vault: Vault
    subject_id: str

    def seal(self, value: Any, place: str) -> bytes:
        """Ciphertext of `value`; raises Erased."""
        return self.vault.seal_json(self.session, self.subject_id, value, place)

    def open(self, sealed: bytes, place: str) -> Any:
        """What `seal` was given; raises Erased or Damaged."""
        return self.vault.open_json(self.session, self.subject_id, sealed, place)

    def blind(self, kind: str, text: str) -> str:
        """The vault's keyed digest."""
        return self.vault.blind(kind, text)


class InMemory:
    """For dry runs: nothing is stored, so nothing is encrypted."""

    def seal(self, value: Any, place: str) -> bytes:  # noqa: ARG002
        """`value` as JSON."""
        return values.dumps(value)

    def open(self, sealed: bytes, place: str) -> Any:  # noqa: ARG002
        """What `seal` was given."""
        return values.loads(sealed)

    def blind(self, kind: str, text: str) -> str:
        """The text itself."""
        return f"{kind}:{text}"


class Papers:
    """What stands in the sealed columns of `complaint`."""

    def __init__(self, complaint: Complaint, sealing: Sealing) -> None:
        self.sealing = sealing
        self._complaint = complaint
        self._opened: dict[str, Any] = {}

    def get(self, column: str) -> Any:
        """The value in the sealed column `column`, or None."""
        if column not in self._opened:
            sealed = getattr(self._complaint, column)
            self._opened[column] = None if sealed is None else self.sealing.open(sealed, self.place(column))
        return self._opened[column]

    def set(self, column: str, value: Any) -> None:
        """Seal `value` into the column."""
        self._opened[column] = value
        setattr(self._complaint, column, self.sealing.seal(value, self.place(column)))

    def item(self, column: str, key: str) -> Any:
        """One entry of the object in `column`, or None."""
        return (self.get(column) or {}).get(key)

    def set_item(self, column: str, key: str, value: Any) -> None:
        """Change one entry of the object in `column`."""
        self.set(column, {**(self.get(column) or {}), key: value})

    def place(self, column: str) -> str:
        """To which place a value of this complaint is bound."""
        return f"complaint.{column}:{self._complaint.instance_id}"
