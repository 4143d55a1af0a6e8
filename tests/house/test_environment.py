"""Settings come from the environment and refuse to start on anything missing or insecure."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from pinole_service import environment
from tests.conftest import BEGIN_FIRST


def test_what_begins_first_is_there() -> None:
    assert [path for path in BEGIN_FIRST if not path.exists()] == []


@pytest.mark.django_db
def test_the_test_database_is_its_own() -> None:
    assert "test_pinole" in str(connection.settings_dict["NAME"])


@pytest.mark.django_db
def test_sqlite_keeps_its_promises() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no pragmas")
    with connection.cursor() as cursor:
        pragmas = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "recursive_triggers", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "recursive_triggers": 1, "busy_timeout": 20_000}


def test_a_kept_secret_stays_and_is_private(tmp_path: Path) -> None:
    first = environment.kept_secret(tmp_path / "deep" / "secret")
    assert environment.kept_secret(tmp_path / "deep" / "secret") == first
    assert len(first) >= environment.MINIMUM_SECRET_LENGTH
    assert (tmp_path / "deep" / "secret").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["secret"]


@pytest.mark.parametrize("value", ["", "short", "a" * 60, "django-insecure-" + "x8Kd0" * 20])
def test_a_guessable_secret_is_refused(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        environment.checked_secret("SECRET_KEY", value)


@pytest.mark.parametrize(
    ("url", "host", "port", "starttls", "tls"),
    [
        ("smtp://mail.example", "mail.example", 25, False, False),
        ("submission://me:pa%40ss@mail.example", "mail.example", 587, True, False),
        ("smtps://me:pa%40ss@mail.example:4650", "mail.example", 4650, False, True),
    ],
)
def test_mail_addresses(url: str, host: str, port: int, starttls: bool, tls: bool) -> None:
    settings = environment.email(url)
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == (host, port)
    assert (settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (starttls, tls)
    assert settings["EMAIL_HOST_PASSWORD"] == ("pa@ss" if starttls or tls else "")


@pytest.mark.parametrize("url", ["imap://mail.example", "smtp:", "file:", ""])
def test_a_mail_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        environment.email(url)
