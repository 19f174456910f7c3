"""Keys: one master key from a file, one data key per data subject wrapped under it. Here, and only here, is encrypted.

A sealed value is AES-256-GCM: one byte for the format, 12 bytes nonce, ciphertext with its tag. It is bound to its
place and its subject, so that a value moved to another row or column does not open.
"""

import base64
import binascii
import hmac
import os
import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from engine import values
from engine.errors import BadSetting, Erased, NotFound, RedressError, WrongKey
from engine.models import DataSubject, Mark, ProcessInstance, SearchEntry

KEY_BYTES = 32
SETTING = "REDRESS_KEY_FILE"
REMEDY = "Put back the key file that this installation was made with."

_FORMAT = b"\x01"
_NONCE_BYTES = 12
_CHECK = "key_check"
#: Built once, for every transaction asks.
_KEYS = select(DataSubject.id, DataSubject.wrapped_key).where(DataSubject.id.in_(bindparam("ids", expanding=True)))
#: Where a session keeps the data keys it has unwrapped: subject id → cipher. They go with the session.
_UNWRAPPED = "engine.vault"


class Damaged(RedressError):
    """A stored value does not open in its place {place}: it was altered, moved or cut."""

    status = 500


class Vault:
    """Seals and opens personal values, and makes the keyed digests of the installation."""

    def __init__(self, master_key: bytes, path: str = "") -> None:
        """`master_key`: 32 random bytes; `path`: the file it came from, for messages."""
        if len(master_key) != KEY_BYTES:
            raise ValueError(f"a master key has {KEY_BYTES} bytes")
        self._path = path
        self._wrapping = AESGCM(_derived(master_key, "data keys"))
        self._site = AESGCM(_derived(master_key, "site"))
        self._index_key = _derived(master_key, "blind index")
        self._search_key = _derived(master_key, "search")
        self._check = _derived(master_key, "check").hex()
        #: Keys the history's chain.
        self.chain_key = _derived(master_key, "history chain")
        #: Signs the daily seals of the history.
        self.seal_key = _derived(master_key, "history seals")

    @classmethod
    def from_file(cls, path: Path, *, create: bool = False) -> "Vault":
        """The vault of the key file `path`: 32 bytes as base64 text, readable by its owner only.

        `create` makes the file where there is none. Raises BadSetting for a missing, open or garbled file.
        """
        if create:
            _create_key_file(path)
        try:
            text = path.read_text("ascii")
            mode = path.stat().st_mode
        except FileNotFoundError as error:
            raise BadSetting(
                name=SETTING,
                why=f"there is no file {path}. Put back the key file of this installation; only for a new one, make it "
                f"with: umask 077; head -c {KEY_BYTES} /dev/urandom | base64 > {path}",
            ) from error
        except (OSError, UnicodeDecodeError) as error:
            raise BadSetting(name=SETTING, why=f"{path} cannot be read ({type(error).__name__}).") from error
        if os.name == "posix" and mode & 0o077:
            raise BadSetting(name=SETTING, why=f"others may read or change {path}; close it with: chmod 600 {path}")
        return cls(_read_key(text, path), str(path))

    # --- data subjects --------------------------------------------------------------------------------------------

    def create_subject(self, session: Session, now: datetime) -> str:
        """Make a data subject with a fresh data key; gives its id."""
        subject_id = str(uuid.uuid4())
        data_key = new_key()
        wrapped = _encrypt(self._wrapping, data_key, subject_id)
        session.add(DataSubject(id=subject_id, wrapped_key=wrapped, created_at=now))
        session.flush()
        _unwrapped(session)[subject_id] = AESGCM(data_key)
        return subject_id

    def unlock(self, session: Session, subject_ids: Iterable[str]) -> None:
        """Unwrap the keys of many subjects with one question, before a list of their values is opened."""
        known = _unwrapped(session)
        wanted = set(subject_ids) - known.keys()
        if not wanted:
            return
        for subject_id, wrapped in session.execute(_KEYS, {"ids": list(wanted)}):
            self.take(session, subject_id, wrapped)

    def take(self, session: Session, subject_id: str, wrapped: bytes | None) -> None:
        """Unwrap a key that was read beside something else, so that nobody asks for it again; None: it is destroyed."""
        _unwrapped(session)[subject_id] = self._unwrap(subject_id, wrapped) if wrapped else None

    def seal(self, session: Session, subject_id: str, value: bytes, place: str) -> bytes:
        """`value` under the subject's key, bound to `place`, as `attachment.name:<row id>`. Raises Erased."""
        return _encrypt(self._key(session, subject_id), value, f"{place}:{subject_id}")

    def open(self, session: Session, subject_id: str, sealed: bytes, place: str) -> bytes:
        """What `seal` was given; raises Erased when the key is destroyed, Damaged when it does not belong here."""
        return _decrypt(self._key(session, subject_id), sealed, f"{place}:{subject_id}")

    def seal_json(self, session: Session, subject_id: str, value: Any, place: str) -> bytes:
        """Like `seal` for anything that `engine.values` stores; raises NotStorable too."""
        return self.seal(session, subject_id, values.dumps(value), place)

    def open_json(self, session: Session, subject_id: str, sealed: bytes, place: str) -> Any:
        """What `seal_json` was given; raises as `open`."""
        return values.loads(self.open(session, subject_id, sealed, place))

    def _key(self, session: Session, subject_id: str) -> AESGCM:
        self.unlock(session, [subject_id])
        try:
            key = _unwrapped(session)[subject_id]
        except KeyError:
            raise NotFound from None
        if key is None:
            raise Erased
        return key

    def _unwrap(self, subject_id: str, wrapped: bytes) -> AESGCM:
        try:
            return AESGCM(_decrypt(self._wrapping, wrapped, subject_id))
        except Damaged as error:
            raise WrongKey(path=self._path, why=f"a data key was wrapped with another one. {REMEDY}") from error

    # --- erasure --------------------------------------------------------------------------------------------------

    def erase(self, session: Session, subject_id: str, now: datetime) -> None:
        """Destroy the subject's key: all that was sealed with it is gone for good, and nothing finds it any more.

        Doing so again changes nothing. Raises NotFound for a subject that does not exist.
        """
        subject = session.get(DataSubject, subject_id)
        if subject is None:
            raise NotFound
        if subject.wrapped_key is not None:
            subject.wrapped_key = None
            subject.erased_at = now
        _unwrapped(session)[subject_id] = None
        session.execute(update(SearchEntry).where(SearchEntry.subject_id == subject_id).values(tokens=""))
        # Words that the index reads at this moment are not written any more.
        cases = update(ProcessInstance).where(ProcessInstance.subject_id == subject_id)
        session.execute(cases.values(reworded=ProcessInstance.reworded + 1))
        session.flush()

    def erased_subjects(self, session: Session) -> list[str]:
        """The ids whose keys are destroyed, oldest first: kept outside the database, for `replay_erasures`."""
        erased = select(DataSubject.id).where(DataSubject.erased_at.is_not(None))
        return list(session.scalars(erased.order_by(DataSubject.erased_at, DataSubject.id)))

    def replay_erasures(self, session: Session, subject_ids: Iterable[str], now: datetime) -> int:
        """Destroy again the keys that a restored back-up brought back; gives how many there were.

        Subjects that the back-up does not know are passed over.
        """
        wanted = list(subject_ids)
        returned = session.scalars(
            select(DataSubject.id).where(DataSubject.id.in_(wanted), DataSubject.wrapped_key.is_not(None))
        ).all()
        for subject_id in returned:
            self.erase(session, subject_id, now)
        return len(returned)

    # --- the installation -----------------------------------------------------------------------------------------

    def seal_site(self, value: bytes, place: str) -> bytes:
        """`value` of no data subject, under a key of the installation, bound to `place`."""
        return _encrypt(self._site, value, place)

    def open_site(self, sealed: bytes, place: str) -> bytes:
        """What `seal_site` was given; raises Damaged."""
        return _decrypt(self._site, sealed, place)

    def blind(self, kind: str, text: str) -> str:
        """A digest to search `text` by without storing it, 64 hex digits; the caller normalises the text first.

        `kind` separates indexes: the same text as phone and as account number gives two digests.
        """
        return hmac.digest(self._index_key, f"{len(kind)}:{kind}:{text}".encode(), "sha256").hex()

    def token(self, kind: str, word: str) -> str:
        """A short digest of one word by which cases are found: 40 bits as eight small letters and digits.

        `kind` separates words as in `blind`.
        """
        digest = hmac.digest(self._search_key, f"{len(kind)}:{kind}:{word}".encode(), "sha256")
        return base64.b32encode(digest[:5]).decode("ascii").lower()

    def mark_key(self, session: Session) -> None:
        """Note in the database which master key it belongs to; raises WrongKey when it belongs to another."""
        if not self.check_key(session):
            session.add(Mark(name=_CHECK, value=self._check))
            session.flush()

    def check_key(self, session: Session) -> bool:
        """Whether the database carries the mark of this master key; False for one that has no mark and no subjects.

        Raises WrongKey for any other database.
        """
        mark = session.scalar(select(Mark.value).where(Mark.name == _CHECK))
        if mark is None and session.scalar(select(DataSubject.id).limit(1)) is None:
            return False
        if mark is None or not hmac.compare_digest(mark, self._check):
            raise WrongKey(path=self._path, why=f"the database belongs to another key. {REMEDY}")
        return True


