"""The settings: read once at the start from environment variables, checked, with defaults."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from engine import clock
from engine.errors import BadSetting

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


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
    #: address of the reverse proxy whose forwarded headers count
    trusted_proxy: str = ""
    #: false only where pages are served without TLS
    secure_cookies: bool = True

    @classmethod
    def of(cls, environ: Mapping[str, str], root: Path) -> "Settings":
        """The settings in `environ`; relative paths start at `root`. Raises BadSetting naming the variable."""
        data_dir = root / environ.get("REDRESS_DATA_DIR", "instance")
        demo = _switch(environ, "REDRESS_DEMO", default=False)
        key_file = environ.get("REDRESS_KEY_FILE")
        host = environ.get("REDRESS_HOST", "127.0.0.1")
        if demo and host not in LOOPBACK:
            raise BadSetting(name="REDRESS_HOST", why="a demo is served to this machine only; leave it at 127.0.0.1")
        settings = cls(
            database_url=_database(environ.get("REDRESS_DATABASE_URL") or f"sqlite:///{data_dir / 'redress.db'}"),
            data_dir=data_dir,
            key_file=root / key_file if key_file else data_dir / "redress.key",
            host=host,
            port=_number(environ, "REDRESS_PORT", 8000, 1, 65535),
            public_url=environ.get("REDRESS_PUBLIC_URL") or f"http://{host}:{environ.get('REDRESS_PORT', '8000')}",
            threads=_number(environ, "REDRESS_THREADS", 8, 1, 64),
            timezone=_zone(environ.get("REDRESS_TIMEZONE", "Asia/Shanghai")),
            demo=demo,
            scheduler=_switch(environ, "REDRESS_SCHEDULER", default=True),
            smtp_host=environ.get("REDRESS_SMTP_HOST", ""),
            smtp_port=_number(environ, "REDRESS_SMTP_PORT", 587, 1, 65535),
            smtp_user=environ.get("REDRESS_SMTP_USER", ""),
            smtp_password=_secret(environ, "REDRESS_SMTP_PASSWORD_FILE", root),
            smtp_security=_choice(environ, "REDRESS_SMTP_SECURITY", ("starttls", "tls", "none")),
            mail_from=environ.get("REDRESS_MAIL_FROM", "redress@localhost"),
            trusted_proxy=environ.get("REDRESS_TRUSTED_PROXY", ""),
            secure_cookies=_switch(environ, "REDRESS_SECURE_COOKIES", default=not demo and host not in LOOPBACK),
        )
        clock.set_zone(settings.timezone)
        return settings


def _number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdigit() or not low <= int(text) <= high:
        raise BadSetting(name=name, why=f"“{text}” is not a whole number from {low} to {high}")
    return int(text)


def _switch(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environ.get(name, "").lower()
    if text not in {"", "1", "0", "on", "off", "true", "false", "yes", "no"}:
        raise BadSetting(name=name, why=f"“{text}” is neither on nor off")
    return text in {"1", "on", "true", "yes"} if text else default


def _choice(environ: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    text = environ.get(name, choices[0])
    if text not in choices:
        raise BadSetting(name=name, why=f"“{text}” is none of {', '.join(choices)}")
    return text


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadSetting(name="REDRESS_TIMEZONE", why=f"“{name}” is no time zone like Asia/Shanghai") from error
    return name


def _database(text: str) -> str:
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise BadSetting(name="REDRESS_DATABASE_URL", why=f"“{text}” is no database URL") from error
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise BadSetting(name="REDRESS_DATABASE_URL", why="it must begin with sqlite:/// or postgresql://")
    return url.render_as_string(hide_password=False)


def _secret(environ: Mapping[str, str], name: str, root: Path) -> str:
    """The content of a file that holds a secret; nothing secret stands in the environment itself."""
    if not environ.get(name):
        return ""
    try:
        return (root / environ[name]).read_text("utf-8").strip()
    except OSError as error:
        raise BadSetting(name=name, why=f"{environ[name]} cannot be read ({type(error).__name__})") from error
