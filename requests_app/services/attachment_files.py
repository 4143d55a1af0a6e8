"""The files behind attachments: written whole or not at all, under random names, and swept where no row knows them."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import structlog
from django.conf import settings

from requests_app.models import Attachment
from requests_app.models.attachments import attachment_path
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.attachments import keys_without_row
from requests_app.services.events import record_audit
from requests_app.services.uploads import IncomingFile

_PART = ".part"
_OURS = re.compile(r"[0-9a-f]{32}(\.part)?")
# A file is there before its row is; no upload takes this long.
GRACE = timedelta(hours=1)
# More files than this, and more than half of all: then not the files are wrong but the database they are held against.
MOST_ORPHANS = 20
_BATCH = 500

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the disk that has no row yet."""

    key: UUID
    size: int
    sha256: str


def store_file(incoming: IncomingFile) -> StoredFile:
    """Write a file under a new random name; it has its name only once every byte is on the disk."""
    key = uuid4()
    target = attachment_path(key.hex)
    target.parent.mkdir(parents=True, exist_ok=True)
    part, digest = target.with_suffix(_PART), hashlib.sha256()
    try:
        with part.open("xb") as file:
            for chunk in incoming.chunks():
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        part.rename(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)
    return StoredFile(key, size, digest.hexdigest())


def remove_files(keys: Iterable[UUID]) -> None:
    """Take files off the disk; one that is gone already is no failure."""
    for key in keys:
        attachment_path(key.hex).unlink(missing_ok=True)


def sweep_orphan_files(*, now: datetime) -> dict[str, int]:
    """Remove files that no row knows and unfinished ones, as a crash leaves them; may run at any time.

    Removes nothing where most files have no row: then this is the wrong database for these files.
    """
    settled = [path for path in _files() if datetime.fromtimestamp(path.stat().st_mtime, tz=now.tzinfo) < now - GRACE]
    unfinished = [path for path in settled if path.suffix == _PART]
    whole = [path for path in settled if path.suffix != _PART]
    unknown = _without_row(whole)
    orphans = [path for path in whole if path.name in unknown]
    if len(orphans) > MOST_ORPHANS and 2 * len(orphans) > len(whole):
        logger.error("attachment_sweep_refused", orphans=len(orphans), files=len(whole))
        return {"orphans_removed": 0, "orphans_refused": len(orphans)}
    for path in (*unfinished, *orphans):
        path.unlink(missing_ok=True)
    removed = len(unfinished) + len(orphans)
    if removed:
        record_audit("attachment_files_swept", Attachment, actor=SYSTEM, at=now, count=removed)
    return {"orphans_removed": removed, "orphans_refused": 0}


def _files() -> Iterator[Path]:
    """Give the files that are ours; whatever else lies there is left alone."""
    return (path for path in Path(settings.ATTACHMENTS_ROOT).glob("??/*") if _OURS.fullmatch(path.name))


def _without_row(paths: list[Path]) -> set[str]:
    names = [path.name for path in paths]
    parts = (names[start : start + _BATCH] for start in range(0, len(names), _BATCH))
    return set().union(*(keys_without_row(part) for part in parts))


def _sync_folder(folder: Path) -> None:
    """Bring the new name itself to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
