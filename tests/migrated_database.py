"""A database with every migration applied, made once while the migrations stay the same, and copied from then on.

Applying them takes longer than most test files do. The copy is taken of what `manage.py migrate` leaves, triggers
included; a change of any migration or of the locked libraries makes a new one.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

ROOT = Path(__file__).resolve().parents[1]
_STATES_KEPT = 8  # branches with other migrations are worked on side by side
_KEPT = Path(tempfile.gettempdir()) / f"pinole-migrated-{os.getuid()}"


def place_copy(connection: BaseDatabaseWrapper, name: str) -> None:
    """Put a migrated database at `name`: a file on SQLite, a database of the same server on PostgreSQL."""
    _KEPT.mkdir(mode=0o700, exist_ok=True)
    with (_KEPT / f"{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # whoever comes second waits for the one who migrates
        if connection.vendor == "postgresql":
            _copy_on_server(connection, name)
        else:
            _copy_file(Path(name))


def _copy_file(target: Path) -> None:
    kept = _KEPT / f"{_fingerprint()}.sqlite3"
    if not kept.exists():
        for stale in sorted(_KEPT.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-_STATES_KEPT]:
            stale.unlink()
        fresh = kept.with_suffix(".fresh")
        fresh.unlink(missing_ok=True)
        _migrate(f"sqlite:///{fresh}")
        fresh.rename(kept)
    shutil.copyfile(kept, target)


def _copy_on_server(connection: BaseDatabaseWrapper, name: str) -> None:
    kept = f"migrated_pinole_{_fingerprint()}"
    with _maintenance(connection) as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [kept])
        if cursor.fetchone() is None:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'migrated\\_pinole\\_%%' ORDER BY oid")
            for (stale,) in cursor.fetchall()[:-_STATES_KEPT]:
                cursor.execute(f'DROP DATABASE "{stale}"')
            fresh = f"{kept}_fresh"
            cursor.execute(f'DROP DATABASE IF EXISTS "{fresh}"')
            cursor.execute(f'CREATE DATABASE "{fresh}"')
            _migrate(urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{fresh}")))
            cursor.execute(f'ALTER DATABASE "{fresh}" RENAME TO "{kept}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{kept}"')


def drop_copy(connection: BaseDatabaseWrapper, name: str) -> None:
    """Drop a copy on the server, whoever still listens to it; a file goes with the folder it lies in."""
    if connection.vendor == "postgresql":
        connection.close()
        with _maintenance(connection) as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def _maintenance(connection: BaseDatabaseWrapper) -> Iterator[CursorWrapper]:
    with connection._nodb_cursor() as cursor:
        yield cursor


def _fingerprint() -> str:
    """Name the state of the migrations, ours and those of the libraries."""
    digest = hashlib.sha256()
    for path in (*sorted((ROOT / "requests_app" / "migrations").glob("*.py")), ROOT / "requirements.txt"):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(database_url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "pinole_service.settings"},
        check=True,
    )
