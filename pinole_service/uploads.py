"""How much may be sent to us at once."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUploadHandler(FileUploadHandler):
    """Refuse an upload larger than settings.UPLOAD_MAX_BYTES before it fills the disk; the answer is a 413.

    Django's own limit leaves files out, and forms are read before anybody asks who sends them.
    """

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Judge by the length the sender announces; no server reads on beyond it."""
        content_length: int = args[2]
        if content_length > settings.UPLOAD_MAX_BYTES:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the bytes on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
