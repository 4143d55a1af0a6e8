"""A place of its own to restore into, and the product's commands run there as on another machine."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.conf import settings
from django.db import connection

from tests.architecture.findings import ROOT


@dataclass(frozen=True)
class Elsewhere:
    """Another installation: its database, its folder, and its mail as files."""

    url: str
    folder: Path

    def manage(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of the product there."""
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env={
                **os.environ,
                "DATABASE_URL": self.url,
                "VAR_DIR": str(self.folder),
                "EMAIL_URL": f"file://{self.folder}/mail",
                "AUDIT_KEY": settings.AUDIT_KEY,
                "DJANGO_SETTINGS_MODULE": "pinole_service.settings",
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def ask(self, expression: str) -> str:
        """Evaluate an expression over the models there."""
        done = self.manage("shell", "--no-imports", "-c", f"from requests_app.models import *\nprint({expression})")
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @property
    def mails(self) -> list[Path]:
        """The mails that left it."""
        return sorted((self.folder / "mail").glob("*.eml"))


@contextmanager
def elsewhere(folder: Path) -> Iterator[Elsewhere]:
    """Give an empty place on the kind of database the test runs on; its database is gone afterwards."""
    folder.mkdir()
    if connection.vendor == "sqlite":
        yield Elsewhere(f"sqlite:///{folder / 'copy.sqlite3'}", folder)
        return
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"copy_{os.getpid()}_{folder.name}"
    server = psycopg2.connect(urlunsplit(parts))
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield Elsewhere(urlunsplit(parts._replace(path=f"/{name}")), folder)
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()
