"""Verify the audit trail and name the first broken row."""

import os
from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.selectors.verification import InvalidHead, verify_trail
from requests_app.services.seals import record_verification


class Command(BaseCommand):
    help = (
        "Walk the whole audit trail, check every entry and its seal, and name the first that is broken (exit code 1)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head", default="", metavar="HEAD", help="a head as it was mailed, or the whole text of that mail"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started, now = perf_counter(), timezone.now()
        try:
            found = verify_trail(now=now, head=options["head"], processes=os.cpu_count() or 1)
        except InvalidHead:
            raise CommandError("--head holds no head: a number, a hyphen and 64 hexadecimal digits.") from None
        record_verification(found, started_at=now, at=timezone.now())
        if found.fault is not None:
            raise CommandError(f"BROKEN: {found.fault}")
        seconds = perf_counter() - started
        self.stdout.write(
            f"Whole: {found.entries} entries, {found.unsealed} of them waiting for their seal, in {seconds:.1f} s."
        )
        self.stdout.write(f"Head: {found.head}")
