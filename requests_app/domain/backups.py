"""What a backup says of itself, to be found again where it is restored: counts, hashes, the audit trail's head."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database"
ATTACHMENTS = "attachments/"


class InvalidBackup(Exception):
    """A file that is no backup of ours, or not as it was when it was made; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The list that goes with a backup.

    `made_at` is ISO 8601 in UTC; `tables` counts rows in the snapshot; `files` gives the SHA-256 of each member by its
    name in the archive; `audit_head` was in the sealed chain before the snapshot, so a whole copy holds it; `audit_key`
    tells whether a key is the one the trail was signed with, without telling the key.
    """

    format: int
    made_at: str
    vendor: str
    migration: str
    tables: Mapping[str, int]
    files: Mapping[str, str]
    audit_head: str
    audit_key: str

    @property
    def attachments(self) -> dict[str, str]:
        """Give the hash of each attachment by its stored name."""
        return {
            name.removeprefix(ATTACHMENTS): digest
            for name, digest in self.files.items()
            if name.startswith(ATTACHMENTS)
        }

    @property
    def rows(self) -> int:
        """Count the rows of all tables together."""
        return sum(self.tables.values())

    def to_json(self) -> str:
        """Write the manifest, the same text for the same facts."""
        return json.dumps(asdict(self), indent=1, sort_keys=True)


def read_manifest(text: str) -> Manifest:
    """Read a manifest. Raises InvalidBackup for anything `to_json` did not write."""
    try:
        given = json.loads(text)
        manifest = Manifest(**{field.name: given[field.name] for field in fields(Manifest)})
        is_known = manifest.format == FORMAT and all(isinstance(count, int) for count in manifest.tables.values())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidBackup("The manifest cannot be read: this is no backup, or it was damaged.") from error
    if not is_known:
        raise InvalidBackup("The manifest has another format: restore it with the version that made it.")
    return manifest


def differences(expected: Mapping[str, object], found: Mapping[str, object], *, what: str) -> list[str]:
    """List where two mappings of names to facts differ, each as a line to read."""
    lines = [f"{what} {name}: missing" for name in sorted(expected.keys() - found.keys())]
    lines += [f"{what} {name}: not in the backup" for name in sorted(found.keys() - expected.keys())]
    lines += [
        f"{what} {name}: {expected[name]} in the backup, {found[name]} here"
        for name in sorted(expected.keys() & found.keys())
        if expected[name] != found[name]
    ]
    return lines
