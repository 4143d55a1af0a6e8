"""What comes in as a file: judged by name, size and content before anything is stored."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import filetype
from django.conf import settings
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.file_names import extension_of, safe_name
from requests_app.domain.file_types import FILE_TYPES, HEAD_BYTES, FileRefusal, FileRefused, file_type

_WORDS: dict[FileRefusal, str | Promise] = {
    FileRefusal.EMPTY: _("%(name)s is empty. Choose the file again."),
    FileRefusal.TOO_LARGE: _("%(name)s is larger than %(limit)s. Send a smaller copy, or several parts."),
    FileRefusal.TYPE: _("%(name)s is of a kind that is not taken. Save it as PDF and choose that copy."),
    FileRefusal.CONTENT: _("%(name)s is not what its name says. Open it, save it anew and choose that copy."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingFile:
    """A file that may be stored; only `checked_file` makes one."""

    name: str
    content_type: str
    chunks: Callable[[], Iterator[bytes]]


def checked_file(given_name: str, content: "File[bytes]") -> IncomingFile:
    """Judge a file by its name, its size and its first bytes, never by what the sender says it is.

    Raises FileRefused. Nothing is unpacked: a bomb stays packed.
    """
    name, limit = safe_name(given_name), settings.ATTACHMENT_MAX_BYTES
    extension = extension_of(name)
    if extension not in FILE_TYPES:
        raise FileRefused(FileRefusal.TYPE, name=name)
    if not content.size:
        raise FileRefused(FileRefusal.EMPTY, name=name)
    if content.size > limit:
        raise FileRefused(FileRefusal.TOO_LARGE, name=name, limit=limit)
    content.seek(0)
    head = content.read(HEAD_BYTES)
    found = file_type(extension, recognised=filetype.guess_mime(head), head=head)
    if found is None:
        raise FileRefused(FileRefusal.CONTENT, name=name)
    return IncomingFile(name=name, content_type=found.content_type, chunks=content.chunks)


def file_refusal_text(refused: FileRefused) -> str:
    """Put a refusal into the reader's language."""
    return str(_WORDS[refused.refusal]) % {"name": refused.name, "limit": filesizeformat(refused.limit)}
