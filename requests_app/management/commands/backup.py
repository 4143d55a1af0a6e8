"""Back up database, attachments and the head of the audit trail into one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.domain.backups import InvalidBackup
from requests_app.selectors.access import SYSTEM
from requests_app.services.backups import make_backup, prune_backups


class Command(BaseCommand):
    help = "Write a backup while everybody works on, and print its path."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.BACKUP_DIR, help="folder (default: BACKUP_DIR)")
        parser.add_argument("--keep", type=int, help="delete all but this many backups of the folder afterwards")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path = make_backup(folder=options["to"], actor=SYSTEM, at=timezone.now())
        except (InvalidBackup, OSError) as error:
            raise CommandError(f"no backup was made: {error}") from error
        self.stdout.write(str(path))
        if options["keep"] is not None:
            for name in prune_backups(folder=options["to"], keep=options["keep"]):
                self.stderr.write(f"deleted {name}")
