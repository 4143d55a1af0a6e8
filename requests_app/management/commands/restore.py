"""Restore a backup into an empty database and attachments folder, and compare it with its manifest."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.domain.backups import InvalidBackup
from requests_app.services.restores import Restored, restore_backup


class Command(BaseCommand):
    help = "Restore a backup into an empty place. The copy sends nothing until `start_sending`."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="say how it went as one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"there is no file {options['file']}.")
        try:
            restored = restore_backup(options["file"], at=timezone.now())
        except (InvalidBackup, OSError) as error:
            raise CommandError(f"nothing was restored: {error}") from error
        self.stdout.write(restored.to_json() if options["json"] else _sentence(restored))
        if not restored.is_whole:
            raise CommandError("the copy is not whole:\n  " + "\n  ".join(restored.differences))


def _sentence(restored: Restored) -> str:
    manifest = restored.manifest
    return (
        f"Restored the backup of {manifest.made_at}: {manifest.rows} rows in {len(manifest.tables)} tables and "
        f"{len(manifest.attachments)} attachments.\n"
        "This copy sends nothing. When it should: manage.py start_sending"
    )
