"""The broker of one machine: kombu's folder of messages, for several programs that start and stop at any moment.

As it comes, a message and a table of queues can be read between being made and being written, or stay empty where
their writer was killed; whoever reads that stops for good. Here both appear whole,
and what is not whole is passed over.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

import structlog
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

SCHEME = "filesystem"
_UNFINISHED = ".unfinished"

logger = structlog.get_logger(__name__)


class Channel(filesystem.Channel):
    """A channel whose messages and tables are never seen half written."""

    def get_table(self, exchange: str) -> Any:
        """Give the queues of an exchange, whoever writes them at this moment."""
        with self._alone():
            return super().get_table(exchange)

    def _queue_bind(self, exchange: str, *names: Any) -> None:
        with self._alone():
            try:
                super()._queue_bind(exchange, *names)
            except ValueError:  # its writer was killed; everybody binds again at start
                Path(self.control_folder, f"{exchange}.exchange").unlink()
                super()._queue_bind(exchange, *names)

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]  # kombu names it both ways
        # No reader looks for a name with this ending; the renamed file is whole.
        whole = Path(self.data_folder_out, f"{time.time_ns()}_{uuid4()}.{queue}.msg")
        unfinished = whole.with_name(whole.name + _UNFINISHED)
        unfinished.write_text(dumps(payload), encoding="utf-8")
        unfinished.rename(whole)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """Take the next message. Raises Empty where there is none, or one that cannot be read: a later tick comes."""
        try:
            return super()._get(queue)
        except ValueError as error:
            logger.warning("message_unreadable", queue=queue, error=str(error))
            raise Empty from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock of the tables, across every program that uses the folder."""
        with Path(self.control_folder, "tables.lock").open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    """The transport behind filesystem://."""

    Channel = Channel


def use_folder_broker() -> None:
    """Let filesystem:// mean this transport, in every program of the product."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"
