"""The consumer's access code: ten characters that open the tracking page of one complaint.

The code is derived from the installation's key, the case and a count of issues: the page after filing and the
acknowledgement can both name it, and nothing but a keyed digest is stored.
"""

import hmac

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.vault import Vault
from processes.complaint.tables import Complaint

#: Without 0, 1, I, L and O, which are mistaken for each other.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10


def derive(vault: Vault, instance_id: str, issue: int) -> str:
    """The code of the `issue`th issue for a case."""
    number = int(vault.blind("access code", f"{instance_id}:{issue}"), 16)
    signs = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)


def digest(vault: Vault, instance_id: str, code: str) -> str:
    """What is stored of a code."""
    return vault.blind("access code digest", f"{instance_id}:{code}")


def current(session: Session, instance_id: str) -> str:
    """The code that is valid now, for the page after filing and the acknowledgement; raises NotFound."""
    complaint = _complaint(session, instance_id)
    return derive(session.info["vault"], instance_id, complaint.access_issue)


def reissue(session: Session, instance_id: str) -> str:
    """Make a new code and void the old one; raises NotFound."""
    complaint = _complaint(session, instance_id)
    complaint.access_issue += 1
    code = current(session, instance_id)
    complaint.access_hash = digest(session.info["vault"], instance_id, code)
    return code


def check_access(session: Session, number: str, code: str) -> str | None:
    """The instance that `number` and `code` open, or None; the caller limits attempts."""
    found = session.execute(
        select(Complaint.instance_id, Complaint.access_hash).where(Complaint.number == number.strip().upper())
    ).one_or_none()
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    expected = digest(session.info["vault"], found.instance_id if found else "", typed)
    return found.instance_id if found and hmac.compare_digest(found.access_hash, expected) else None


def _complaint(session: Session, instance_id: str) -> Complaint:
    complaint = session.get(Complaint, instance_id)
    if complaint is None:
        raise NotFound
    return complaint
