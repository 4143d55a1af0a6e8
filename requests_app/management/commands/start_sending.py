"""Let a restored copy send mail from now on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from requests_app.selectors.access import SYSTEM
from requests_app.services.sending import start_sending


class Command(BaseCommand):
    help = "End the pause a restored copy begins with. Only where the original no longer sends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--skip-waiting", action="store_true", help="give up what was waiting when the backup was made"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        skipped = start_sending(actor=SYSTEM, at=timezone.now(), skip_waiting=options["skip_waiting"])
        if skipped is None:
            self.stdout.write("Sending is not paused: nothing to do.")
        else:
            self.stdout.write(f"Sending has started. Mails given up: {skipped}.")
