"""The compose file is sound, and the programs it names work together on PostgreSQL and Redis."""

import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
import yaml
from django.conf import settings

from pinole_service.probe import answer
from tests.architecture.findings import ROOT
from tests.house.programs import PRODUCTION, free_port, run

ASKED_FOR = {
    "SITE_ADDRESS": "service.city.test",
    "SECRET_KEY": PRODUCTION["SECRET_KEY"],
    "AUDIT_KEY": PRODUCTION["AUDIT_KEY"],
    "POSTGRES_PASSWORD": "postgres-password",
    "RUNTIME_PASSWORD": "runtime-password",
    "REDIS_PASSWORD": "redis-password",
    "EMAIL_URL": PRODUCTION["EMAIL_URL"],
    "DEFAULT_FROM_EMAIL": PRODUCTION["DEFAULT_FROM_EMAIL"],
}
READY_SECONDS = 60
RUNTIME_ROLE = "service_runtime"


def compose_program() -> list[str]:
    for candidate in (["docker", "compose"], ["docker-compose"]):
        if not shutil.which(candidate[0]):
            continue
        if subprocess.run([*candidate, "version"], check=False, capture_output=True).returncode == 0:
            return candidate
    if os.environ.get("CI"):
        pytest.fail("neither docker compose nor docker-compose is here to validate docker-compose.yml")
    pytest.skip("neither docker compose nor docker-compose is installed")


def compose_config(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    command = [*compose_program(), "--file", str(ROOT / "docker-compose.yml"), "config"]
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment}
    # Away from a developer's own .env.
    return subprocess.run(
        command, env=environment, cwd=ROOT / "deploy", capture_output=True, text=True, timeout=60, check=False
    )


def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    return found


@pytest.mark.once
def test_the_compose_file_is_valid() -> None:
    result = compose_config(ASKED_FOR)
    assert result.returncode == 0, result.stderr
    assert set(yaml.safe_load(result.stdout)["services"]) == set(services())


@pytest.mark.once
@pytest.mark.parametrize("name", sorted(ASKED_FOR))
def test_there_is_no_default_for_what_must_be_chosen(name: str) -> None:
    result = compose_config({key: value for key, value in ASKED_FOR.items() if key != name})
    assert result.returncode != 0
    assert f"set {name} in .env" in result.stderr


@pytest.mark.once
def test_the_example_names_everything_that_is_asked_for() -> None:
    lines = (ROOT / "deploy/env.example").read_text().splitlines()
    named = {line.partition("=")[0]: line.partition("=")[2] for line in lines if "=" in line and line[0] != "#"}
    assert set(ASKED_FOR) <= set(named)
    assert [name for name, value in named.items() if value and ("KEY" in name or "PASSWORD" in name)] == []


@pytest.mark.once
def test_every_lasting_service_is_watched_and_the_web_runs_twice() -> None:
    unwatched = [name for name, each in services().items() if name != "migrate" and "healthcheck" not in each]
    assert unwatched == []
    assert services()["web"]["deploy"]["replicas"] == 2


@pytest.mark.once
def test_the_image_is_slim_and_runs_as_nobody_special() -> None:
    final_stage = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    assert "slim" in final_stage.splitlines()[0]
    assert "\nUSER service\n" in final_stage
    assert not any(word in final_stage for word in ("pip install", "gcc", "build-essential", "requirements.txt"))
    # The libraries PDF is drawn with and the client backups are made with, and no trace of having installed them.
    assert final_stage.count("apt-get install") == 1
    assert "--no-install-recommends" in final_stage
    assert "rm -rf /var/lib/apt/lists/*" in final_stage


@pytest.mark.once
def test_static_files_are_collected_under_names_of_their_content(tmp_path: Path) -> None:
    environment = {**PRODUCTION, "VAR_DIR": str(tmp_path), "STATIC_ROOT": str(tmp_path / "static")}
    result = run(["manage.py", "collectstatic", "--noinput", "--verbosity", "0"], environment)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "static/staticfiles.json").exists()
    assert list((tmp_path / "static").rglob("*.css.br"))


def docker_command() -> list[str]:
    text = (ROOT / "Dockerfile").read_text().rpartition("\nCMD ")[2].replace("\\\n", "")
    command: list[str] = yaml.safe_load(text)
    return command


def as_started_here(command: list[str], port: int) -> list[str]:
    """Take a container's command, listening at a port of this machine."""
    if command[:2] == ["sh", "-c"]:
        return command
    arguments = [f"127.0.0.1:{port}" if each == "0.0.0.0:8000" else each for each in command[1:]]
    return [sys.executable, "-m", command[0], *arguments]


@pytest.fixture
def production(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Give the environment of production on a database of its own, with the role the programs sign in with."""
    name = f"pinole_native_{uuid.uuid4().hex[:8]}"
    server = psycopg2.connect(settings.DATABASE_URL)
    server.autocommit = True
    server.cursor().execute(f"CREATE DATABASE {name}")
    server.cursor().execute(f"CREATE ROLE {RUNTIME_ROLE} LOGIN CREATEDB PASSWORD '{ASKED_FOR['RUNTIME_PASSWORD']}'")
    bin_folder = str(Path(sys.executable).parent)
    yield {
        **PRODUCTION,
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
        "VAR_DIR": str(tmp_path),
        "STATIC_ROOT": str(tmp_path / "static"),
        "DATABASE_URL": urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}")),
        "BROKER_URL": settings.BROKER_URL,
        "EMAIL_URL": f"file://{tmp_path}/mail",
    }
    server.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.cursor().execute(f"DROP ROLE {RUNTIME_ROLE}")
    server.close()


@pytest.mark.postgres
def test_the_programs_of_the_compose_file_work_together(tmp_path: Path, production: dict[str, str]) -> None:
    port = free_port()
    subprocess.run(services()["migrate"]["command"], env=production, cwd=ROOT, check=True, capture_output=True)
    production = as_runtime_role(production)
    commands = [docker_command(), *(services()[name]["command"] for name in ("worker", "jobs", "beat"))]
    with (tmp_path / "log").open("w") as log:
        processes = [
            subprocess.Popen(as_started_here(command, port), env=production, cwd=ROOT, stdout=log, stderr=log)
            for command in commands
        ]
    try:
        assert ready(port), (tmp_path / "log").read_text()[-4000:]
    finally:
        for process in processes:
            process.terminate()
        codes = [process.wait(timeout=30) for process in processes]
    assert codes == [0, 0, 0, 0]
    assert "Traceback" not in (tmp_path / "log").read_text()


def as_runtime_role(environment: dict[str, str]) -> dict[str, str]:
    """Sign in as the role that does not own the tables, as every program but the migrations does."""
    parts = urlsplit(environment["DATABASE_URL"])
    place = f"{RUNTIME_ROLE}:{ASKED_FOR['RUNTIME_PASSWORD']}@{parts.hostname}:{parts.port or 5432}"
    return {**environment, "DATABASE_URL": urlunsplit(parts._replace(netloc=place))}


@pytest.mark.postgres
def test_a_restore_is_proven_under_the_role_of_the_programs(production: dict[str, str]) -> None:
    subprocess.run(services()["migrate"]["command"], env=production, cwd=ROOT, check=True, capture_output=True)
    done = run(["manage.py", "restore_drill"], as_runtime_role(production))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Proven:" in done.stdout


def ready(port: int) -> bool:
    """Wait until database, broker and the first sweep are well."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            if answer("ready", host=PRODUCTION["ALLOWED_HOSTS"], port=port) == 200:
                return True
        except OSError:
            pass
        time.sleep(0.2)
    return False
