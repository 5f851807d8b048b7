"""The only reader of the environment: typed, and it says what is missing. `.env.example` explains each name."""

import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

BASE_DIR = Path(__file__).resolve().parent.parent.parent

_env = Env()
_env.read_env(str(BASE_DIR / ".env"), recurse=False)


def text(name: str, default: str = "") -> str:
    return _env.str(name, default)


def flag(name: str, default: bool = False) -> bool:
    return _env.bool(name, default)


def number(name: str, default: int) -> int:
    return _env.int(name, default)


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    return [word.strip() for word in _env.list(name, list(default)) if word.strip()]


def required(name: str, meaning: str) -> str:
    """The value of `name`; raises ImproperlyConfigured with what it is for when it is missing or empty."""
    value = _env.str(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {meaning}. See .env.example.")
    return value


def var_dir() -> Path:
    """The folder for all that the running house writes: database, media, mail, broker."""
    return Path(_env.str("VAR_DIR", str(BASE_DIR / "var"))).resolve()


# A writer takes its lock at BEGIN, so two writers wait for each other instead of failing.
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;"
    ),
}


def database(var: Path) -> dict:
    """The database: SQLite in `var` unless DATABASE_URL names another ; one code path for both."""
    if not _env.str("DATABASE_URL", ""):
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": var / "db.sqlite3", "OPTIONS": SQLITE}
    try:
        config = dict(_env.dj_db_url("DATABASE_URL"))
    except (EnvError, ValueError) as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from error
    if "postgresql" in config["ENGINE"]:
        config["CONN_MAX_AGE"] = 0
        config.setdefault("OPTIONS", {})["pool"] = True
    elif "sqlite" in config["ENGINE"]:
        config["OPTIONS"] = SQLITE | config.get("OPTIONS", {})
    return config


def redis(var: Path) -> str:
    """REDIS_URL, else the broker of the house that runs from `var` right now (`manage.py run` leaves its address)."""
    note = var / "bell.url"
    if _env.str("REDIS_URL", "") or not note.is_file():
        return _env.str("REDIS_URL", "")
    url = note.read_text()
    try:
        socket.create_connection(("127.0.0.1", urlsplit(url).port or 6379), timeout=1).close()
    except (OSError, ValueError):
        return ""
    return url


def email() -> dict:
    """E-mail settings from EMAIL_URL (smtp+tls://user:password@host:587); empty when it is not set."""
    if not _env.str("EMAIL_URL", ""):
        return {}
    return dict(_env.dj_email_url("EMAIL_URL"))


def acm() -> dict:
    """Signing in with ACM/IDM (OpenID Connect): server, client, secret and scopes; empty where no server is named.

    Raises ImproperlyConfigured when half of it is missing, when the server is not reached by https, or when the
    national register number is asked for (L-2.6: never).
    """
    server = _env.str("ACM_SERVER_URL", "").rstrip("/")
    client, secret = _env.str("ACM_CLIENT_ID", ""), _env.str("ACM_CLIENT_SECRET", "")
    scopes = [word.strip() for word in _env.list("ACM_SCOPES", ["openid", "vo"]) if word.strip()]
    if not server:
        return {}
    if not client or not secret:
        raise ImproperlyConfigured("ACM_SERVER_URL is set without ACM_CLIENT_ID and ACM_CLIENT_SECRET.")
    address = urlsplit(server)
    if address.scheme != "https" and address.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ImproperlyConfigured("ACM_SERVER_URL must begin with https://.")
    if "openid" not in scopes:
        raise ImproperlyConfigured("ACM_SCOPES must name openid.")
    if any("rrn" in scope.lower() or "rijksregister" in scope.lower() for scope in scopes):
        raise ImproperlyConfigured("ACM_SCOPES asks for the national register number, which is never asked for here.")
    return {"server_url": server, "client_id": client, "secret": secret, "scopes": scopes}


def with_prefix(prefix: str) -> dict[str, str]:
    """Every variable whose name starts with `prefix`."""
    return {name: value for name, value in os.environ.items() if name.startswith(prefix)}
