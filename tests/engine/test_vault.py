import base64
import hashlib
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from engine.errors import BadSetting, Erased, NotFound, WrongKey
from engine.models import DataSubject, Mark
from engine.vault import Damaged, Vault

OTHER_KEY = bytes(32)


@pytest.fixture
def subject(database, vault, moment):
    with database.transaction() as session:
        return vault.create_subject(session, moment)


def test_a_sealed_value_opens_in_its_place(database, vault, subject):
    with database.reading() as session:
        sealed = vault.seal(session, subject, "张三".encode(), "person.name:1")

        assert vault.open(session, subject, sealed, "person.name:1").decode() == "张三"
        assert "张三".encode() not in sealed


def test_the_same_value_never_seals_to_the_same_bytes(database, vault, subject):
    with database.reading() as session:
        assert len({vault.seal(session, subject, b"1", "p") for _ in range(20)}) == 20


def test_a_value_that_was_moved_altered_or_cut_does_not_open(database, vault, subject, moment):
    with database.transaction() as session:
        other = vault.create_subject(session, moment)
        sealed = vault.seal(session, subject, b"value", "place:1")
        attempts = [
            (subject, sealed, "place:2"),
            (other, sealed, "place:1"),
            (subject, sealed[:-1] + bytes([sealed[-1] ^ 1]), "place:1"),
            (subject, sealed[:5], "place:1"),
            (subject, b"\x02" + sealed[1:], "place:1"),
            (subject, b"", "place:1"),
        ]

        for whose, what, where in attempts:
            with pytest.raises(Damaged):
                vault.open(session, whose, what, where)


def test_typed_values_come_back(database, vault, subject):
    value = {"amount": Decimal("12.50"), "on": date(2026, 3, 2), "parts": [1, None, "中"]}
    with database.reading() as session:
        sealed = vault.seal_json(session, subject, value, "p")

        assert vault.open_json(session, subject, sealed, "p") == value


def test_a_session_asks_once_for_a_key_however_many_values_it_opens(database, vault, subject, moment):
    with database.transaction() as session:
        subjects = [subject, *(vault.create_subject(session, moment) for _ in range(3))]
        sealed = [vault.seal(session, each, b"x", "p") for each in subjects]
    statements = []
    event.listen(database.read, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))

    with database.reading() as session:
        vault.unlock(session, subjects)
        for _ in range(3):
            assert {vault.open(session, each, one, "p") for each, one in zip(subjects, sealed, strict=True)} == {b"x"}

    assert len([one for one in statements if "data_subject" in one]) == 1


def test_an_erased_subject_cannot_be_opened_or_sealed_for_again(database, vault, subject, moment):
    with database.transaction() as session:
        sealed = vault.seal(session, subject, b"x", "p")
        vault.erase(session, subject, moment)
        with pytest.raises(Erased):
            vault.open(session, subject, sealed, "p")
    with database.reading() as session:
        with pytest.raises(Erased):
            vault.seal(session, subject, b"y", "p")
        assert session.get_one(DataSubject, subject).wrapped_key is None


def test_erasing_twice_keeps_the_first_moment(database, vault, subject, moment):
    with database.transaction() as session:
        vault.erase(session, subject, moment)
        vault.erase(session, subject, moment + timedelta(days=1))

        assert session.get_one(DataSubject, subject).erased_at == moment


def test_a_subject_that_does_not_exist_is_not_found(database, vault, moment):
    with database.transaction() as session:
        with pytest.raises(NotFound):
            vault.seal(session, "nobody", b"x", "p")
        with pytest.raises(NotFound):
            vault.erase(session, "nobody", moment)


def test_erasures_are_repeated_after_a_backup_came_back(database, vault, subject, moment):
    with database.transaction() as session:
        wrapped = session.get_one(DataSubject, subject).wrapped_key
        vault.erase(session, subject, moment)
        kept = vault.erased_subjects(session)
        session.get_one(DataSubject, subject).wrapped_key = wrapped
        session.get_one(DataSubject, subject).erased_at = None

    with database.transaction() as session:
        assert vault.replay_erasures(session, [*kept, "born later"], moment) == 1
        assert vault.replay_erasures(session, kept, moment) == 0
        assert vault.erased_subjects(session) == kept == [subject]
        with pytest.raises(Erased):
            vault.seal(session, subject, b"x", "p")


def test_values_of_the_installation_are_bound_to_their_place(vault):
    sealed = vault.seal_site(b"result", "command:1")

    assert vault.open_site(sealed, "command:1") == b"result"
    with pytest.raises(Damaged):
        vault.open_site(sealed, "command:2")


def test_a_blind_index_is_the_same_for_the_same_text_of_the_same_kind_only(vault):
    digest = vault.blind("phone", "13800000000")

    assert digest == vault.blind("phone", "13800000000")
    assert len({digest, vault.blind("account", "13800000000"), Vault(OTHER_KEY).blind("phone", "13800000000")}) == 3
    assert vault.blind("a", "b:c") != vault.blind("a:b", "c")
    assert digest != hashlib.sha256(b"13800000000").hexdigest()


def test_each_key_of_the_vault_is_another(vault):
    keys = {vault.chain_key, vault.seal_key, vault.blind("a", "b"), Vault(OTHER_KEY).chain_key}

    assert len(keys) == 4


def test_a_database_opens_only_with_its_own_key(database, vault, subject):
    with database.transaction() as session:
        session.add(Mark(name="key_check", value="x"))
        session.flush()
        with pytest.raises(WrongKey):
            vault.check_key(session)
        session.delete(session.get_one(Mark, "key_check"))
        with pytest.raises(WrongKey, match="belongs to another key"):
            vault.mark_key(session)
    with database.reading() as session, pytest.raises(WrongKey):
        Vault(OTHER_KEY).seal(session, subject, b"x", "p")


def test_an_empty_database_is_marked_once(database, vault):
    with database.transaction() as session:
        assert not vault.check_key(session)
        vault.mark_key(session)
        vault.mark_key(session)
        assert vault.check_key(session)
        with pytest.raises(WrongKey, match=r"other\.key"):
            Vault(OTHER_KEY, "other.key").check_key(session)


def test_a_key_file_is_made_once_and_only_when_asked_for(tmp_path):
    path = tmp_path / "keys" / "redress.key"
    with pytest.raises(BadSetting, match="no file"):
        Vault.from_file(path)

    made = Vault.from_file(path, create=True)

    assert path.stat().st_mode & 0o777 == 0o600
    assert Vault.from_file(path, create=True).chain_key == Vault.from_file(path).chain_key == made.chain_key


@pytest.mark.parametrize("content", [b"", b"not base64!", base64.b64encode(b"short"), b"\xff\xfe"])
def test_a_garbled_key_file_is_refused(tmp_path, content):
    path = tmp_path / "redress.key"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(BadSetting, match="REDRESS_KEY_FILE"):
        Vault.from_file(path)


def test_a_key_file_that_others_can_read_is_refused_with_the_remedy(tmp_path):
    path = tmp_path / "redress.key"
    Vault.from_file(path, create=True)
    path.chmod(0o644)

    with pytest.raises(BadSetting, match="chmod 600"):
        Vault.from_file(path)


def test_a_master_key_of_another_length_is_a_mistake():
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(b"short")
