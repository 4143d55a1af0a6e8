"""Take people from a CSV file: show what it would do, or do it with --apply."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from requests_app.domain.refusals import ActionRefused
from requests_app.domain.roster_files import UnusableRoster, read_roster_file
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.kept_tables import lines_of
from requests_app.selectors.roster_previews import PreviewRow, RosterPreview, roster_preview
from requests_app.selectors.roster_words import change_words, file_words, role_words, row_words
from requests_app.services.refusals import refusal_text
from requests_app.services.roster_uploads import apply_upload, keep_upload


class Command(BaseCommand):
    """Add people and change what a file says of them; nobody is deleted, no fact emptied, no role taken."""

    help = "Show what a CSV file of people would do; with --apply, do it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and whether to apply it."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--apply", action="store_true", help="write it; without, nothing is written")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what each row does. People found by name alone are left to the page, where they can be ticked."""
        path: Path = options["file"]
        try:
            file = read_roster_file(path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except UnusableRoster as unusable:
            raise CommandError(f"{path}: {file_words(unusable)}") from unusable
        preview = roster_preview(file.lines, actor=SYSTEM)
        self._tell(preview)
        if not options["apply"]:
            self.stdout.write("Nothing was written. Run it again with --apply.")
            return
        now = timezone.now()
        upload = keep_upload(file, file_name=path.name, actor=SYSTEM, at=now)
        digest = roster_preview(lines_of(upload), actor=SYSTEM).digest
        try:
            counts = apply_upload(upload_id=upload.pk, digest=digest, ticked=frozenset(), actor=SYSTEM, at=now)
        except ActionRefused as refused:
            raise CommandError(f"Nothing was written: {refusal_text(refused)}") from refused
        self.stdout.write(f"{counts.added} added, {counts.changed} changed.")

    def _tell(self, preview: RosterPreview) -> None:
        for row in preview.rows:
            if words := _words(row):
                self.stdout.write(f"line {row.line}: {words}")
        self.stdout.write(
            f"{len(preview.new)} new, {len(preview.changed)} changed, {len(preview.unchanged)} unchanged, "
            f"{len(preview.rejected)} cannot be used."
        )


def _words(row: PreviewRow) -> str:
    if row.code:
        return row_words(row)
    if row.is_guess and row.employee:
        return f"perhaps {row.employee.name}: confirm it on the page"
    parts = [*map(change_words, row.changes), *(f"role {role}" for role in role_words(row))]
    if row.employee is None and row.row:
        return "; ".join([f"new: {row.row.name}", *parts])
    return f"{row.employee}: {'; '.join(parts)}" if parts else ""
