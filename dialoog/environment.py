"""Reads the environment once, strictly: a broken or missing value stops the start with a sentence."""

import os
import secrets
from dataclasses import dataclass
from difflib import get_close_matches
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

KNOWN = {"DIALOOG_DEBUG", "DIALOOG_VAR", "DIALOOG_REQUIRE_SERVICES", "DIALOOG_SIGN_IN"}
# names long enough to be recognised when one or two letters are wrong
SETTINGS = ("BASE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "MAIL_FROM", "SECRET_KEY")
_ALIKE = 0.88
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
MAIL_SCHEMES = {"smtp": (False, False), "smtp+tls": (True, False), "smtps": (False, True)}


@dataclass(frozen=True)
class Smtp:
    """Where mail is handed over: host, port, credentials and how the line is secured."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    ssl: bool


@dataclass(frozen=True)
class Environment:
    """Everything that comes from outside. `embedded` is the mode of one machine without real mail."""

    base_dir: Path
    var: Path
    debug: bool
    port: int
    base_url: str
    secret_key: str
    database: dict[str, object]
    redis_url: str
    smtp: Smtp | None
    mail_from: str
    oidc: dict[str, str]

    @property
    def embedded(self) -> bool:
        return self.smtp is None

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or "localhost"


def read_environment(base_dir: Path) -> Environment:
    """Read and judge the environment. Refuses (ImproperlyConfigured) with one sentence naming the value."""
    try:
        return _read(base_dir, Env())
    except EnvError as error:
        raise ImproperlyConfigured(f"A setting in the environment is not right: {error}") from error


def _read(base_dir: Path, env: Env) -> Environment:
    _refuse_unknown_names()
    var = Path(env.str("DIALOOG_VAR", "") or base_dir / "var")
    var.mkdir(parents=True, exist_ok=True)
    port = _port(env.str("PORT", "") or "8000")
    smtp = _smtp(env.str("EMAIL_URL", ""))
    base_url = _base_url(env.str("BASE_URL", ""), port, smtp is not None)
    return Environment(
        base_dir=base_dir,
        var=var,
        debug=env.bool("DIALOOG_DEBUG", False),
        port=port,
        base_url=base_url,
        secret_key=_secret_key(env.str("SECRET_KEY", ""), var, real=smtp is not None),
        database=_database(env.str("DATABASE_URL", ""), var),
        redis_url=_redis(env.str("REDIS_URL", "")),
        smtp=smtp,
        mail_from=_mail_from(env.str("MAIL_FROM", ""), real=smtp is not None),
        oidc=_oidc(env),
    )


def _refuse_unknown_names() -> None:
    """A name that begins as ours, or that is ours but for a slip of the finger: MAIL_FORM."""
    for name in os.environ:
        if name.startswith("DIALOOG_") and name not in KNOWN:
            raise ImproperlyConfigured(
                f"{name} is not a setting of Dialoog. Known: {', '.join(sorted(KNOWN))}."
            )
        meant = get_close_matches(name, SETTINGS, n=1, cutoff=_ALIKE) if name not in SETTINGS else []
        if meant and meant[0] not in os.environ:
            raise ImproperlyConfigured(
                f"{name} is not a setting of Dialoog. Do you mean {meant[0]}? Else start without {name}."
            )


def _port(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise ImproperlyConfigured(f"PORT must be a number between 1 and 65535, not “{value}”.")
    return int(value)


def _base_url(value: str, port: int, real: bool) -> str:
    if not value:
        if real:
            raise ImproperlyConfigured(
                "EMAIL_URL is set, so links in mails leave this machine: set BASE_URL too, "
                "for example BASE_URL=https://dialoog.example.org."
            )
        return f"http://localhost:{port}"
    parts = urlsplit(value)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.path not in {"", "/"}
        or parts.query
    ):
        raise ImproperlyConfigured(
            f"BASE_URL must be an address such as https://dialoog.example.org, not “{value}”."
        )
    if not real and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured(
            f"BASE_URL is {value}, but there is no EMAIL_URL. "
            "Without real mail Dialoog only runs on localhost."
        )
    return value.rstrip("/")


def _smtp(value: str) -> Smtp | None:
    if not value:
        return None
    parts = urlsplit(value)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in MAIL_SCHEMES or not parts.hostname or port == -1:
        raise ImproperlyConfigured(
            "EMAIL_URL must look like smtp://user:password@host:587 (or smtp+tls://, smtps://)."
        )
    tls, ssl = MAIL_SCHEMES[parts.scheme]
    return Smtp(
        host=parts.hostname,
        port=port or (465 if ssl else 587 if tls else 25),
        user=parts.username or "",
        password=parts.password or "",
        tls=tls,
        ssl=ssl,
    )


def _secret_key(value: str, var: Path, *, real: bool) -> str:
    if value:
        if len(value) < 32:
            raise ImproperlyConfigured(
                "SECRET_KEY must have at least 32 characters; it keeps personal links safe."
            )
        return value
    if real:
        raise ImproperlyConfigured(
            "EMAIL_URL is set, so SECRET_KEY must be set too and kept: personal links in mails depend on it."
        )
    kept = var / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text().strip()


def _database(value: str, var: Path) -> dict[str, object]:
    if not value:
        return sqlite(var / "dialoog.sqlite3")
    scheme = urlsplit(value).scheme
    if scheme not in {"postgres", "postgresql", "sqlite"}:
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with postgresql:// (or sqlite:///), for example "
            "postgresql://user:password@host/dialoog."
        )
    parsed = dict(dj_database_url.parse(value))
    if scheme == "sqlite":
        return sqlite(Path(str(parsed["NAME"])))
    if not parsed.get("NAME"):
        raise ImproperlyConfigured("DATABASE_URL names no database: it must end in /name.")
    parsed |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
    pool = {"min_size": 2, "max_size": 12, "timeout": 10}
    parsed["OPTIONS"] = {**dict(parsed.get("OPTIONS") or {}), "pool": pool}  # type: ignore[call-overload]
    return parsed


def sqlite(path: Path) -> dict[str, object]:
    """SQLite tuned as measured: write-ahead log, IMMEDIATE transactions, patient writers."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-20000;"
            "PRAGMA mmap_size=134217728;PRAGMA temp_store=MEMORY;PRAGMA foreign_keys=ON",
        },
    }


def _redis(value: str) -> str:
    if value and urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured("REDIS_URL must begin with redis://, rediss:// or unix://.")
    return value


def _mail_from(value: str, *, real: bool) -> str:
    if not value:
        if real:
            raise ImproperlyConfigured(
                "EMAIL_URL is set, so MAIL_FROM must be set too: the address your mail server lets us use."
            )
        return "dialoog@localhost"
    if "@" not in parseaddr(value)[1]:
        raise ImproperlyConfigured(f"MAIL_FROM must be a mail address, not “{value}”.")
    return value


def _oidc(env: Env) -> dict[str, str]:
    names = ("OIDC_NAME", "OIDC_CLIENT_ID", "OIDC_SECRET", "OIDC_URL")
    found = {name: env.str(name, "") for name in names}
    if any(found.values()) and not all(found.values()):
        missing = ", ".join(name for name in names if not found[name])
        raise ImproperlyConfigured(f"Signing in through your own organisation needs {missing} as well.")
    return found if all(found.values()) else {}
