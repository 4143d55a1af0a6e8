"""Sealed packets: the figures of a closed month in a file whose bytes follow from the data and nothing else (III.d.i).

A packet is a ZIP of files, with a manifest of their hashes that names the end of the audit trail at its sealing.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from requests_app.domain.seals import Link

MANIFEST = "manifest.json"
DATA = "packet.json"
REPORT = "report.pdf"
CHANGES = "changes.json"
_MOST_BYTES = 200 * 1024 * 1024
_MOST_ENTRIES = 2**63 - 1  # no database counts further
_UNIX_FILE = 0o100644 << 16
Data = Mapping[str, Any]


class NotAPacket(ValueError):
    """A file that is no packet, or whose manifest cannot be read."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A packet as it lies before us."""

    manifest: Mapping[str, Any]
    manifest_digest: str
    files: Mapping[str, bytes]

    @property
    def head(self) -> Link:
        """Give the end of the audit trail it was bound to."""
        return Link(int(self.manifest["audit"]["sequence"]), str(self.manifest["audit"]["hash"]))

    @property
    def drawn_by(self) -> str:
        """Say what its report was drawn by; an empty text where it does not say."""
        return _plain(str(self.manifest.get("drawn_by", "")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """What a packet says of itself; `replaces` is the digest of the manifest of the revision before.

    `drawn_by` names the program, library and layout its report was drawn by; an older packet does not say.
    """

    month: str
    revision: int
    as_of: datetime
    sealed_at: datetime
    head: Link
    replaces: str = ""
    drawn_by: str = ""


def written(data: object) -> bytes:
    """Write JSON in its one form: keys sorted, and a line end."""
    return (json.dumps(data, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()


def digest(content: bytes) -> str:
    """Give the SHA-256 of bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def data_digest(data: Data) -> str:
    """Give the hash of what was counted, without the instant it was counted at: the same figures have the same."""
    return digest(written({key: value for key, value in data.items() if key != "as_of"}))


def manifest_of(files: Mapping[str, bytes], sealing: Sealing, *, of_data: str) -> bytes:
    """Write the manifest: what is in the packet, and where the audit trail ended when it was sealed."""
    drawn_by = {"drawn_by": sealing.drawn_by} if sealing.drawn_by else {}
    return written(
        {
            **drawn_by,
            "month": sealing.month,
            "revision": sealing.revision,
            "as_of": sealing.as_of.astimezone(UTC).isoformat(),
            "sealed_at": sealing.sealed_at.astimezone(UTC).isoformat(),
            "replaces": sealing.replaces,
            "data": of_data,
            "audit": {"sequence": sealing.head.sequence, "hash": sealing.head.chain_hash},
            "files": {name: {"sha256": digest(content), "bytes": len(content)} for name, content in files.items()},
        }
    )


def packed(files: Mapping[str, bytes], manifest: bytes, *, at: datetime) -> bytes:
    """Put files and manifest into a ZIP; stored, because what a compressor gives depends on its version."""
    target = BytesIO()
    moment = at.astimezone(UTC)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in [*sorted(files.items()), (MANIFEST, manifest)]:
            entry = zipfile.ZipInfo(name, (moment.year, moment.month, moment.day, moment.hour, moment.minute, 0))
            entry.create_system, entry.external_attr = 3, _UNIX_FILE
            archive.writestr(entry, content)
    return target.getvalue()


def opened(content: bytes) -> Opened:
    """Open a packet. Raises NotAPacket for what is none."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise NotAPacket("The file is too large for a packet.")
            if len({entry.filename for entry in entries}) != len(entries):
                raise NotAPacket("Two files in it have the same name.")
            files = {entry.filename: archive.read(entry) for entry in entries}
        manifest = files.pop(MANIFEST)
        found = Opened(json.loads(manifest), digest(manifest), files)
        _ = [each["sha256"] for each in found.manifest["files"].values()], found.manifest["month"]
        if found.head.sequence > _MOST_ENTRIES or not found.manifest["revision"]:
            raise NotAPacket("Its manifest names no seal of an audit trail.")
    except NotAPacket:
        raise
    except KeyError as missing:
        raise NotAPacket(f"It has no {missing.args[0]}.") from None
    except Exception as error:  # whatever a broken archive makes the library say
        raise NotAPacket(f"It cannot be read: {error}.") from None
    return found


def file_faults(found: Opened) -> list[str]:
    """Say of each file what differs from the manifest; nothing where all is as it was sealed."""
    listed = found.manifest["files"]
    faults = [f"{name}: is not in the packet any more." for name in sorted(set(listed) - set(found.files))]
    faults += [f"{name}: was put in; the manifest does not know it." for name in sorted(set(found.files) - set(listed))]
    for name in sorted(set(listed) & set(found.files)):
        now = digest(found.files[name])
        if now != listed[name]["sha256"]:
            faults.append(f"{name}: differs. Sealed as {listed[name]['sha256']}, now {now}.")
    return [_plain(fault) for fault in faults]


@dataclass(frozen=True, slots=True)
class Compared:
    """A packet beside the same made again: which files are equal, and which are not."""

    equal: list[str]
    differs: list[str]

    @property
    def is_data_equal(self) -> bool:
        """Say whether all that was counted is the same; the report is but a drawing of it."""
        return not set(self.differs) - {REPORT}


def compared(sealed: Opened, again: Opened) -> Compared:
    """Hold a packet made again against the sealed one, file by file."""
    names = sorted({*sealed.files, *again.files})
    differs = [name for name in names if sealed.files.get(name) != again.files.get(name)]
    return Compared([name for name in names if name not in differs], differs)


def files_as_sealed(found: Opened) -> list[str]:
    """Name the files that are as the manifest has them."""
    listed = found.manifest["files"]
    return sorted(
        name for name, content in found.files.items() if name in listed and digest(content) == listed[name]["sha256"]
    )


def _plain(text: str) -> str:
    """Take out what a terminal would obey: names come from the file that is doubted."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def data_in(found: Opened) -> dict[str, Any]:
    """Give what was counted, as the packet has it."""
    data: dict[str, Any] = json.loads(found.files[DATA])
    return data


def changes(before: Data, after: Data) -> dict[str, list[dict[str, Any]]]:
    """Say which figures and which clocks differ between two revisions; a missing one is None."""
    return {
        "figures": list(_changed_figures(before["figures"], after["figures"])),
        "clocks": list(_changed_clocks(before["clocks"], after["clocks"])),
    }


def _changed_figures(before: Data, after: Data) -> Iterator[dict[str, Any]]:
    for table in sorted({*before, *after}):
        old, new = _by_words(before.get(table, [])), _by_words(after.get(table, []))
        for where in sorted({*old, *new}):
            was, is_now = old.get(where, {}), new.get(where, {})
            for what in sorted({*was, *is_now}):
                if was.get(what) != is_now.get(what):
                    yield {
                        "table": table,
                        "where": " · ".join(word for word in where if word),
                        "what": what,
                        "before": was.get(what),
                        "after": is_now.get(what),
                    }


def _by_words(rows: Sequence[Data]) -> dict[tuple[str, ...], dict[str, Any]]:
    """Name each row by the words in it, in the order JSON keeps: what is counted there are its numbers."""
    return {
        tuple(row[key] for key in sorted(row) if isinstance(row[key], str)): {
            key: value for key, value in row.items() if not isinstance(value, str)
        }
        for row in rows
    }


def _changed_clocks(before: Sequence[Data], after: Sequence[Data]) -> Iterator[dict[str, Any]]:
    old, new = _by_clock(before), _by_clock(after)
    for key in sorted({*old, *new}):
        was, is_now = old.get(key), new.get(key)
        if was != is_now:
            number, standard, started_at = key
            yield {
                "number": number, "standard": standard, "started_at": started_at, "before": was, "after": is_now,
            }  # fmt: skip


def _by_clock(clocks: Sequence[Data]) -> dict[tuple[str, str, str], str]:
    return {(each["number"], each["standard"], each["started_at"]): each["class"] for each in clocks}
