"""Copy the database as of one instant, and load such a copy into an empty one."""

import sqlite3
import subprocess  # nosec B404  # PostgreSQL's own programs, with arguments of ours
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, transaction

from requests_app.domain.backups import InvalidBackup

# Counts of guesses and a cache of nothing else: rows come and go while we look, and nobody misses them.
LEFT_OUT = ("throttle_cache",)
_PAUSE = "INSERT INTO requests_app_sendingpause (since_at, reason) VALUES ('{at}', 'Restored from a backup.');"


@dataclass(frozen=True, slots=True)
class DatabaseCopy:
    """What was copied: the rows of each table in that instant, and the last migration they belong to."""

    tables: Mapping[str, int]
    migration: str


def copy_database(to: Path) -> DatabaseCopy:
    """Copy the database into a file, while everybody works on; must not be called inside a transaction.

    The counts are of the same instant as the copy. Raises InvalidBackup where the copying program fails.
    """
    if connection.vendor == "sqlite":
        return _copy_sqlite(to)
    return _copy_postgres(to)


def load_database(copy: Path, *, at: datetime) -> None:
    """Load a copy into the empty database of the settings, paused before anybody can see it.

    Raises InvalidBackup unless the database is empty, and where the loading program fails; nothing is left then.
    """
    if connection.introspection.table_names():
        raise InvalidBackup("The database is not empty. Restore into a new one: a restore never overwrites.")
    if connection.vendor == "sqlite":
        _load_sqlite(copy, at=at)
    else:
        _load_postgres(copy, at=at)


def count_rows() -> dict[str, int]:
    """Count the rows of every table here, as they are now."""
    with connection.cursor() as cursor:
        counts = {}
        for name in sorted(set(connection.introspection.table_names(cursor)) - set(LEFT_OUT)):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608  # nosec B608  # a table's own name
            counts[name] = cursor.fetchone()[0]
        return counts


def _last_migration() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations WHERE app = 'requests_app' ORDER BY id DESC LIMIT 1")
        return str(cursor.fetchone()[0])


# --- SQLite -----------------------------------------------------------------------------------------------------------


def _copy_sqlite(to: Path) -> DatabaseCopy:
    with (
        closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as source,
        closing(sqlite3.connect(to)) as copy,
    ):
        source.backup(copy)  # one read transaction: in WAL mode writers go on beside it
        names = [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = {
            name: copy.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # noqa: S608  # nosec B608  # a table's own name
            for name in sorted(names)
            if name not in LEFT_OUT and not name.startswith("sqlite_")
        }
    return DatabaseCopy(tables, _last_migration())


def _load_sqlite(copy: Path, *, at: datetime) -> None:
    place = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    with closing(sqlite3.connect(copy)) as database:
        database.execute(_PAUSE.format(at=at.strftime("%Y-%m-%d %H:%M:%S.%f")))
        database.commit()
    for leftover in (place, *(place.with_name(place.name + end) for end in ("-wal", "-shm"))):
        leftover.unlink(missing_ok=True)  # what opening the empty database made
    place.parent.mkdir(parents=True, exist_ok=True)
    copy.replace(place)


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


def _copy_postgres(to: Path) -> DatabaseCopy:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        left_out = [f"--exclude-table-data={name}" for name in LEFT_OUT]
        _run(
            ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", *left_out,
             f"--file={to}"]
        )  # fmt: skip
        return DatabaseCopy(count_rows(), _last_migration())


def _load_postgres(copy: Path, *, at: datetime) -> None:
    """Load in one transaction, the pause included: a worker that is running already sees all of it or nothing."""
    script = copy.with_suffix(".sql")
    _run(["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(copy)])
    with script.open("a", encoding="utf-8") as lines:
        # The script of pg_dump empties the search path for its session.
        lines.write("\nSET search_path TO public;\n" + _PAUSE.format(at=at.isoformat()) + "\n")
    with script.open("rb") as lines:
        _run(
            ["psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"],
            lines,
        )
    script.unlink()
    connection.close()


@contextmanager
def _postgres_environment() -> Iterator[dict[str, str]]:
    """Hand over where the database is by environment: a password on a command line is for everybody to read."""
    given = connection.settings_dict
    wanted = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    yield {**settings.PROGRAM_ENVIRONMENT, **{name: str(given[key]) for name, key in wanted.items() if given[key]}}


def _run(command: list[str], lines: IO[bytes] | None = None) -> None:
    try:
        with _postgres_environment() as environment:
            done = subprocess.run(  # noqa: S603  # nosec B603  # PostgreSQL's own programs
                command, env=environment, stdin=lines or subprocess.DEVNULL, capture_output=True, check=False
            )
    except FileNotFoundError as error:
        raise InvalidBackup(f"{command[0]} is not installed. On Debian: apt-get install postgresql-client") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise InvalidBackup(f"{command[0]} failed: {said[0] if said else done.returncode}")
