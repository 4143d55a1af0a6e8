"""Make a backup: database, attachments and the head of the audit trail in one file with its manifest (A14)."""

import hashlib
import hmac
import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from requests_app.domain.backups import ATTACHMENTS, DATABASE, FORMAT, MANIFEST, Manifest
from requests_app.domain.seals import Link
from requests_app.models import RestoreDrill
from requests_app.selectors.access import Actor
from requests_app.selectors.backups import PREFIX, SUFFIX, backup_files
from requests_app.selectors.seals import chain_end
from requests_app.services.database_copies import copy_database
from requests_app.services.events import record_audit
from requests_app.services.seals import seal_audit_entries

_CHUNK = 1 << 20


def make_backup(*, folder: Path, actor: Actor, at: datetime) -> Path:
    """Write a backup into a folder while everybody works on, and give its path.

    The file appears under its name only when it is whole. Raises InvalidBackup where the database cannot be copied,
    OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{PREFIX}{at.astimezone(UTC):%Y%m%d-%H%M%S}{SUFFIX}"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as scratch:
        draft = Path(scratch) / "draft"
        manifest = _write(draft, Path(scratch) / DATABASE, at=at)
        draft.chmod(0o600)
        draft.replace(path)
    record_audit("backup_made", RestoreDrill, actor=actor, at=at, fields={"name": path.name}, count=manifest.rows)
    return path


def prune_backups(*, folder: Path, keep: int) -> list[str]:
    """Delete all but the newest backups of a folder, and give the names of those that went."""
    gone = [backup.name for backup in backup_files(folder)[max(keep, 1) :]]
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    return gone


def _audit_head() -> str:
    end = chain_end()
    return str(Link(end.sequence, end.chain_hash)) if end else ""


def audit_key_print() -> str:
    """Give what tells this installation's audit key from another without telling the key."""
    return hmac.new(settings.AUDIT_KEY.encode(), b"which key", hashlib.sha256).hexdigest()[:16]


def digest_of(path: Path) -> str:
    """Compute the SHA-256 of a file in constant memory."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _write(draft: Path, database: Path, *, at: datetime) -> Manifest:
    # Seal and note the head first: whatever comes after, a whole copy holds this one.
    seal_audit_entries(now=at)
    head = _audit_head()
    copied = copy_database(database)
    files = {}
    with _archive(draft) as archive:
        # Attachments after the rows: a file is there before its row is, and never changes.
        members = [(DATABASE, database), *((f"{ATTACHMENTS}{name}", path) for name, path in _attachments())]
        for name, path in members:
            # Destroyed by a disposal since we looked: its row is gone as well, or goes when the copy's own sweep runs.
            with suppress(FileNotFoundError):
                files[name] = digest_of(path)
                archive.add(path, arcname=name, recursive=False)
        manifest = Manifest(
            format=FORMAT,
            made_at=at.astimezone(UTC).isoformat(),
            vendor=connection.vendor,
            migration=copied.migration,
            tables=copied.tables,
            files=files,
            audit_head=head,
            audit_key=audit_key_print(),
        )
        _add_text(archive, MANIFEST, manifest.to_json())
    return manifest


@contextmanager
def _archive(draft: Path) -> Iterator[tarfile.TarFile]:
    with draft.open("wb") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
            yield archive
        file.flush()
        os.fsync(file.fileno())


def _attachments() -> Iterator[tuple[str, Path]]:
    root = Path(settings.ATTACHMENTS_ROOT)
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file():
            yield path.relative_to(root).as_posix(), path


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))
