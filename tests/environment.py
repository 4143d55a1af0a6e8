"""The environment tests run in, set before Django reads its settings.

TEST_ON=embedded (default) is SQLite with the filesystem broker; TEST_ON=services is PostgreSQL with Redis, at
TEST_DATABASE_URL and TEST_BROKER_URL or else on the standard local ports.
"""

import atexit
import os
import shutil
import socket
import tempfile
from urllib.parse import urlsplit

STANDARD_DATABASE_URL = "postgres://postgres@127.0.0.1:5432/postgres"
STANDARD_BROKER_URL = "redis://127.0.0.1:6379"
CLEARED = (
    "SECRET_KEY",
    "AUDIT_KEY",
    "DEBUG",
    "ALLOWED_HOSTS",
    "PUBLIC_URL",
    "BEHIND_PROXY",
    "SECOND_FACTOR_REQUIRED",
    "OIDC_ISSUER",
    "TIME_ZONE",
    "LOG_LEVEL",
)


def service_urls() -> tuple[str, str]:
    """Return the addresses of the PostgreSQL and the Redis that tests may use."""
    return (
        os.environ.get("TEST_DATABASE_URL") or STANDARD_DATABASE_URL,
        os.environ.get("TEST_BROKER_URL") or STANDARD_BROKER_URL,
    )


def answers(url: str) -> bool:
    """Say whether something listens at the host and port of an address."""
    parts = urlsplit(url)
    port = parts.port or {"redis": 6379}.get(parts.scheme, 5432)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", port), timeout=2):
            return True
    except OSError:
        return False


def prepare() -> None:
    """Point every setting at a place of this process's own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    folder = tempfile.mkdtemp(prefix=f"pinole-test-{worker}-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in CLEARED:
        os.environ.pop(name, None)
    os.environ |= {
        "PINOLE_EMBEDDED": "1",
        "VAR_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/pinole.sqlite3",
        "BROKER_URL": f"filesystem://{folder}/broker",
        "EMAIL_URL": f"file://{folder}/mail",
    }
    if os.environ.get("TEST_ON") == "services":
        database_url, broker_url = service_urls()
        os.environ |= {"DATABASE_URL": database_url, "BROKER_URL": _own_redis_database(broker_url, worker)}


def _own_redis_database(url: str, worker: str) -> str:
    """Give each test process a database of its own, from the highest number down: a queue must not be shared."""
    if urlsplit(url).path.strip("/"):
        return url
    taken = 0 if worker == "main" else 1 + int(worker.removeprefix("gw"))
    return f"{url.rstrip('/')}/{15 - taken}"
