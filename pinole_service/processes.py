"""Several processes as one: started together, one log, stopped together."""

import os
import signal
import subprocess  # nosec B404  # starts the product's own programs, never a text from outside
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from types import FrameType

STOP_SECONDS = 15.0
_LOOK_AGAIN_SECONDS = 0.1


class Processes:
    """A handful of programs that live and die together.

    They stay in this process's group, so that a signal to the group reaches each of them even if we are gone.
    """

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[str]] = {}
        self._readers: list[threading.Thread] = []
        self._asked_to_stop = threading.Event()

    def start(self, name: str, command: Sequence[str], *, environment: Mapping[str, str]) -> None:
        """Start one program and copy its lines into the log, each with the program's name before it."""
        process = subprocess.Popen(  # noqa: S603  # nosec B603  # our own programs
            command,
            env={**environment, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        self._running[name] = process
        reader = threading.Thread(target=self._copy_lines, args=(name, process), daemon=True)
        reader.start()
        self._readers.append(reader)

    def stop_on_signals(self) -> None:
        """Turn Ctrl-C and SIGTERM into a clean stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)

    def first_to_end(self) -> str:
        """Wait until one program ends by itself and return its name; empty if we were asked to stop."""
        while not self._asked_to_stop.wait(_LOOK_AGAIN_SECONDS):
            for name, process in self._running.items():
                if process.poll() is not None:
                    return name
        return ""

    def is_stopping(self) -> bool:
        """Say whether a signal asked us to stop, or a program has ended already."""
        return self._asked_to_stop.is_set() or any(each.poll() is not None for each in self._running.values())

    def stop(self) -> None:
        """Ask every program to finish, wait, and end by force what does not."""
        alive = [process for process in self._running.values() if process.poll() is None]
        for process in alive:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for process in alive:
            try:
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for reader in self._readers:
            reader.join(timeout=1)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._asked_to_stop.set()

    def _copy_lines(self, name: str, process: "subprocess.Popen[str]") -> None:
        for line in process.stdout or ():
            sys.stdout.write(f"{name:<6} | {line}")
            sys.stdout.flush()


def programs(*, host: str, port: int) -> dict[str, list[str]]:
    """Return the command line of each program of the product on one machine."""
    celery = [sys.executable, "-m", "celery", "--app", "pinole_service", "--quiet"]
    quiet_worker = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return {
        "web": [
            sys.executable, "-m", "gunicorn", "pinole_service.wsgi:application",
            "--bind", f"{host}:{port}", "--worker-class", "gthread", "--workers", "1", "--threads", "8",
            "--timeout", "60", "--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket",
        ],
        "worker": [*celery, "worker", "--queues", "celery,jobs", "--concurrency", "3", *quiet_worker],
        "beat": [*celery, "beat"],
    }  # fmt: skip


def own_environment() -> dict[str, str]:
    """Return the environment programs start with: ours, and the settings named."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "pinole_service.settings"}
