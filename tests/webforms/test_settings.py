"""The settings: what is read from the environment, and what stops the start."""

from dataclasses import fields
from pathlib import Path

import pytest

from engine import clock
from engine.errors import BadSetting
from webforms.settings import Settings

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def settings(tmp_path):
    """Reads settings: REDRESS_ is put before the names."""
    zone = clock.zone()
    yield lambda **given: Settings.of({f"REDRESS_{name}": value for name, value in given.items()}, tmp_path)
    clock.set_zone(zone.key)


def test_nothing_needs_to_be_set(settings, tmp_path):
    found = settings()

    assert found.data_dir == tmp_path / "instance"
    assert found.database_url == f"sqlite:///{tmp_path}/instance/redress.db"
    assert found.key_file == tmp_path / "instance" / "redress.key"
    assert (found.public_url, found.threads, found.timezone) == ("http://127.0.0.1:8000", 8, "Asia/Shanghai")
    assert (found.demo, found.scheduler, found.secure_cookies) == (False, True, False)


def test_empty_variables_count_as_not_set(settings):
    assert settings(PORT="", DATA_DIR="", TIMEZONE="", PUBLIC_URL="") == settings()


def test_everything_can_be_set(settings, tmp_path):
    (tmp_path / "password").write_text("secret\n")
    found = settings(
        DATABASE_URL="postgresql://me:pw@db/redress",
        DATA_DIR="/srv/redress",
        KEY_FILE="keys/k",
        PORT="9000",
        PUBLIC_URL="https://bank.example/complaints/",
        THREADS="4",
        TIMEZONE="Europe/Berlin",
        SCHEDULER="off",
        SMTP_HOST="mail",
        SMTP_PASSWORD_FILE="password",
        SMTP_SECURITY="tls",
        TRUSTED_PROXY="127.0.0.1",
    )

    assert found.database_url == "postgresql+psycopg://me:pw@db/redress"
    assert (found.data_dir, found.key_file) == (Path("/srv/redress"), tmp_path / "keys" / "k")
    assert found.public_url == "https://bank.example/complaints"
    assert clock.zone().key == "Europe/Berlin"
    assert not found.scheduler
    assert found.smtp_password == "secret"


@pytest.mark.parametrize(
    ("given", "secure"),
    [
        ({}, False),
        ({"PUBLIC_URL": "https://bank.example"}, True),
        ({"HOST": "10.0.0.5"}, True),
        ({"HOST": "10.0.0.5", "SECURE_COOKIES": "off"}, False),
        ({"DEMO": "1"}, False),
    ],
)
def test_cookies_travel_over_tls_only_unless_pages_are_served_to_this_machine(settings, given, secure):
    assert settings(**given).secure_cookies is secure


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("PORT", "eighty", "whole number from 1 to 65535"),
        ("PORT", "²", "whole number"),
        ("PORT", "70000", "whole number"),
        ("THREADS", "0", "whole number from 1 to 64"),
        ("SMTP_PORT", "-1", "whole number"),
        ("SCHEDULER", "maybe", "neither on nor off"),
        ("DEMO", "2", "neither on nor off"),
        ("SECURE_COOKIES", "x", "neither on nor off"),
        ("TIMEZONE", "China", "no time zone like Asia/Shanghai"),
        ("TIMEZONE", "../etc/passwd", "no time zone"),
        ("DATABASE_URL", "redress.db", "no database URL"),
        ("DATABASE_URL", "mysql://db/redress", "must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "sqlite://", "names no database"),
        ("DATABASE_URL", "postgresql://me:pw@db:port/redress", "no database URL"),
        ("PUBLIC_URL", "bank.example", "does not begin with http:// or https://"),
        ("SMTP_SECURITY", "ssl", "none of starttls, tls, none"),
        ("SMTP_PASSWORD_FILE", "missing", "cannot be read"),
        ("MAIL_FROM", "bank", "no mail address"),
        ("TRUSTED_PROXY", "nginx", "no address like 127.0.0.1"),
        ("PROT", "80", "do you mean REDRESS_PORT?"),
        ("SMTP_PASSWORD", "secret", "do you mean REDRESS_SMTP_PASSWORD_FILE?"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wrong(settings, name, value, why):
    with pytest.raises(BadSetting) as raised:
        settings(**{name: value})

    assert raised.value.message.startswith(f"The setting REDRESS_{name} cannot be used: ")
    assert why in raised.value.message
    assert "pw" not in raised.value.message


def test_text_messages_go_into_the_data_folder_elsewhere_or_nowhere(settings, tmp_path):
    assert settings().sms_dir == settings().data_dir / "outbox" / "sms"
    assert settings(SMS_DIR=str(tmp_path / "gateway")).sms_dir == tmp_path / "gateway"
    assert settings(SMS_DIR="off").sms_dir is None


def test_a_demo_is_served_to_this_machine_only(settings):
    assert settings(DEMO="1", HOST="localhost").demo
    with pytest.raises(BadSetting, match=r"REDRESS_HOST.*this machine only"):
        settings(DEMO="1", HOST="0.0.0.0")


def test_served_to_all_the_public_address_must_be_said(settings):
    with pytest.raises(BadSetting, match="REDRESS_PUBLIC_URL"):
        settings(HOST="0.0.0.0")
    assert settings(HOST="0.0.0.0", PUBLIC_URL="https://bank.example").host == "0.0.0.0"


def test_every_setting_is_documented():
    table = (ROOT / "ARCHITECTURE.md").read_text("utf-8").split("## Settings")[1].split("## ")[0]
    for field in fields(Settings):
        short = field.name.upper().removeprefix("SMTP_")
        assert f"REDRESS_{field.name.upper()}" in table or f"_{short}" in table, field.name
