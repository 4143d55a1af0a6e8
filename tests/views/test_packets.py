"""Sealed packets: sealed by Human Resources, the same bytes again, a revision when figures change, and proof of it."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from requests_app.domain.packets import Sealing, digest, manifest_of, opened, packed
from requests_app.domain.vocabulary import Confidentiality, Verdict
from requests_app.models import AuditEntry, BackgroundJob, Employee, Event, Packet, ResponseClock, ServiceRequest
from requests_app.services.assignments import give_request
from requests_app.services.events import record_audit
from requests_app.services.excusals import excuse_clock
from requests_app.services.jobs import run_next_jobs
from requests_app.services.seals import seal_audit_entries
from tests.cast import Cast, actor, login_of
from tests.clock_histories import write_history
from tests.factories import NOW, CustomerFactory, ServiceRequestFactory
from tests.record_files import every_byte

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LIST = "/compliance/packets/"


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def october(cast: Cast) -> Cast:
    """Five kept answers, one late, one of a confidential matter."""
    for verdict in (*[Verdict.MET] * 5, Verdict.LATE):
        _answered(cast, verdict)
    _answered(cast, Verdict.MET, title="Confidentialcanary", confidentiality=Confidentiality.CONFIDENTIAL)
    seal_audit_entries(now=NOW)
    return cast


def _answered(cast: Cast, verdict: Verdict, **facts: object) -> None:
    start = datetime(2026, 10, 6, 17, tzinfo=UTC)
    customer = CustomerFactory.create(name="Namecanary")
    given = {"title": "Titlecanary", **facts}
    row = ServiceRequestFactory.create(
        department=cast.streets, owner=cast.alice, received_at=start, recorded_at=start, customer=customer, **given
    )
    due_at = start + (HOUR if verdict is Verdict.LATE else 5 * HOUR)
    ending = {"verdict": verdict.value, "met_at": start + 2 * HOUR, "business_minutes": 90}
    Event.objects.create(service_request=row, kind="logged", at=start, data={"department": str(cast.streets.pk)})
    write_history(row, (start, {"due_at": due_at}), (start + 3 * HOUR, ending))


def as_(employee: Employee) -> Client:
    client = Client()
    client.force_login(login_of(employee))
    return client


def seal(cast: Cast, *, at: datetime = NOW, month: str = "2026-10") -> Packet:
    with time_machine.travel(at, tick=False):
        assert as_(cast.hana).post(LIST, {"month": month}).status_code == 302
        run_next_jobs(clock=lambda: at)
    job = BackgroundJob.objects.filter(kind="seal_packet").latest("pk")
    assert job.status == "done", job.error
    return Packet.objects.get(pk=job.result["packet"])


def excuse_the_late_one(cast: Cast, *, at: datetime) -> str:
    late = ResponseClock.objects.get(verdict=Verdict.LATE)
    excuse_clock(clock_id=late.pk, reason="Storm", actor=actor(cast.sam), at=at)
    return late.service_request.number


def remade(packet: Packet, *, at: datetime) -> dict[str, Any]:
    run_next_jobs(clock=lambda: at)
    return dict(BackgroundJob.objects.filter(kind="remake_packet").latest("pk").result)


def verified(content: bytes, tmp_path: Path) -> str:
    path = tmp_path / "packet.zip"
    path.write_bytes(content)
    out = io.StringIO()
    try:
        call_command("verify_packet", str(path), stdout=out)
    except CommandError as error:
        return str(error)
    return out.getvalue()


def test_a_month_is_sealed_fetched_and_proven(october: Cast, tmp_path: Path) -> None:
    packet = seal(october)
    client = as_(october.hana)
    page = client.get(packet.get_absolute_url()).content.decode()
    assert packet.manifest_digest in page
    assert packet.get_absolute_url() in client.get(LIST).content.decode()
    answer = client.get(f"{packet.get_absolute_url()}fetch/")
    assert answer["Content-Disposition"] == 'attachment; filename="packet-2026-10-revision-1.zip"'
    assert verified(answer.content, tmp_path).startswith("Intact: 2026-10, revision 1")
    files = opened(answer.content).files
    assert set(files) == {"report.pdf", "figures.csv", "packet.json"}
    data = json.loads(files["packet.json"])
    assert {each["class"] for each in data["clocks"]} == {"met", "late"}
    assert (len(data["clocks"]), data["figures"]["contacts"][0]["contacts"]) == (6, 6)
    acts = AuditEntry.objects.filter(action__startswith="packet_").values_list("action", flat=True)
    assert list(acts) == ["packet_sealed", "packet_fetched"]


def test_every_count_of_contacts_in_it_is_the_one_of_the_page(october: Cast) -> None:
    told = list(ServiceRequest.objects.filter(confidentiality=Confidentiality.ORDINARY).order_by("pk"))
    at = told[0].received_at + 3 * HOUR
    ServiceRequest.objects.filter(pk=told[0].pk).update(recorded_at=at)
    for row, kinds in ((told[0], ["backdated", "closed"]), (told[1], ["closed", "reopened"]), (told[2], ["closed"])):
        Event.objects.bulk_create(Event(service_request=row, kind=kind, at=at) for kind in kinds)

    (row,) = json.loads(opened(bytes(seal(october).content)).files["packet.json"])["figures"]["contacts"]

    found = {part: count for part, count in row.items() if part != "channel"}
    expected = {"logged_late": 1, "backdated": 1, "ended": 3, "reopened": 1}
    assert found == {"contacts": 6, "resolved": 0, "no_reply": 0, **expected}
    period = {"from": "2026-10-01", "to": "2026-10-31", "as_of": "2026-11-22", "format": "csv"}
    for part, number in expected.items():
        answer = as_(october.otto).get("/compliance/contacts/", {**period, "part": part})
        assert len(b"".join(answer.streaming_content).splitlines()) == number + 1, part  # type: ignore[attr-defined]


def test_nobody_is_in_it_by_name_and_nothing_confidential(october: Cast) -> None:
    text = every_byte(dict(opened(bytes(seal(october).content)).files))
    hidden = ResponseClock.objects.get(service_request__title="Confidentialcanary").service_request.number
    for word in ("Namecanary", "Titlecanary", "Confidentialcanary", hidden, october.alice.name, october.hana.name):
        assert word not in text, word


def test_made_again_it_is_the_same_bytes_even_after_figures_have_changed(october: Cast) -> None:
    packet = seal(october)
    excuse_the_late_one(october, at=NOW + HOUR)
    given = ServiceRequest.objects.exclude(title="Confidentialcanary").first()
    assert given
    give_request(
        request_id=given.pk,
        owner_id=None,
        department_id=october.finance.pk,
        note="",
        actor=actor(october.sam),
        at=NOW + HOUR,
    )
    client = as_(october.otto)
    assert client.post(f"{packet.get_absolute_url()}again/").status_code == 302
    assert "Being made again" in client.get(packet.get_absolute_url()).content.decode()
    told = remade(packet, at=NOW + 2 * DAY)
    assert (told["is_identical"], told["is_data_equal"], told["differs"]) == (True, True, [])
    assert told["equal"] == ["figures.csv", "packet.json", "report.pdf"]
    assert told["drawn_by"] == told["drawn_now"] != ""
    assert "Identical, byte for byte" in client.get(packet.get_absolute_url()).content.decode()


def _sealed_by_another_version(packet: Packet, *, drawn_by: str) -> None:
    """Let a packet be what another version sealed: the same data under a report that was drawn otherwise."""
    found = opened(bytes(packet.content))
    files = {**found.files, "report.pdf": b"%PDF-1.7 drawn otherwise"}
    sealing = Sealing(
        month=packet.month, revision=1, as_of=packet.as_of, sealed_at=packet.sealed_at, head=found.head,
        drawn_by=drawn_by,
    )  # fmt: skip
    manifest = manifest_of(files, sealing, of_data=packet.data_digest)
    packet.manifest, packet.manifest_digest = manifest.decode(), digest(manifest)
    packet.content = packed(files, manifest, at=packet.sealed_at)
    packet.save()
    fields = {"month": packet.month, "revision": 1, "manifest": packet.manifest_digest}
    record_audit(
        "packet_sealed", packet, actor=actor(Employee.objects.get(name="Hana Resources")), at=NOW, fields=fields
    )


@pytest.mark.parametrize("drawn_by", ["", "program 0.1.0, weasyprint 60.0, pygal 3.0.0, layout 000000000000"])
def test_drawn_by_another_version_the_data_are_equal_and_nobody_is_accused(
    october: Cast, tmp_path: Path, drawn_by: str
) -> None:
    packet = seal(october)
    _sealed_by_another_version(packet, drawn_by=drawn_by)
    client = as_(october.otto)
    client.post(f"{packet.get_absolute_url()}again/")
    told = remade(packet, at=NOW + DAY)
    assert (told["is_identical"], told["is_data_equal"], told["differs"]) == (False, True, ["report.pdf"])
    assert (told["equal"], told["drawn_by"]) == (["figures.csv", "packet.json"], drawn_by)
    page = client.get(packet.get_absolute_url()).content.decode()
    assert "Same data, drawn otherwise" in page
    assert "Equal, byte for byte: figures.csv, packet.json." in page
    assert (drawn_by or "by an earlier version, which did not say which it was") in page
    assert "Something it counts was changed" not in page
    said = verified(bytes(packet.content), tmp_path)
    assert said.startswith("Intact: 2026-10")
    assert "packet.json: as it was sealed." in said
    assert f"was drawn by {drawn_by or 'a version that did not say which it was'};" in said


def test_made_again_from_changed_data_it_differs_and_says_in_what(october: Cast) -> None:
    packet = seal(october)
    ServiceRequest.objects.filter(title="Titlecanary").update(channel="email")  # without a trace of the time
    ResponseClock.objects.filter(verdict=Verdict.LATE).delete()
    client = as_(october.otto)
    client.post(f"{packet.get_absolute_url()}again/")
    told = remade(packet, at=NOW + DAY)
    assert (told["is_identical"], told["is_data_equal"]) == (False, False)
    assert "packet.json" in told["differs"]
    page = client.get(packet.get_absolute_url()).content.decode()
    assert "Something it counts was changed" in page
    assert "Same data" not in page


def test_unchanged_figures_make_no_second_revision(october: Cast) -> None:
    first = seal(october)
    assert seal(october, at=NOW + DAY) == first
    assert Packet.objects.count() == 1
    assert "there is no new one" in as_(october.hana).get(LIST).content.decode()


def test_a_later_correction_makes_a_revision_that_says_what_changed_and_both_stay(
    october: Cast, tmp_path: Path
) -> None:
    first = seal(october)
    number = excuse_the_late_one(october, at=NOW + HOUR)
    assert seal(october, at=NOW + 2 * HOUR) == first, "what is of today is sealed tomorrow"

    second = seal(october, at=NOW + DAY)

    assert second.revision == 2
    changed = [(each["number"], each["before"], each["after"]) for each in second.changes["clocks"]]
    assert changed == [(number, "late", "excused")]
    figures = {each["what"]: (each["before"], each["after"]) for each in second.changes["figures"]}
    assert figures["late"] == (1, 0)
    assert figures["excused"] == (0, 1)
    found = opened(bytes(second.content))
    assert json.loads(found.files["changes.json"])["clocks"][0]["number"] == number
    assert found.manifest["replaces"] == first.manifest_digest
    page = as_(october.hana).get(second.get_absolute_url()).content.decode()
    assert "Changed since the revision before" in page
    assert number in page
    first.refresh_from_db()
    for packet in (first, second):
        assert verified(bytes(packet.content), tmp_path).startswith("Intact")


def test_whatever_is_changed_in_a_packet_is_found(october: Cast, tmp_path: Path) -> None:
    packet = seal(october)
    found = opened(bytes(packet.content))

    torn = io.BytesIO()
    with zipfile.ZipFile(torn, "w") as archive:
        for name, content in found.files.items():
            archive.writestr(name, content.replace(b",5,", b",6,") if name == "figures.csv" else content)
        archive.writestr("manifest.json", packet.manifest)
    said = verified(torn.getvalue(), tmp_path)
    assert said.startswith("NOT INTACT\n  figures.csv: differs.")
    assert "packet.json: as it was sealed." in said
    assert "figures.csv: as it was sealed." not in said

    files = {**found.files, "figures.csv": b"made up"}
    sealing = Sealing(month=packet.month, revision=1, as_of=packet.as_of, sealed_at=packet.sealed_at, head=found.head)
    forged = packed(files, manifest_of(files, sealing, of_data=packet.data_digest), at=packet.sealed_at)
    assert "knows of no sealing of this manifest" in verified(forged, tmp_path)

    elsewhere = sealing.head._replace(chain_hash="f" * 64)
    other_city = Sealing(month=packet.month, revision=1, as_of=packet.as_of, sealed_at=packet.sealed_at, head=elsewhere)
    forged = packed(files, manifest_of(files, other_city, of_data=packet.data_digest), at=packet.sealed_at)
    assert "does not pass through the seal it names" in verified(forged, tmp_path)
    assert "NOT INTACT" in verified(b"no packet at all", tmp_path)


def test_a_month_that_runs_and_a_role_that_reads_only_are_refused(october: Cast) -> None:
    assert as_(october.hana).post(LIST, {"month": "2026-11"}).status_code == 422
    assert as_(october.hana).post(LIST, {"month": "x"}).status_code == 422
    assert as_(october.otto).post(LIST, {"month": "2026-10"}).status_code == 403
    assert not BackgroundJob.objects.filter(kind="seal_packet").exists()
    for _ in range(2):  # a double click
        as_(october.hana).post(LIST, {"month": "2026-10"})
    assert BackgroundJob.objects.filter(kind="seal_packet").count() == 1
