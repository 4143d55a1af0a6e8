"""Import requests of another city's system from a file."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from typing import Any, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from requests_app.domain.imports.cases import ForeignCase
from requests_app.domain.imports.formats import FORMATS
from requests_app.services.import_files import FileEntry, RejectedRow, UnusableFile, read_file
from requests_app.services.imports import ImportCounts, import_cases

SECONDS_BETWEEN_REPORTS = 2.0


class Command(BaseCommand):
    help = "Import requests of another city; the same file twice changes nothing, bad rows go to a reject file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=FORMATS, required=True, dest="source")
        parser.add_argument(
            "--time-zone", required=True, metavar="ZONE", help="of the city, for times without an offset"
        )
        parser.add_argument("--rejects", type=Path, metavar="FILE", help="default: FILE.rejects.csv beside the file")
        parser.add_argument("--batch", type=int, default=1000, metavar="N", help="rows in a transaction, default 1000")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"] < 1:
            raise CommandError("--batch must be at least 1.")
        zone = _zone(options["time_zone"])
        rejects = RejectFile(options["rejects"] or Path(f"{options['file']}.rejects.csv"))
        if rejects.path.resolve() == options["file"].resolve():
            raise CommandError("--rejects names the file to import; it would be overwritten.")
        progress = Progress(self.stderr if options["verbosity"] else None)
        counts = ImportCounts()
        try:
            with rejects:
                entries = read_file(options["file"], format_name=options["source"], zone=zone)
                for batch in _batches(entries, options["batch"], rejects, progress):
                    counts += import_cases(batch, source=options["source"], at=timezone.now())
                    progress.report()
        except UnusableFile as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(_summary(progress, counts, rejects))


class RejectFile:
    """Bad rows with their line number and reason; the file appears with the first of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._stack = ExitStack()
        self._stream: TextIO | None = None

    def __enter__(self) -> "RejectFile":
        self._stack.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        if self._stream is None and self.path.exists():
            self._stream = self._open()  # what an earlier run rejected is no longer so
        self._stack.close()

    def add(self, row: RejectedRow) -> None:
        """Write down one bad row. Raises CommandError where nothing can be written."""
        if self._stream is None:
            self._stream = self._open()
        csv.writer(self._stream).writerow([row.line, row.reason, *row.cells])
        self.count += 1

    def _open(self) -> TextIO:
        try:
            stream = self.path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
        except OSError as error:
            raise CommandError(f"the reject file {self.path} cannot be written: {error.strerror}") from error
        csv.writer(stream).writerow(["line", "reason", "row"])
        return self._stack.enter_context(stream)


class Progress:
    """How many rows have been read and how fast, told now and then."""

    def __init__(self, stream: Any) -> None:
        self.rows = 0
        self._stream = stream
        self._started = self._reported = monotonic()

    @property
    def seconds(self) -> float:
        return max(monotonic() - self._started, 0.001)

    @property
    def rate(self) -> float:
        return self.rows / self.seconds

    def report(self) -> None:
        """Say how far it is, if that was not said just now."""
        if self._stream is not None and monotonic() - self._reported >= SECONDS_BETWEEN_REPORTS:
            self._stream.write(f"{self.rows:,} rows, {self.rate:,.0f} rows/s")
            self._reported = monotonic()


def _batches(
    entries: Iterable[FileEntry], size: int, rejects: RejectFile, progress: Progress
) -> Iterator[list[ForeignCase]]:
    """Yield batches in which each case is once: a file may correct itself further down."""
    batch: dict[str, ForeignCase] = {}
    for entry in entries:
        progress.rows += 1
        if entry.rejected:
            rejects.add(entry.rejected)
        if entry.case is None:
            continue
        if entry.case.case_id in batch:
            yield list(batch.values())
            batch = {}
        batch[entry.case.case_id] = entry.case
        if len(batch) >= size:
            yield list(batch.values())
            batch = {}
    if batch:
        yield list(batch.values())


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise CommandError(f"{name!r} is not a known time zone; write it like America/New_York.") from error


def _summary(progress: Progress, counts: ImportCounts, rejects: RejectFile) -> str:
    where = f" (see {rejects.path})" if rejects.count else ""
    return (
        f"{progress.rows:,} rows: {counts.created:,} created, {counts.updated:,} updated, "
        f"{counts.unchanged:,} unchanged, {rejects.count:,} rejected{where}; "
        f"{progress.seconds:.1f} s, {progress.rate:,.0f} rows/s"
    )
