"""Processes of our own for drills: they use the test's database, and may be killed at any moment."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

READY = "ready\n"
_SCRIPT = """
import sys
from datetime import datetime
import django
django.setup()
from requests_app.services.outgoing_mail import send_due_mail
from requests_app.services.sweeps import sweep_clocks
now = datetime.fromisoformat(sys.argv[1])
print("ready", flush=True)
for verb in sys.argv[2:]:
    if verb == "sweep":
        sweep_clocks(now=now)
    else:
        send_due_mail(clock=lambda: now, worker=str(now))
"""


def environment() -> dict[str, str]:
    """Give the environment in which a process sees the test's own database and mail server."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "pinole_service.settings",
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{getattr(settings, 'EMAIL_PORT', 25)}",
        "LOG_LEVEL": "ERROR",
    }


def database_url() -> str:
    """Give the address of the database this test runs on, which is not the one in the environment."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


@contextmanager
def worker(*verbs: str, now: datetime) -> Iterator[subprocess.Popen[str]]:
    """Start a process that sweeps or sends at a fixed instant; it is ready once this gives it out."""
    command = [sys.executable, "-c", _SCRIPT, now.isoformat(), *verbs]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == READY
            yield process
        finally:
            process.kill()
