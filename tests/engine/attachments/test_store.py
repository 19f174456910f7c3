import hashlib
import io
import os
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import attachments
from engine.attachments import (
    FileLost,
    InstanceFull,
    Origin,
    Stored,
    Upload,
    check,
    put,
    read,
    store,
    sweep,
)
from engine.attachments.store import INSTANCE_BYTES
from engine.errors import Erased
from engine.models import Attachment
from engine.vault import Damaged

SECRET = "卡号 6222 0000 0000 0000".encode()
CONSUMER = Origin("consumer")


def upload(name, content):
    return Upload(name, io.BytesIO(content))


def checked(content=SECRET, name="statement.txt"):
    return check(upload(name, content), strip=False)


@pytest.fixture
def case(database, instance_of):
    with database.transaction() as session:
        return instance_of(session)


@pytest.fixture
def kept(database, site, case, moment):
    """An attachment of the case."""
    stored = put(site, checked())
    with database.transaction() as session:
        return store(session, site, case, stored, CONSUMER, moment)


def test_a_stored_file_comes_back_with_its_name_and_kind(database, site, kept):
    with database.reading() as session:
        attachment = session.scalars(select(Attachment)).one()
        file = read(session, site, attachment)

        assert (file.name, file.media_type, file.content) == ("statement.txt", "text/plain", SECRET)
        assert attachments.names(session, site.vault, [attachment, attachment]) == ["statement.txt"] * 2
        assert (attachment.size, attachment.sha256) == (len(SECRET), hashlib.sha256(SECRET).hexdigest())
        assert (attachment.origin, attachment.created_by) == ("consumer", None)


def test_on_disk_lies_ciphertext_only(site, kept, tmp_path):
    files = [path for path in tmp_path.rglob("*") if path.is_file()]

    assert [path.name for path in site.files.rglob("*") if path.is_file()] == [kept.id]
    assert not [path for path in files if SECRET in path.read_bytes() or b"statement" in path.read_bytes()]


def test_a_file_of_an_erased_subject_stays_closed(database, site, kept, moment):
    with database.transaction() as session:
        site.vault.erase(session, kept.subject_id, moment)
    with database.reading() as session, pytest.raises(Erased):
        read(session, site, kept)


def test_a_file_that_was_altered_exchanged_or_lost_is_noticed(database, site, case, kept, moment):
    path = site.files / kept.id[:2] / kept.id
    other = put(site, checked())
    (site.files / other.id[:2] / other.id).replace(path)
    with database.reading() as session:
        with pytest.raises(Damaged):
            read(session, site, kept)
        path.unlink()
        with pytest.raises(FileLost, match="back-up"):
            read(session, site, kept)


def test_a_case_holds_files_up_to_its_limit(database, site, case, moment):
    def stored(number, size):
        return Stored(f"file-{number}", f"{number}.txt", "text/plain", size, "0" * 64, b"k" * 32)

    with database.transaction() as session:
        store(session, site, case, stored(1, INSTANCE_BYTES - 1), CONSUMER, moment)
        store(session, site, case, stored(2, 1), CONSUMER, moment)
        with pytest.raises(InstanceFull, match=r"3\.txt.*200 MB"):
            store(session, site, case, stored(3, 1), CONSUMER, moment)


def test_only_old_files_without_a_row_are_swept(database, site, kept, moment):
    orphan, young = put(site, checked()), put(site, checked())
    unfinished = site.files / "ab" / "rest.part"
    unfinished.parent.mkdir(exist_ok=True)
    unfinished.write_bytes(b"half")
    for stored in (orphan, young, kept):
        age = timedelta(hours=1) if stored is young else timedelta(days=2)
        then = (moment - age).timestamp()
        os.utime(site.files / stored.id[:2] / stored.id, (then, then))
    os.utime(unfinished, (0, 0))

    with database.reading() as session:
        assert sweep(session, site, moment) == 2
        assert sweep(session, site, moment) == 0
        assert read(session, site, kept).content == SECRET
    assert {path.name for path in site.files.rglob("*") if path.is_file()} == {young.id, kept.id}


def test_nothing_to_sweep_where_nothing_was_ever_stored(database, site, moment):
    with database.reading() as session:
        assert sweep(session, site, moment) == 0
