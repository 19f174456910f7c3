"""The settings: read once at the start from environment variables, checked, with defaults."""

import difflib
import importlib.util
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from engine import clock
from engine.errors import BadSetting

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: Hosts that stand for all addresses of the machine.
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not bound to


@dataclass(frozen=True)
class Settings:
    """All settings; each is the environment variable REDRESS_<NAME>."""

    database_url: str
    #: database (unless set apart), files, seals and the demo's mailbox lie here
    data_dir: Path
    #: 32 random bytes as base64; only the demo makes one by itself
    key_file: Path
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 8
    #: how consumers reach the pages, for links in notices
    public_url: str = ""
    #: the zone in which days begin and end
    timezone: str = "Asia/Shanghai"
    demo: bool = False
    #: `off` on web nodes beside a `flask worker`
    scheduler: bool = True
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    #: starttls, tls or none
    smtp_security: str = "starttls"
    mail_from: str = "redress@localhost"
    #: folder that a gateway collects text messages from; None: there are none
    sms_dir: Path | None = None
    #: address of the reverse proxy whose forwarded headers count
    trusted_proxy: str = ""
    #: false only where pages are served without TLS
    secure_cookies: bool = True

    @classmethod
    def of(cls, environ: Mapping[str, str], root: Path) -> "Settings":
        """The settings in `environ`; relative paths start at `root`. Raises BadSetting naming the variable."""
        _refuse_unknown(environ)
        given = {name: value for name, value in environ.items() if value}
        data_dir = root / given.get("REDRESS_DATA_DIR", "instance")
        demo = _switch(given, "REDRESS_DEMO", default=False)
        host = _host(given, demo=demo)
        port = _number(given, "REDRESS_PORT", 8000, 1, 65535)
        public_url = _public_url(given, host, port)
        settings = cls(
            database_url=_database(given.get("REDRESS_DATABASE_URL", f"sqlite:///{data_dir / 'redress.db'}")),
            data_dir=data_dir,
            key_file=root / given["REDRESS_KEY_FILE"] if "REDRESS_KEY_FILE" in given else data_dir / "redress.key",
            host=host,
            port=port,
            public_url=public_url,
            threads=_number(given, "REDRESS_THREADS", 8, 1, 64),
            timezone=_zone(given.get("REDRESS_TIMEZONE", "Asia/Shanghai")),
            demo=demo,
            scheduler=_switch(given, "REDRESS_SCHEDULER", default=True),
            smtp_host=given.get("REDRESS_SMTP_HOST", ""),
            smtp_port=_number(given, "REDRESS_SMTP_PORT", 587, 1, 65535),
            smtp_user=given.get("REDRESS_SMTP_USER", ""),
            smtp_password=_secret(given, "REDRESS_SMTP_PASSWORD_FILE", root),
            smtp_security=_choice(given, "REDRESS_SMTP_SECURITY", ("starttls", "tls", "none")),
            mail_from=_address(given, "REDRESS_MAIL_FROM", "redress@localhost"),
            sms_dir=_sms_dir(given, root, data_dir),
            trusted_proxy=_proxy(given, "REDRESS_TRUSTED_PROXY"),
            secure_cookies=_switch(
                given, "REDRESS_SECURE_COOKIES", default=public_url.startswith("https:") or host not in LOOPBACK
            ),
        )
        clock.set_zone(settings.timezone)
        return settings


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    """A setting that is not read, as a misspelt one, must not pass for one that is."""
    known = {f"REDRESS_{field.name.upper()}" for field in fields(Settings)} - {"REDRESS_SMTP_PASSWORD"}
    known.add("REDRESS_SMTP_PASSWORD_FILE")
    for name in sorted(environ):
        if name.startswith("REDRESS_") and name not in known:
            near = difflib.get_close_matches(name, known, 1)
            raise BadSetting(name=name, why="there is no such setting" + (f"; do you mean {near[0]}?" if near else ""))


def _host(given: Mapping[str, str], *, demo: bool) -> str:
    host = given.get("REDRESS_HOST", "127.0.0.1")
    if demo and host not in LOOPBACK:
        raise BadSetting(name="REDRESS_HOST", why="a demo is served to this machine only; leave it at 127.0.0.1")
    return host


def _public_url(given: Mapping[str, str], host: str, port: int) -> str:
    name = "REDRESS_PUBLIC_URL"
    if name not in given and host in EVERYWHERE:
        raise BadSetting(name=name, why=f"with REDRESS_HOST={host}, say how people reach the pages, as https://…")
    url = given.get(name, f"http://{f'[{host}]' if ':' in host else host}:{port}").rstrip("/")
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise BadSetting(name=name, why=f"“{url}” does not begin with http:// or https:// and a host")
    return url


def _number(given: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = given.get(name, str(default))
    if not text.isdecimal() or not low <= int(text) <= high:
        raise BadSetting(name=name, why=f"“{text}” is not a whole number from {low} to {high}")
    return int(text)


def _switch(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = given.get(name, "").lower()
    if text not in {"", "1", "0", "on", "off", "true", "false", "yes", "no"}:
        raise BadSetting(name=name, why=f"“{text}” is neither on nor off")
    return text in {"1", "on", "true", "yes"} if text else default


def _choice(given: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    text = given.get(name, choices[0])
    if text not in choices:
        raise BadSetting(name=name, why=f"“{text}” is none of {', '.join(choices)}")
    return text


def _address(given: Mapping[str, str], name: str, default: str) -> str:
    text = given.get(name, default)
    if not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", text):
        raise BadSetting(name=name, why=f"“{text}” is no mail address like complaints@bank.example")
    return text


def _sms_dir(given: Mapping[str, str], root: Path, data_dir: Path) -> Path | None:
    text = given.get("REDRESS_SMS_DIR", "")
    if text.lower() == "off":
        return None
    return root / text if text else data_dir / "outbox" / "sms"


def _proxy(given: Mapping[str, str], name: str) -> str:
    text = given.get(name, "")
    try:
        return str(ipaddress.ip_address(text)) if text else ""
    except ValueError as error:
        raise BadSetting(name=name, why=f"“{text}” is no address like 127.0.0.1") from error


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadSetting(name="REDRESS_TIMEZONE", why=f"“{name}” is no time zone like Asia/Shanghai") from error
    return name


def _database(text: str) -> str:
    """The URL with its driver; messages never repeat it, for it may hold a password."""
    name = "REDRESS_DATABASE_URL"
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise BadSetting(name=name, why="it is no database URL like postgresql://user@host/redress") from error
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise BadSetting(name=name, why="it must begin with sqlite:/// or postgresql://")
    if not url.database or url.database == ":memory:":
        raise BadSetting(name=name, why="it names no database")
    if url.drivername != "sqlite" and importlib.util.find_spec("psycopg") is None:
        raise BadSetting(name=name, why="PostgreSQL needs a driver; install it with: pip install 'psycopg[binary]'")
    return url.render_as_string(hide_password=False)


def _secret(given: Mapping[str, str], name: str, root: Path) -> str:
    """The content of a file that holds a secret; nothing secret stands in the environment itself."""
    if name not in given:
        return ""
    try:
        return (root / given[name]).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(name=name, why=f"{given[name]} cannot be read ({type(error).__name__})") from error