def new_key() -> bytes:
    """A random key of its own for one large thing, which is then sealed itself."""
    return secrets.token_bytes(KEY_BYTES)


def seal_with(key: bytes, value: bytes, place: str) -> bytes:
    """`value` under a key of `new_key`, bound to `place`."""
    return _encrypt(AESGCM(key), value, place)


def open_with(key: bytes, sealed: bytes, place: str) -> bytes:
    """What `seal_with` was given; raises Damaged."""
    return _decrypt(AESGCM(key), sealed, place)


def _derived(master_key: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose (HKDF, RFC 5869)."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"redress {purpose}".encode()).derive(master_key)


def _encrypt(key: AESGCM, value: bytes, place: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _FORMAT + nonce + key.encrypt(nonce, value, place.encode())


def _decrypt(key: AESGCM, sealed: bytes, place: str) -> bytes:
    start = len(_FORMAT) + _NONCE_BYTES
    try:
        if not sealed.startswith(_FORMAT):
            raise Damaged(place=place)
        return key.decrypt(sealed[len(_FORMAT) : start], sealed[start:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise Damaged(place=place) from error


def _unwrapped(session: Session) -> dict[str, AESGCM | None]:
    keys: dict[str, AESGCM | None] = session.info.setdefault(_UNWRAPPED, {})
    return keys


def _create_key_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(new_key()) + b"\n")
        file.flush()
        os.fsync(descriptor)


def _read_key(text: str, path: Path) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise BadSetting(name=SETTING, why=f"{path} does not hold {KEY_BYTES} bytes as base64 text. {REMEDY}")
    return key
