"""Which files are taken: an allow-list by extension, each with what its content must show itself to be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

HEAD_BYTES = 8192


class FileRefusal(StrEnum):
    """Why a file was not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TYPE = "type"
    CONTENT = "content"


class FileRefused(Exception):
    """A file that is not taken; nothing was stored."""

    def __init__(self, refusal: FileRefusal, *, name: str, limit: int = 0) -> None:
        super().__init__(refusal.value)
        self.refusal, self.name, self.limit = refusal, name, limit


@dataclass(frozen=True, slots=True)
class FileType:
    """What a file is served as, and what its first bytes must be recognised as; None for text."""

    content_type: str
    recognised_as: frozenset[str] | None


def _of(content_type: str, *also: str) -> FileType:
    return FileType(content_type, frozenset({content_type, *also}))


_OFFICE = "application/vnd.openxmlformats-officedocument"
_JPEG, _TIFF = _of("image/jpeg"), _of("image/tiff")
# No SVG and no HTML: they are programs. No older Office formats and none with macros: they can be.
FILE_TYPES: Mapping[str, FileType] = {
    "pdf": _of("application/pdf"),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": _of("image/png", "image/apng"),
    "gif": _of("image/gif"),
    "webp": _of("image/webp"),
    "heic": _of("image/heic"),
    "tif": _TIFF,
    "tiff": _TIFF,
    "docx": _of(f"{_OFFICE}.wordprocessingml.document"),
    "xlsx": _of(f"{_OFFICE}.spreadsheetml.sheet"),
    "odt": _of("application/vnd.oasis.opendocument.text"),
    "ods": _of("application/vnd.oasis.opendocument.spreadsheet"),
    "mp3": _of("audio/mpeg"),
    "m4a": _of("audio/mp4"),
    "wav": _of("audio/x-wav"),
    "mp4": _of("video/mp4"),
    "mov": _of("video/quicktime"),
    "txt": FileType("text/plain", None),
    "csv": FileType("text/csv", None),
    "eml": FileType("message/rfc822", None),
}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
# What a browser that guesses would take for a page or a picture with scripts.
_MARKUP = re.compile(rb"^(?:\xef\xbb\xbf)?[\s\x00]*<\s*[!?a-z]", re.IGNORECASE)
_HEADER = re.compile(rb"^(?:\xef\xbb\xbf)?(?:From |[!-9;-~]+:)")


def file_type(extension: str, *, recognised: str | None, head: bytes) -> FileType | None:
    """Say what a file is by its extension, if its first bytes agree; None if they do not or it is not on the list."""
    found = FILE_TYPES.get(extension)
    if found is None or (found.recognised_as is not None and recognised not in found.recognised_as):
        return None
    if found.recognised_as is None and (recognised is not None or not _is_text(head)):
        return None
    is_letter = found.content_type == "message/rfc822"
    return None if is_letter and not _HEADER.match(head) else found


def _is_text(head: bytes) -> bool:
    """Say whether these are words and no markup."""
    if head.startswith(_UTF_16):
        head = head.decode("utf-16", errors="replace").encode()
    return not _CONTROLS.search(head) and not _MARKUP.match(head)
