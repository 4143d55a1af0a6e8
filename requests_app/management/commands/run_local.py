"""Run the whole product on this machine: web, worker and beat, with demo data in an empty database."""

import os
import socket
import time
import urllib.error
import urllib.request
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from pinole_service.broker import broker_fault
from pinole_service.processes import Processes, own_environment, programs
from requests_app.models import Customer, Employee, ServiceRequest

START_SECONDS = 60.0


class Command(BaseCommand):
    help = "Run web, worker and beat together on this machine until Ctrl-C."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = os.environ.get("HOST", "127.0.0.1"), _port()
        _refuse_busy_port(host, port)
        _refuse_silent_broker()
        try:
            self._prepare_database()
        except KeyboardInterrupt as error:
            raise CommandError("stopped before it was ready; nothing is running.") from error
        connection.close()
        self._run(host, port)

    def _prepare_database(self) -> None:
        try:
            connection.ensure_connection()
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                self._say("Preparing the database …")
                call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
            if not any(model.objects.exists() for model in (ServiceRequest, Customer, Employee)):
                self._say("Filling the empty database with demo data (once, well under a minute) …")
                # All or nothing: Ctrl-C half way leaves the database empty, to be filled at the next start.
                with transaction.atomic():
                    call_command("seed_demo", requests=_demo_requests(), verbosity=0)
        except DatabaseError as error:
            reason = str(error).strip().splitlines()[0]
            raise CommandError(f"the database at {_place(settings.DATABASE_URL)} cannot be used: {reason}") from error

    def _run(self, host: str, port: int) -> None:
        together = Processes()
        together.stop_on_signals()
        try:
            for name, command in programs(host=host, port=port).items():
                together.start(name, command, environment=own_environment())
            if _answers(host, port, together):
                self._greet(host, port)
            ended = together.first_to_end()
        finally:
            together.stop()
        if ended:
            raise CommandError(f"{ended} ended by itself; its last lines above say why. Everything is stopped.")
        self._say("Stopped.")

    def _greet(self, host: str, port: int) -> None:
        self._say(f"\nPinole Service answers at http://{host}:{port}/ (Ctrl-C stops it). Demo logins:")
        call_command("demo_logins", stdout=self.stdout)
        self._say(f"  outgoing mail: {_place(settings.EMAIL_URL)}\n")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _port() -> int:
    given = os.environ.get("PORT", "8000")
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise CommandError(f"PORT must be a number from 1 to 65535, not {given!r}.")
    return int(given)


def _demo_requests() -> int:
    given = os.environ.get("DEMO_REQUESTS", "6000")
    if not given.isdecimal() or not int(given):
        raise CommandError(f"DEMO_REQUESTS must be a number from 1, not {given!r}.")
    return int(given)


def _refuse_busy_port(host: str, port: int) -> None:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"port {port} of {host} cannot be used ({error.strerror}). "
                f"Stop what uses it, or choose another: make run PORT={min(port + 1, 65535)}"
            ) from error


def _refuse_silent_broker() -> None:
    if fault := broker_fault(settings.BROKER_URL):
        raise CommandError(f"the broker at {_place(settings.BROKER_URL)} {fault}.")


def _answers(host: str, port: int, together: Processes) -> bool:
    """Wait until the web process answers; give up when something ended or a minute has passed."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and not together.is_stopping():
        try:
            urllib.request.urlopen(f"http://{host}:{port}/health/live", timeout=2).close()  # nosec B310  # http, this host
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return True
    return False


def _place(url: str) -> str:
    """Name an address without the password it may hold."""
    parts = urlsplit(url)
    if not parts.hostname:
        return parts.path.replace("//", "/")
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"
