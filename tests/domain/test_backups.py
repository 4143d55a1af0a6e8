"""What a backup says of itself is read back as it was written, or refused."""

import pytest

from requests_app.domain.backups import InvalidBackup, Manifest, differences, read_manifest

MANIFEST = Manifest(
    format=1,
    made_at="2026-11-23T22:10:00+00:00",
    vendor="sqlite",
    migration="0002_some",
    tables={"a": 3, "b": 0},
    files={"database": "d0", "attachments/x/y": "d1"},
    audit_head="h",
    audit_key="k",
)


def test_a_manifest_is_read_back_as_it_was_written() -> None:
    assert read_manifest(MANIFEST.to_json()) == MANIFEST


def test_it_counts_rows_and_knows_attachments_by_their_stored_name() -> None:
    assert (MANIFEST.rows, MANIFEST.attachments) == (3, {"x/y": "d1"})


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{}", MANIFEST.to_json()[:-2], MANIFEST.to_json().replace('"format": 1', '"format": 2'),
     MANIFEST.to_json().replace('"a": 3', '"a": "3"'), MANIFEST.to_json().replace('"tables"', '"tabled"')],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidBackup):
        read_manifest(text)


def test_differences_name_what_is_missing_too_much_and_other() -> None:
    found = differences({"a": 1, "b": 2, "c": 3}, {"b": 2, "c": 4, "d": 5}, what="rows of")
    assert found == ["rows of a: missing", "rows of d: not in the backup", "rows of c: 3 in the backup, 4 here"]
    assert differences({"a": 1}, {"a": 1}, what="rows of") == []
