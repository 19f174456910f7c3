import json
import shutil
from datetime import timedelta

import pytest

from engine.errors import ChainBroken
from engine.vault import Vault
from tests.engine.history.story import STREAM, TODAY, append, proven, sealed


def test_a_day_is_sealed_once_and_lists_only_what_grew(database, vault, cases, seals, moment):
    first = sealed(database, vault, seals, TODAY, moment)
    content = first.read_bytes()
    append(database, vault, moment)

    assert sealed(database, vault, seals, TODAY, moment + timedelta(hours=1)) == first
    assert first.read_bytes() == content
    second = sealed(database, vault, seals, TODAY + timedelta(days=1), moment)
    assert list(json.loads(second.read_bytes())["streams"]) == [STREAM]
    assert len(json.loads(content)["streams"]) == 3
    assert sorted(path.name for path in seals.iterdir()) == ["2026-03-02.seal.json", "2026-03-03.seal.json"]
    assert proven(database, vault, seals).broken is None


def test_altered_missing_and_foreign_seals_are_found(database, vault, cases, seals, moment, tmp_path):
    first = sealed(database, vault, seals, TODAY, moment)
    second = sealed(database, vault, seals, TODAY + timedelta(days=1), moment)
    intact = first.read_text()
    foreign = sealed(database, Vault(bytes(32)), tmp_path / "foreign", TODAY, moment).read_text()

    for text, why in (
        (intact.replace(":3,", ":2,").replace("[3,", "[2,"), "altered"),
        (foreign, "altered"),
        ("{", "read"),
    ):
        assert text != intact
        first.write_text(text)
        assert why in proven(database, vault, seals).broken.why
        with pytest.raises(ChainBroken, match=first.name):
            sealed(database, vault, seals, TODAY + timedelta(days=2), moment)
    first.unlink()
    assert f"before {second.name} is missing" in proven(database, vault, seals).broken.why
    shutil.copy(second, first)
    assert "put in" in proven(database, vault, seals).broken.why
