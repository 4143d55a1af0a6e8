"""Say whether a sealed packet is still what was sealed, file by file, and whether this city sealed it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from requests_app.domain.packets import REPORT, files_as_sealed
from requests_app.selectors.packets import packet_faults
from requests_app.services.pdf_drawing import drawn_by


class Command(BaseCommand):
    help = (
        "Hold the files of a packet against its manifest, and the manifest against the audit trail of this city; name "
        "whatever differs (exit code 1). Run verify_audit too: it proves the trail itself."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the ZIP as it was fetched")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from None
        found, faults = packet_faults(content)
        if faults or found is None:
            same = [f"  {name}: as it was sealed." for name in files_as_sealed(found)] if found else []
            raise CommandError("NOT INTACT\n" + "\n".join([*(f"  {fault}" for fault in faults), *same]))
        manifest = found.manifest
        self.stdout.write(
            f"Intact: {manifest['month']}, revision {manifest['revision']}, as of {manifest['as_of']}, "
            f"{len(found.files)} files as they were sealed."
        )
        for name in files_as_sealed(found):
            self.stdout.write(f"  {name}: as it was sealed.")
        self.stdout.write(f"Bound to this city's audit trail after seal {found.head}.")
        if found.drawn_by != drawn_by():
            then = found.drawn_by or "a version that did not say which it was"
            self.stdout.write(f"Its {REPORT} was drawn by {then}; this is {drawn_by()}.")
            self.stdout.write(
                "Made again from the same data it may be drawn otherwise: that is no fault of the packet."
            )
