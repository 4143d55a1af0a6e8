"""Reading the environment: what settings.py needs to turn variables into settings, or to refuse."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

MINIMUM_SECRET_LENGTH = 50
SQLITE_OPTIONS = {
    # IMMEDIATE: a transaction that will write takes its lock first, so it waits instead of failing half way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # recursive_triggers: else INSERT OR REPLACE slips past the delete triggers of append-only tables.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
}
_SMTP_PORTS = {"smtp": 25, "submission": 587, "smtps": 465}


def kept_secret(path: Path) -> str:
    """Return the secret kept in a file, made on first use and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        # A link, not a rename: of several processes starting at once the first one's secret stays.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()


def checked_secret(name: str, value: str) -> str:
    """Return a secret that is long and random enough to sign with.

    Raises ImproperlyConfigured for one that is missing, short or an obvious placeholder.
    """
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it to a random text of at least {MINIMUM_SECRET_LENGTH} characters, "
            "for instance the output of: python -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    if len(value) < MINIMUM_SECRET_LENGTH or len(set(value)) < 8 or value.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            f"{name} is too easy to guess. Set it to a random text of at least {MINIMUM_SECRET_LENGTH} characters."
        )
    return value


def refuse_unknown_time_zone(name: str) -> None:
    """Raise ImproperlyConfigured unless this machine knows the time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ImproperlyConfigured(
            f"TIME_ZONE {name!r} is not known here. Use a name such as America/Los_Angeles; "
            "where no name is known, install the tzdata package of the system."
        ) from error


def database(config: dict[str, Any], *, sqlite_allowed: bool) -> dict[str, Any]:
    """Return Django's settings for one database, with the options this product relies on."""
    engine = str(config.get("ENGINE", ""))
    if engine.endswith("sqlite3"):
        if not sqlite_allowed:
            raise ImproperlyConfigured(
                "DATABASE_URL names a SQLite file, which only one machine can use. Set it to postgres://…, "
                "or set ALLOW_SQLITE=1 if one machine is what you want."
            )
        return config | {"OPTIONS": dict(SQLITE_OPTIONS)}
    if not engine.endswith("postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
    # Reports look dear to the planner and are quick: compiling them took ten times as long as running them.
    options = {"options": "-c jit=off", **config.get("OPTIONS", {}), "connect_timeout": 5}
    return config | {"OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def email(url: str) -> dict[str, Any]:
    """Return Django's EMAIL_* settings for smtp://, submission:// (STARTTLS), smtps:// or file:///folder."""
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return {
            "EMAIL_BACKEND": "requests_app.mail.eml_backend.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme not in _SMTP_PORTS or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL must be smtp://host, submission://user:password@host, smtps://user:password@host or "
            "file:///folder."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _SMTP_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "submission",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def broker_options(url: str) -> dict[str, Any]:
    """Return kombu's transport options for redis:// or filesystem:///folder."""
    parts = urlsplit(url)
    if parts.scheme in {"redis", "rediss"}:
        # At least twice the longest task: an unacknowledged message comes back after this many seconds.
        return {"visibility_timeout": 3600, "socket_connect_timeout": 5, "socket_timeout": 30, "retry_on_timeout": True}
    if parts.scheme == "filesystem" and parts.path:
        folder = Path(unquote(parts.path))
        for name in ("messages", "control"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        messages = str(folder / "messages")
        return {
            "data_folder_in": messages,
            "data_folder_out": messages,
            "control_folder": str(folder / "control"),
            "store_processed": False,
        }
    raise ImproperlyConfigured("BROKER_URL must be redis://host:6379/0, rediss://… or filesystem:///folder.")


def oidc_providers(*, issuer: str, client_id: str, secret: str, name: str) -> dict[str, Any]:
    """Return allauth's settings of the city's sign-in page, with nothing in it where no issuer is named."""
    provider: dict[str, Any] = {"provider_class": "pinole_service.oidc.CityProvider", "APPS": []}
    if any((issuer, client_id, secret)):
        if not all((issuer, client_id, secret)):
            raise ImproperlyConfigured("OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together; name all.")
        app_settings = {"server_url": issuer.rstrip("/"), "oauth_pkce_enabled": True, "fetch_userinfo": False}
        provider["APPS"] = [
            {"provider_id": "city", "name": name, "client_id": client_id, "secret": secret, "settings": app_settings}
        ]
    return {"openid_connect": provider}


def origin_of(url: str) -> list[str]:
    """Return the origin of an address, as the security policy names it; nothing of nothing."""
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
