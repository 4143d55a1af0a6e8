"""Packets as bytes: the same for the same data, and every change in them is named."""

import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest

from requests_app.domain.packets import (
    MANIFEST,
    NotAPacket,
    Sealing,
    changes,
    data_digest,
    file_faults,
    manifest_of,
    opened,
    packed,
)
from requests_app.domain.seals import Link

AT = datetime(2026, 11, 10, 17, 3, 21, tzinfo=UTC)
FILES = {"report.pdf": b"%PDF", "figures.csv": b"a,b\n", "packet.json": b"{}"}
HEAD = Link(7, "a" * 64)


def packet(files: Mapping[str, bytes] = FILES) -> bytes:
    sealing = Sealing(month="2026-10", revision=1, as_of=AT, sealed_at=AT, head=HEAD)
    return packed(files, manifest_of(files, sealing, of_data="0" * 64), at=AT)


def with_other(content: bytes, name: str, other: bytes | None) -> bytes:
    """Put another file of that name in, or leave it out."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    files = {**files, name: other} if other is not None else {k: v for k, v in files.items() if k != name}
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for each, found in files.items():
            archive.writestr(each, found)
    return target.getvalue()


def manifest_saying(**other: object) -> bytes:
    """Give the manifest with something else in it."""
    with zipfile.ZipFile(BytesIO(packet())) as archive:
        return json.dumps({**json.loads(archive.read(MANIFEST)), **other}).encode()


def test_the_same_files_at_the_same_instant_are_the_same_bytes_in_whatever_order() -> None:
    assert packet() == packet(dict(reversed(FILES.items())))
    assert opened(packet()).head == HEAD
    assert file_faults(opened(packet())) == []


@pytest.mark.parametrize(
    ("name", "other", "said"),
    [
        ("figures.csv", b"a,c\n", "figures.csv: differs."),
        ("report.pdf", None, "report.pdf: is not in the packet any more."),
        ("more.txt", b"", "more.txt: was put in; the manifest does not know it."),
        ("\x1b[2J../x", b"", "\N{REPLACEMENT CHARACTER}[2J../x: was put in; the manifest does not know it."),
    ],
)
def test_what_was_done_to_a_file_is_said_of_that_file_alone(name: str, other: bytes | None, said: str) -> None:
    faults = file_faults(opened(with_other(packet(), name, other)))
    assert [fault[: len(said)] for fault in faults] == [said]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 torn",
        packet()[:-40],
        *(with_other(packet(), MANIFEST, other) for other in (None, b"[]", b"{}", b"not JSON")),
        with_other(packet(), MANIFEST, manifest_saying(files={"report.pdf": 3})),
        with_other(packet(), MANIFEST, manifest_saying(audit={"sequence": 10**30, "hash": ""})),
    ],
)
def test_what_is_no_packet_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(NotAPacket):
        opened(content)


def test_the_hash_of_the_data_leaves_the_instant_out() -> None:
    data: dict[str, Any] = {"as_of": "2026-11-10", "figures": {}}
    assert data_digest(data) == data_digest({**data, "as_of": "2026-11-11"})
    assert data_digest(data) != data_digest({**data, "figures": {"clocks": [{"met": 1}]}})


def test_changes_name_figures_and_numbers() -> None:
    def data(met: int, kind: str, *more: dict[str, str]) -> dict[str, Any]:
        clock = {"number": "A1", "standard": "phone", "started_at": "2026-10-01", "class": kind}
        return {"figures": {"clocks": [{"department": "finance", "met": met, "n": 5}]}, "clocks": [clock, *more]}

    new = {"number": "B2", "standard": "phone", "started_at": "2026-10-02", "class": "met"}
    found = changes(data(3, "late"), data(4, "excused", new))
    assert found["figures"] == [{"table": "clocks", "where": "finance", "what": "met", "before": 3, "after": 4}]
    assert [(each["number"], each["before"], each["after"]) for each in found["clocks"]] == [
        ("A1", "late", "excused"),
        ("B2", None, "met"),
    ]
    turned = data(3, "late")
    turned["figures"]["clocks"] = [dict(reversed(row.items())) for row in turned["figures"]["clocks"]]
    assert changes(data(3, "late"), turned) == {"figures": [], "clocks": []}
