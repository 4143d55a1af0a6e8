"""Production starts only when everything it needs is named, and then keeps every promise of security."""

from pathlib import Path

import pytest

from tests.house.programs import PRODUCTION, embedded, run

pytestmark = pytest.mark.once
LOAD = ["manage.py", "diffsettings"]


def without_traceback(output: str) -> bool:
    return "Traceback" not in output and len(output.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "changeme"),
        ("AUDIT_KEY", ""),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "sqlite:////tmp/city.sqlite3"),
        ("DATABASE_URL", "mysql://root@database.city.test/service"),
        ("BROKER_URL", ""),
        ("BROKER_URL", "amqp://broker.city.test"),
        ("EMAIL_URL", ""),
        ("EMAIL_URL", "mail.city.test"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("SECOND_FACTOR_REQUIRED", "0"),
        ("OIDC_CLIENT_ID", "service-desk"),
    ],
)
def test_what_is_missing_or_unsafe_stops_the_start_with_one_line(tmp_path: Path, name: str, value: str) -> None:
    result = run(LOAD, {**PRODUCTION, "VAR_DIR": str(tmp_path), name: value})
    assert result.returncode != 0
    assert result.stderr.startswith("error: ")
    assert name in result.stderr
    assert without_traceback(result.stderr)


def test_debugging_must_be_asked_for(tmp_path: Path) -> None:
    result = run(LOAD, {"DEBUG": "0", "VAR_DIR": str(tmp_path)})
    assert "SECRET_KEY is not set" in result.stderr
    assert result.returncode != 0


def test_one_machine_needs_nothing(tmp_path: Path) -> None:
    result = run(["manage.py", "check", "--fail-level", "WARNING"], {"VAR_DIR": str(tmp_path)})
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "secret-key").exists()


def test_one_machine_answers_its_own_name_only(tmp_path: Path) -> None:
    result = run(["manage.py", "diffsettings"], embedded(tmp_path))
    assert "ALLOWED_HOSTS = ['localhost', '127.0.0.1', '[::1]']" in result.stdout


def test_production_passes_its_own_deployment_check(tmp_path: Path) -> None:
    command = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    result = run(command, {**PRODUCTION, "VAR_DIR": str(tmp_path)})
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize(
    ("name", "value", "finding"),
    [
        ("BROKER_URL", "filesystem:///tmp/pinole-check-broker", "W001"),
        ("EMAIL_URL", "file:///tmp/pinole-check-mail", "W002"),
        ("DEFAULT_FROM_EMAIL", "service@pinole.example", "W003"),
    ],
)
def test_the_deployment_check_can_fail(tmp_path: Path, name: str, value: str, finding: str) -> None:
    command = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    place = value.replace("/tmp", str(tmp_path))
    result = run(command, {**PRODUCTION, "VAR_DIR": str(tmp_path), name: place})
    assert result.returncode != 0
    assert f"requests_app.{finding}" in result.stderr


def test_production_cookies_and_transport_are_strict(tmp_path: Path) -> None:
    settings = run(["manage.py", "diffsettings", "--all"], {**PRODUCTION, "VAR_DIR": str(tmp_path)}).stdout
    for line in (
        "SESSION_COOKIE_NAME = '__Host-sessionid'",
        "CSRF_COOKIE_NAME = '__Host-csrftoken'",
        "COUNTER_COOKIE_NAME = '__Host-counter'",
        "SESSION_COOKIE_SECURE = True",
        "CSRF_COOKIE_SECURE = True",
        "SECURE_SSL_REDIRECT = True",
        "SECURE_HSTS_SECONDS = 31536000",
        "DEBUG = False",
    ):
        assert line in settings
