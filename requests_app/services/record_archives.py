"""Write copies of requests into a ZIP: a folder for each, a list, what was withheld, and a hash of every file."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, astuple
from datetime import datetime
from types import TracebackType
from typing import Any
from uuid import uuid4

from django.utils import timezone

from requests_app.domain.csv_cells import guarded
from requests_app.domain.record_copies import RecordCopy, Withheld
from requests_app.models.record_exports import export_path
from requests_app.services.record_pdfs import record_pdf

SCHEMA = "pinole-service/public-record/1"
_RELEASED = (
    "Copies of service requests, as released. What was withheld, and for which reason, is listed in withheld.csv and\n"
    "marked [redacted: …] where it stood. index.csv lists the requests; each has a folder with request.pdf,\n"
    "request.json and its attachments. MANIFEST.json gives the SHA-256 of every file. Times are those of the city.\n"
)
_ORIGINAL = (
    "ORIGINALS. Nothing is withheld here. For the keeper of the records only; not to be released.\n"
    "index.csv lists the requests; MANIFEST.json gives the SHA-256 of every file.\n"
)


class ArchiveWriter:
    """A ZIP being written under a name of its own; it is kept only when `keep` is called after `finish`."""

    def __init__(self, *, at: datetime, is_original: bool) -> None:
        self._at, self._is_original = at, is_original
        self._key = uuid4().hex
        self._part = export_path(self._key).with_suffix(".part")
        self._hashes: dict[str, str] = {}
        self._index: list[list[object]] = []
        self._withheld: list[Withheld] = []

    def __enter__(self) -> "ArchiveWriter":
        self._part.parent.mkdir(parents=True, exist_ok=True)
        self._zip = zipfile.ZipFile(self._part, "w", zipfile.ZIP_DEFLATED)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
        self._part.unlink(missing_ok=True)

    def add(self, copy: RecordCopy) -> None:
        """Add one request in a folder of its own."""
        folder = copy.number
        self._write(f"{folder}/request.pdf", record_pdf(copy, at=self._at, is_original=self._is_original))
        self._write(f"{folder}/request.json", _json(_as_json(copy)))
        for file in copy.files:
            self._write(f"{folder}/attachments/{file.name}", file.path.read_bytes())
        self._withheld += copy.withheld
        facts = copy.facts
        self._index.append(
            [
                copy.number, copy.title, facts["kind"], facts["status"], facts["channel"], facts["department"],
                _local(facts["received_at"]), _local(facts["closed_at"]), len(copy.files), len(copy.withheld),
            ]
        )  # fmt: skip

    def withhold(self, entry: Withheld) -> None:
        """Say of a request that it is left out whole."""
        self._withheld.append(entry)

    def finish(self) -> int:
        """Write the lists and the manifest; gives how many things were withheld."""
        headings = [
            "number", "title", "kind", "status", "channel", "department", "received", "closed", "files", "withheld",
        ]  # fmt: skip
        self._write("index.csv", _csv(headings, self._index))
        if not self._is_original:
            entries = sorted(map(astuple, self._withheld))
            self._write("withheld.csv", _csv(["number", "what", "reason code", "reason", "law"], entries))
        self._write("README.txt", (_ORIGINAL if self._is_original else _RELEASED).encode())
        manifest = {"schema": SCHEMA, "made_at": _iso(self._at), "sha256": dict(sorted(self._hashes.items()))}
        self._write("MANIFEST.json", _json(manifest))
        return len(self._withheld)

    def keep(self) -> str:
        """Give the finished file its name, and the key of it."""
        self._zip.close()
        self._part.rename(export_path(self._key))
        return self._key

    def _write(self, name: str, content: bytes) -> None:
        # One time for all entries, so that the same records give the same file.
        entry = zipfile.ZipInfo(name, timezone.localtime(self._at).timetuple()[:6])
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        self._zip.writestr(entry, content)
        self._hashes[name] = hashlib.sha256(content).hexdigest()


def _as_json(copy: RecordCopy) -> dict[str, Any]:
    files = [{"name": file.name, "size": file.size, "sha256": file.sha256} for file in copy.files]
    return {"schema": SCHEMA, **asdict(copy), "facts": dict(copy.facts), "files": files}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, default=_iso) + "\n").encode(errors="replace")


def _iso(value: object) -> str:
    """Write an instant with its offset from UTC."""
    if not isinstance(value, datetime):
        raise TypeError(f"{type(value).__name__} has no place in a record")
    return timezone.localtime(value).isoformat(timespec="seconds")


def _local(at: object) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if isinstance(at, datetime) else ""


def _csv(headings: list[str], rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
