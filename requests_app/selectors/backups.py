"""What copies there are, whether one was proven to restore, and whether this copy may send."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from requests_app.models import RestoreDrill, SendingPause

SUFFIX = ".tar"
PREFIX = "pinole-"


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup in the folder; `size` is in bytes, `made_at` when its file was finished."""

    name: str
    size: int
    made_at: datetime


def backup_files(folder: Path) -> list[BackupFile]:
    """List the backups in a folder, newest first; none where the folder does not exist yet."""
    found = [
        BackupFile(path.name, path.stat().st_size, datetime.fromtimestamp(path.stat().st_mtime, UTC))
        for path in (folder.glob(f"{PREFIX}*{SUFFIX}") if folder.is_dir() else ())
    ]
    return sorted(found, key=lambda backup: (backup.made_at, backup.name), reverse=True)


def standing_pause() -> SendingPause | None:
    """Give the pause in which nothing is sent, or None."""
    return SendingPause.objects.filter(ended_at__isnull=True).first()


def newest_drills(limit: int = 10) -> list[RestoreDrill]:
    """Give the last tries at restoring, newest first."""
    return list(RestoreDrill.objects.select_related("asked_by")[:limit])


def last_proven_restore() -> RestoreDrill | None:
    """Give the newest restore that was proven, or None."""
    return RestoreDrill.objects.filter(is_proven=True).first()
