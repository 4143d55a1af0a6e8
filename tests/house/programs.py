"""Starting the product's own programs, as its users do, in an environment that is wholly given."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.architecture.findings import ROOT

PRODUCTION = {
    "SECRET_KEY": "Zq3vN8rT5yLw1XcB7mKd9PfH2sJg4Ua6Eo0iRtYuQpWlMxVzKa8",
    "AUDIT_KEY": "aB4cD7eF1gH9iJ2kL8mN3oP6qR5sT0uVwXyZ-Zq3vN8rT5yLwQ2",
    "ALLOWED_HOSTS": "service.city.test",
    "DATABASE_URL": "postgres://service:secret@database.city.test:5432/service",
    "BROKER_URL": "redis://broker.city.test:6379/0",
    "EMAIL_URL": "submission://service:secret@mail.city.test",
    "DEFAULT_FROM_EMAIL": "City of Pinole <service@city.test>",
    "BEHIND_PROXY": "1",
}


def run(arguments: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments and nothing of our own environment but the path."""
    return subprocess.run(
        [sys.executable, *arguments],
        env={"PATH": os.environ["PATH"], **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def embedded(folder: Path, **more: str) -> dict[str, str]:
    """Give the environment of one machine's own copy in a folder."""
    return {"PINOLE_EMBEDDED": "1", "VAR_DIR": str(folder), **more}


def free_port() -> int:
    """Give a port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
