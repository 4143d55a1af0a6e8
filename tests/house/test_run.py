"""`make run`: one command, three programs, one log, a clean stop, and one clear line when it cannot start."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.architecture.findings import ROOT
from tests.house.programs import embedded, free_port, run

pytestmark = pytest.mark.once
START_SECONDS = 90
COMMAND = ["manage.py", "run_local"]


def start(folder: Path, port: int) -> "subprocess.Popen[str]":
    environment = {"PATH": os.environ["PATH"], **embedded(folder, PORT=str(port), DEMO_REQUESTS="30")}
    with (folder / "log").open("w") as log:
        return subprocess.Popen(
            [sys.executable, *COMMAND],
            env=environment,
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )


def wait_for(folder: Path, words: str, process: "subprocess.Popen[str]") -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        text = (folder / "log").read_text()
        if words in text:
            return text
        assert process.poll() is None, text
        time.sleep(0.1)
    raise AssertionError(f"{words!r} never came:\n{(folder / 'log').read_text()}")


def group_members(group: int) -> list[int]:
    listed = subprocess.run(["ps", "-eo", "pgid=,pid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in listed.splitlines()]
    return [int(pid) for pgid, pid, state in rows if int(pgid) == group and not state.startswith("Z")]


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int, "subprocess.Popen[str]"]]:
    folder, port = tmp_path_factory.mktemp("run"), free_port()
    process = start(folder, port)
    try:
        wait_for(folder, "answers at", process)
        yield folder, port, process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_run_answers_tells_the_logins_ticks_and_stops_without_orphans(
    first_start: tuple[Path, int, "subprocess.Popen[str]"],
) -> None:
    folder, port, process = first_start
    text = wait_for(folder, "password for all", process)
    assert f"http://127.0.0.1:{port}/" in text
    assert len(re.findall(r"@pinole\.example", text)) >= 5
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=10) as page:
        assert page.status == 200
    wait_for(folder, "worker | ", process)

    os.kill(process.pid, signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert "Stopped." in (folder / "log").read_text()
    assert group_members(process.pid) == []

    began = time.monotonic()
    again = start(folder, port)
    try:
        wait_for(folder, "answers at", again)
        # 5 s is the promise on an idle machine; a busy one running tests is allowed three times that.
        assert time.monotonic() - began < 15
    finally:
        os.killpg(again.pid, signal.SIGTERM)
        assert again.wait(timeout=30) == 0
    assert group_members(again.pid) == []


def one_line(result: "subprocess.CompletedProcess[str]") -> str:
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    return lines[0]


def test_a_busy_port_gives_one_clear_line(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        line = one_line(run(COMMAND, embedded(tmp_path, PORT=str(port))))
    assert f"port {port}" in line
    assert f"PORT={port + 1}" in line


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "http", "PORT must be a number"),
        ("DATABASE_URL", "postgres://service:secret@127.0.0.1:1/service", "database at postgres://127.0.0.1:1/service"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all.sqlite3", "database at /nowhere/at/all.sqlite3"),
        ("BROKER_URL", "redis://:secret@127.0.0.1:1/0", "broker at redis://127.0.0.1:1/0 does not answer"),
        ("EMAIL_URL", "carrier-pigeon", "EMAIL_URL"),
    ],
)
def test_what_cannot_be_reached_gives_one_clear_line(tmp_path: Path, name: str, value: str, words: str) -> None:
    line = one_line(run(COMMAND, embedded(tmp_path, **{"PORT": str(free_port()), name: value})))
    assert words in line
    assert "secret" not in line


def test_a_missing_python_gives_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text())
    (tmp_path / "requirements-run.txt").touch()
    result = subprocess.run(
        ["make", "--silent", "run", "PYTHON="], cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False
    )
    assert result.returncode != 0
    assert "error: Python 3.11 or newer was not found" in result.stderr
    assert "Traceback" not in result.stderr
