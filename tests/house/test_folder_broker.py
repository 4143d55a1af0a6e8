"""The broker of one machine, with programs that start at once and are killed at any moment."""

import multiprocessing
from collections.abc import Iterator
from multiprocessing.synchronize import Barrier
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection, Exchange, Queue

from pinole_service.environment import broker_options
from pinole_service.folder_broker import Channel, Transport, use_folder_broker

EXCHANGE = Exchange("ticks", type="direct")
PROGRAMS, ROUNDS = 6, 25


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Any]:
    use_folder_broker()
    with _open(tmp_path) as opened:
        opened.transport.state.clear()  # what one process knows of its bindings; each test has a folder of its own
        yield opened


def _queue(number: int = 0) -> Any:  # the stubs know names of queues only
    return Queue(f"q{number}", EXCHANGE, routing_key=f"q{number}")


def _open(folder: Path) -> Any:
    return Connection("filesystem://", transport_options=broker_options(f"filesystem://{folder}"))


def _messages(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "messages").iterdir())


def test_the_product_speaks_through_it(connection: Any) -> None:
    assert isinstance(connection.transport, Transport)
    assert isinstance(connection.default_channel, Channel)


def test_what_is_sent_arrives_in_order_and_leaves_nothing(connection: Any, tmp_path: Path) -> None:
    sender = connection.SimpleQueue(_queue())
    for number in range(20):
        sender.put({"number": number})
    assert [sender.get(block=False).payload["number"] for _ in range(20)] == list(range(20))
    assert _messages(tmp_path) == []


def test_a_message_that_is_being_written_is_not_taken(connection: Any, tmp_path: Path) -> None:
    box = connection.SimpleQueue(_queue())
    box.put("whole")
    (whole,) = _messages(tmp_path)
    whole.rename(whole.with_name(f"{whole.name}.unfinished"))
    with pytest.raises(Empty):
        box.get(block=False)
    _messages(tmp_path)[0].rename(whole)
    assert box.get(block=False).payload == "whole"


def test_a_message_whose_writer_was_killed_is_passed_over(connection: Any, tmp_path: Path) -> None:
    box = connection.SimpleQueue(_queue())
    box.put("next")
    (tmp_path / "messages" / "0_killed.q0.msg").touch()
    with pytest.raises(Empty):
        box.get(block=False)
    assert box.get(block=False).payload == "next"


def test_a_table_whose_writer_was_killed_is_written_anew(connection: Any, tmp_path: Path) -> None:
    (tmp_path / "control" / "ticks.exchange").touch()
    box = connection.SimpleQueue(_queue())
    box.put("heard")
    assert box.get(block=False).payload == "heard"


def test_programs_that_start_at_once_all_find_every_queue(tmp_path: Path) -> None:
    """Binding reads and writes one table: without a lock a program reads it empty, and stops."""
    context = multiprocessing.get_context("fork")
    for round_number in range(ROUNDS):
        folder, barrier = tmp_path / str(round_number), context.Barrier(PROGRAMS)
        programs = [context.Process(target=_start, args=(folder, number, barrier)) for number in range(PROGRAMS)]
        broker_options(f"filesystem://{folder}")
        for program in programs:
            program.start()
        for program in programs:
            program.join(timeout=30)
        assert [program.exitcode for program in programs] == [0] * PROGRAMS
        with _open(folder) as after:
            bound = {row.queue for row in after.default_channel.get_table("ticks")}
        assert bound == {f"q{number}" for number in range(PROGRAMS)}


def _start(folder: Path, number: int, barrier: Barrier) -> None:
    use_folder_broker()
    with _open(folder) as connection:
        connection.transport.state.clear()
        barrier.wait(timeout=20)
        connection.SimpleQueue(_queue(number)).put(number)
