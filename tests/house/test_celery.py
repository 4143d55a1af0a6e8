"""Celery is set up so that a lost, late or doubled message does no harm."""

import pytest
import yaml

from pinole_service.celery import BEAT_SCHEDULE, MINUTE, TICKS, app
from pinole_service.environment import broker_options
from pinole_service.processes import programs
from tests.architecture.findings import ROOT


def longest_task_seconds() -> float:
    app.loader.import_default_modules()
    ours = [task for name, task in app.tasks.items() if name.startswith("requests_app.")]
    limits = [task.time_limit or app.conf.task_time_limit for task in ours]
    return float(max([*limits, app.conf.task_time_limit]))


def test_every_tick_is_a_task_that_exists() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_every_tick_is_a_plain_interval_that_expires_before_the_next() -> None:
    for entry in BEAT_SCHEDULE.values():
        assert isinstance(entry["schedule"], float)  # seconds; a crontab would be an object
        assert 0 < entry["options"]["expires"] < entry["schedule"]


def test_the_sweep_ticks_every_minute_and_mail_four_times_as_often() -> None:
    assert BEAT_SCHEDULE["requests_app.tasks.sweep_clocks"]["schedule"] == MINUTE
    assert BEAT_SCHEDULE["requests_app.tasks.send_due_mail"]["schedule"] == MINUTE / 4


def test_a_message_is_handed_out_again_only_long_after_its_task_must_have_ended() -> None:
    assert broker_options("redis://broker.city.test/0")["visibility_timeout"] >= 2 * longest_task_seconds()


def test_every_queue_has_a_worker_on_one_machine_and_in_production() -> None:
    used = {app.amqp.router.route({}, task)["queue"].name for task in TICKS}
    embedded = programs(host="127.0.0.1", port=8000)["worker"]
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert used == {"celery", "jobs"}
    assert set(queues(embedded)) == used
    assert {*queues(compose["worker"]["command"]), *queues(compose["jobs"]["command"])} == used


def queues(command: list[str]) -> list[str]:
    return command[command.index("--queues") + 1].split(",")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("task_acks_late", True),
        ("task_reject_on_worker_lost", True),
        ("worker_prefetch_multiplier", 1),
        ("result_backend", None),
        ("accept_content", ["json"]),
        ("task_serializer", "json"),
        ("broker_connection_max_retries", None),
        ("timezone", "UTC"),
    ],
)
def test_a_setting_that_reliability_rests_on(setting: str, value: object) -> None:
    assert app.conf[setting] == value
