"""`make test`: the whole suite on the embedded default, then again on PostgreSQL and Redis."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from tests import environment

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}


def main(arguments: Sequence[str]) -> int:
    """Run both halves, each even if the other failed, and return the worst exit code."""
    print("== SQLite, filesystem broker, browser ==", flush=True)
    codes = [_without_chromium(), _run_half("embedded", arguments, processes=2)]
    silent = [url for url in environment.service_urls() if not environment.answers(url)]
    if silent:
        places = " and ".join(_place(url) for url in silent)
        print(
            f"NOT RUN on PostgreSQL and Redis: nothing answers at {places}. Start them "
            "(apt-get install postgresql redis-server), or set TEST_DATABASE_URL and TEST_BROKER_URL.",
            flush=True,
        )
        codes.append(1 if IN_CI else 0)
    else:
        print("== PostgreSQL, Redis, browser smoke ==", flush=True)
        # One more than there are cores: the tests of failures wait for minutes, for other programs and their clocks.
        codes.append(_run_half("services", ["-m", "not browser or smoke", *arguments], processes=3))
    return max(codes)


def _run_half(kind: str, arguments: Sequence[str], *, processes: int) -> int:
    command = [sys.executable, "-m", "pytest", "--quiet", "-n", str(processes), "--dist", "worksteal", *arguments]
    # Compiled modules are kept: else every process here, and every program it starts, compiles all of ours anew.
    keeping = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(command, env={**keeping, "TEST_ON": kind}, check=False).returncode


def _without_chromium() -> int:
    if shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"):
        return 0
    print("NOT RUN in a browser: no Chromium found (apt-get install chromium).", flush=True)
    return 1 if IN_CI else 0


def _place(url: str) -> str:
    # Never the whole address: it may hold a password.
    return url.rpartition("@")[2].removeprefix("redis://").partition("/")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
