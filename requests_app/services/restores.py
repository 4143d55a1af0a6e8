"""Restore a backup into an empty installation and prove that it is whole; it sends nothing until told to (A14)."""

import json
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from requests_app.domain.backups import (
    ATTACHMENTS,
    DATABASE,
    MANIFEST,
    InvalidBackup,
    Manifest,
    differences,
    read_manifest,
)
from requests_app.models import RestoreDrill
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.verification import verify_trail
from requests_app.services.backups import audit_key_print, digest_of
from requests_app.services.database_copies import count_rows, load_database
from requests_app.services.events import record_audit

# The pause that a restore adds is the one row a copy has and its original has not.
_PAUSES = "requests_app_sendingpause"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and every line in which it differs from the manifest: none when it is whole."""

    manifest: Manifest
    differences: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether counts, hashes and the audit chain are those of the backup."""
        return not self.differences

    def to_json(self) -> str:
        """Give the outcome as one line, for whoever started the restore as a program of its own."""
        return json.dumps(
            {
                "rows": self.manifest.rows,
                "attachments": len(self.manifest.attachments),
                "differences": list(self.differences),
            }
        )


def restore_backup(path: Path, *, at: datetime) -> Restored:
    """Restore a backup file into the empty database and attachments folder of the settings.

    Raises InvalidBackup where the file is damaged or the place is not empty; nothing is restored then.
    """
    root = Path(settings.ATTACHMENTS_ROOT)
    if root.is_dir() and any(root.rglob("*")):
        raise InvalidBackup(f"{root} is not empty. Restore into a new place: a restore never overwrites.")
    root.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root.parent, prefix=".restoring-") as scratch:
        manifest = _unpack(path, Path(scratch))
        _refuse_what_does_not_fit(manifest)
        load_database(Path(scratch) / DATABASE, at=at)
        unpacked = Path(scratch) / ATTACHMENTS
        if unpacked.is_dir():
            root.mkdir(parents=True, exist_ok=True)
            shutil.copytree(unpacked, root, dirs_exist_ok=True)
    restored = Restored(manifest, tuple(_differences(manifest, root)))
    record_audit("backup_restored", RestoreDrill, actor=SYSTEM, at=at, fields={"whole": restored.is_whole})
    return restored


def _unpack(path: Path, to: Path) -> Manifest:
    try:
        with tarfile.open(path, mode="r:") as archive:
            archive.extractall(to, filter="data")  # the filter refuses what leads out of the folder  # nosec B202
    except (tarfile.TarError, OSError) as error:
        raise InvalidBackup(f"{path.name} cannot be read: {error}") from error
    if not (to / MANIFEST).is_file():
        raise InvalidBackup(f"{path.name} has no manifest: it is no backup, or it was cut off.")
    manifest = read_manifest((to / MANIFEST).read_text(encoding="utf-8"))
    found = {each.relative_to(to).as_posix(): digest_of(each) for each in to.rglob("*") if each.is_file()}
    found.pop(MANIFEST)
    if wrong := differences(manifest.files, found, what="file"):
        raise InvalidBackup(f"{path.name} was changed after it was made: {wrong[0]}")
    return manifest


def _refuse_what_does_not_fit(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise InvalidBackup(f"The backup is of {manifest.vendor}, the database here is {connection.vendor}.")
    ours = dict(MigrationLoader(None).graph.leaf_nodes("requests_app"))["requests_app"]
    if manifest.migration != ours:
        raise InvalidBackup(
            f"The backup was made by the version with migration {manifest.migration}; this one has {ours}. "
            "Restore it with the version that made it, then update."
        )


def _differences(manifest: Manifest, root: Path) -> list[str]:
    counted = count_rows()
    if counted.get(_PAUSES):
        counted[_PAUSES] -= 1
    files = {each.relative_to(root).as_posix(): digest_of(each) for each in root.rglob("*") if each.is_file()}
    found = differences(manifest.tables, counted, what="rows of")
    found += differences(manifest.attachments, files, what="attachment")
    if manifest.audit_key != audit_key_print():
        return [*found, "AUDIT_KEY is another one here, so the audit trail cannot be verified."]
    return found + _faults_of_audit(manifest)


def _faults_of_audit(manifest: Manifest) -> list[str]:
    # As of the backup: what waited for its seal then has waited ever since.
    made_at = datetime.fromisoformat(manifest.made_at)
    fault = verify_trail(now=made_at, head=manifest.audit_head).fault
    return [f"audit trail, entry {fault.entry_id}: {fault.kind}"] if fault else []
