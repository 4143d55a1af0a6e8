"""Prove that backups can be restored: make one, restore it elsewhere, compare, and throw the copy away (A14)."""

import json
import secrets
import subprocess  # nosec B404  # our own manage.py
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.conf import settings
from django.db import connection
from psycopg2 import sql

from requests_app.domain.backups import InvalidBackup
from requests_app.models import Employee, RestoreDrill
from requests_app.selectors.access import SYSTEM, Actor, actor_for_employee
from requests_app.services.backups import make_backup
from requests_app.services.events import record_audit
from requests_app.services.jobs import Clock, JobRun

_MANAGE = Path(settings.BASE_DIR) / "manage.py"


def run_restore_drill(*, actor: Actor, clock: Clock) -> RestoreDrill:
    """Make a backup now, restore it into a place of its own, and keep what came of it as evidence.

    Whatever goes wrong is a drill that proved nothing, with the reason in its `differences`.
    """
    started_at = clock()
    name, outcome = "", {"rows": 0, "attachments": 0, "differences": ["Nothing was compared."]}
    try:
        path = make_backup(folder=settings.BACKUP_DIR, actor=actor, at=started_at)
        name = path.name
        outcome = _restore_elsewhere(path)
    except (InvalidBackup, OSError, psycopg2.Error) as error:
        outcome["differences"] = [str(error).strip()]
    drill = RestoreDrill.objects.create(
        backup_name=name,
        started_at=started_at,
        finished_at=clock(),
        is_proven=not outcome["differences"],
        asked_by=actor.employee,
        **outcome,
    )
    record_audit("restore_tried", drill, actor=actor, at=clock(), fields={"proven": drill.is_proven})
    return drill


def do_restore_drill(run: JobRun) -> dict[str, object]:
    """Run a drill that an administrator asked for, as a background job."""
    asked_by = Employee.objects.filter(pk=run.requested_by_id).first() if run.requested_by_id else None
    run.report(0, 1)
    drill = run_restore_drill(actor=actor_for_employee(asked_by) if asked_by else SYSTEM, clock=run.clock)
    run.report(1, 1)
    return {"drill": drill.pk, "proven": drill.is_proven}


def _restore_elsewhere(path: Path) -> dict[str, object]:
    """Run `manage.py restore` as it would run on another machine: with settings of its own."""
    with tempfile.TemporaryDirectory(prefix="restore-drill-") as scratch, _empty_database(Path(scratch)) as url:
        done = subprocess.run(  # noqa: S603  # nosec B603  # our own program
            [sys.executable, str(_MANAGE), "restore", str(path), "--json"],
            env=_environment(url, Path(scratch)),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    lines = done.stdout.strip().splitlines()
    with suppress(ValueError, IndexError):
        found = json.loads(lines[-1])
        if isinstance(found, dict):
            return found
    said = done.stderr.strip().splitlines()
    raise InvalidBackup(said[-1] if said else "The restore ended without a word.")


def _environment(url: str, scratch: Path) -> dict[str, str]:
    return {
        **settings.PROGRAM_ENVIRONMENT,
        "SECRET_KEY": settings.SECRET_KEY,
        "AUDIT_KEY": settings.AUDIT_KEY,
        "DATABASE_URL": url,
        "VAR_DIR": str(scratch),
        "ATTACHMENTS_ROOT": str(scratch / "attachments"),
        # It could not send even if it were told to.
        "EMAIL_URL": f"file://{scratch}/mail",
        "PINOLE_EMBEDDED": "1" if settings.EMBEDDED else "0",
        "LOG_LEVEL": "ERROR",
    }


@contextmanager
def _empty_database(scratch: Path) -> Iterator[str]:
    if connection.vendor == "sqlite":
        yield f"sqlite:///{scratch / 'restored.sqlite3'}"
        return
    with _scratch_postgres() as url:
        yield url


@contextmanager
def _scratch_postgres() -> Iterator[str]:
    """Make a database beside our own for the drill, and drop it whatever happens."""
    parts = urlsplit(settings.RESTORE_DRILL_URL or settings.DATABASE_URL)
    name = f"restore_drill_{secrets.token_hex(6)}"
    server = psycopg2.connect(urlunsplit(parts), connect_timeout=5)
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            with server.cursor() as cursor:
                cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    finally:
        server.close()
