"""Mail as files: each message becomes one .eml that any mail program opens."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_UNSAFE = re.compile(r"[^A-Za-z0-9.@_-]+")


class EmailBackend(BaseEmailBackend):
    """Write messages into a folder, named by Message-ID, so that sending one twice leaves one file."""

    def __init__(self, *, file_path: str | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.folder = Path(file_path or str(settings.EMAIL_FILE_PATH))

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message whole or not at all, and return how many were written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for email_message in email_messages:
            self._write(email_message)
        return len(email_messages)

    def _write(self, email_message: EmailMessage) -> None:
        message = email_message.message()
        name = _UNSAFE.sub("_", str(message["Message-ID"]).strip("<>"))[:200]
        partial = self.folder / f".{name}.{os.getpid()}.partial"
        partial.write_bytes(message.as_bytes())
        partial.replace(self.folder / f"{name}.eml")  # atomic: a reader never sees half a message
