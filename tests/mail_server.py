"""A real SMTP server for tests, which can be told to misbehave."""

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings

ACCEPT = "250 taken"
DROP_AFTER_DATA = "drop"
HANG = "hang"
logging.getLogger("mail.log").setLevel(logging.WARNING)  # else each command of each mail is a line
Answer = Callable[[EmailMessage], str]


def _accept(message: EmailMessage) -> str:
    return ACCEPT


@dataclass
class MailServer:
    """What arrived, in order; `answer` decides what the server says to each message after its data."""

    port: int
    answer: Answer = _accept
    taken: list[EmailMessage] = field(default_factory=list)
    seen: list[EmailMessage] = field(default_factory=list)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's
        message = message_from_bytes(bytes(envelope.original_content or b""), policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.seen.append(message)
        reply = self.answer(message)
        if reply == DROP_AFTER_DATA:
            # The server took the mail, and the connection broke before it could say so.
            self.taken.append(message)
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            return "421 closing"
        if reply == HANG:
            await self.released.wait()
            return "451 hung"
        if reply.startswith("250"):
            self.taken.append(message)
        return reply


@contextmanager
def running_mail_server(answer: Answer = _accept) -> Iterator[MailServer]:
    """Run the server on a free port, with the product's settings pointing at it."""
    server = MailServer(port=free_port(), answer=answer)
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=server.port,
            EMAIL_HOST_USER="",
            EMAIL_HOST_PASSWORD="",
            EMAIL_USE_TLS=False,
            EMAIL_USE_SSL=False,
        ):
            yield server
    finally:
        controller.loop.call_soon_threadsafe(server.released.set)
        controller.stop()


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
