"""Exports of public records: what goes out, what stays, what is said about it, and that nothing else leaks (B2)."""

import csv
import hashlib
import io
import json
import subprocess
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings

from requests_app.domain.record_copies import CopyOptions
from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Channel, Confidentiality
from requests_app.models import AuditEntry, BackgroundJob, Employee, RecordsExport, ServiceRequest
from requests_app.models.record_exports import export_path
from requests_app.selectors.record_exports import exports_open_to
from requests_app.services.answers import add_note, answer_request
from requests_app.services.attachments import attach_files
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import AnswerEntry, ContactEntry
from requests_app.services.identity_redactions import redact_identity
from requests_app.services.jobs import run_next_jobs
from requests_app.services.record_exports import KEPT, ExportEntry, remove_old_exports, request_export
from requests_app.services.redactions import redact_passage
from requests_app.services.requests import log_request
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory, concern
from tests.record_files import every_byte, unpacked, withheld, words_in
from tests.sample_files import LETTER, PNG, incoming

PHONE, MAIL = "510 555 0177", "jun.canary@mail.example"
OPTIONS = CopyOptions()
# What is written does not depend on the database; what is chosen is tested with the pages.
pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: LazySettings) -> None:
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    settings.EXPORT_DIR = tmp_path / "exports"


@pytest.fixture
def story(cast: Cast, now: datetime) -> ServiceRequest:
    """A call with words in every place where words can be, and a file."""
    entry = ContactEntry(
        channel=Channel.PHONE,
        title="Light out on Pear Street",
        text=f"My son Zephyrcanary saw it. Call (510) 555-0177 or write to {MAIL}, not to the city at 510-555-0199.",
        received_at=now - timedelta(hours=2),
        customer=CustomerEntry(name="Jun Namecanary", phone=PHONE, email=MAIL),
        for_employee_id=cast.alice.pk,
        place="12 Placecanary Street",
        best_time_to_reach="after Timecanary",
    )
    found = log_request(entry, actor=actor(cast.fay), at=now - timedelta(hours=2))
    answer = AnswerEntry(channel=Channel.PHONE, text="A crew comes on Friday.", occurred_at=now)
    answer_request(request_id=found.pk, entry=answer, actor=actor(cast.alice), at=now)
    add_note(request_id=found.pk, text="Notecanary is short of crew", actor=actor(cast.alice), at=now)
    attach(found, cast.alice, now, "light.png")
    return found


def attach(found: ServiceRequest, who: Employee, at: datetime, name: str, content: bytes = PNG, note: str = "") -> None:
    files = [incoming(name, content)]
    attach_files(request_id=found.pk, files=files, note=note, submission_key=None, actor=actor(who), at=at)


def export(
    who: Employee, at: datetime, *requests: ServiceRequest, options: CopyOptions = OPTIONS, original: bool = False
) -> RecordsExport:
    entry = ExportEntry(request_ids=[row.pk for row in requests], options=options, with_original=original)
    asked = request_export(entry, actor=actor(who), at=at)
    assert run_next_jobs(clock=lambda: at) == {"done": 1, "failed": 0}, BackgroundJob.objects.get().error
    asked.refresh_from_db()
    return asked


def test_a_released_copy_has_pdf_data_files_and_a_log(cast: Cast, story: ServiceRequest, now: datetime) -> None:
    made = export(cast.cleo, now, story)

    files, folder = unpacked(made.released_key), story.number
    assert set(files) == {
        f"{folder}/request.pdf", f"{folder}/request.json", f"{folder}/attachments/light.png",
        "index.csv", "withheld.csv", "README.txt", "MANIFEST.json",
    }  # fmt: skip
    manifest = json.loads(files.pop("MANIFEST.json"))
    assert manifest["sha256"] == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    data = json.loads(files[f"{folder}/request.json"])
    assert data["facts"]["received_at"] == "2026-11-23T12:10:00-08:00"
    assert [touch["text"] for touch in data["correspondence"]][-1] == "A crew comes on Friday."
    assert files[f"{folder}/attachments/light.png"] == PNG
    text = words_in(files[f"{folder}/request.pdf"])
    for words in (
        "Light out on Pear Street",
        "A crew comes on Friday.",
        "Page 1 of",
        folder,
        "12 Placecanary",
        "III.b",
    ):
        assert words in text
    assert (made.withheld_count, made.request_count, made.original_key) == (len(withheld(files)), 1, "")


def test_the_pdf_is_tagged_and_says_its_language(cast: Cast, story: ServiceRequest, now: datetime) -> None:
    drawn = unpacked(export(cast.cleo, now, story).released_key)[f"{story.number}/request.pdf"]
    inside = every_byte({"request.pdf": drawn})
    for word in ("/MarkInfo", "/StructTreeRoot", "/Lang", "pdfuaid:part", "/Title"):
        assert word in inside, word
    tags = subprocess.run(["pdfinfo", "-struct", "-"], input=drawn, capture_output=True, check=True).stdout.decode()
    assert {"H1", "H2", "Table", "TH"} <= set(tags.replace("(", " ").split())


def test_private_contact_details_and_notes_are_in_no_byte_of_it(
    cast: Cast, story: ServiceRequest, now: datetime
) -> None:
    attach(story, cast.alice, now, "crew.png", note="Filecanary for the crew")
    attach(story, cast.alice, now, "letter.eml", LETTER.replace(b"jun@mail.example", MAIL.encode()))

    files = unpacked(export(cast.cleo, now, story).released_key)

    text = every_byte(files)
    for canary in ("555-0177", "555 0177", "5105550177", MAIL, "Timecanary", "Notecanary", "Filecanary", "crew.png"):
        assert canary not in text.replace("File: crew.png", ""), canary
    assert "510-555-0199" not in text  # nobody told us it is the city's own
    assert not [name for name in files if name.endswith(".eml")]
    logged = {(row["what"], row["reason code"]) for row in withheld(files)}
    assert {
        ("Contact details of the customer", "personal_privacy"),
        ("Telephone numbers and e-mail addresses in texts", "personal_privacy"),
        ("Internal notes", "draft"),
        ("File: crew.png", "draft"),
        ("File: letter.eml", "personal_privacy"),
    } <= logged


def test_a_telephone_of_the_city_is_released(cast: Cast, story: ServiceRequest, now: datetime) -> None:
    cast.streets.phone = "(510) 555-0199"
    cast.streets.save()
    text = every_byte(unpacked(export(cast.cleo, now, story).released_key))
    assert "510-555-0199" in text
    assert "555-0177" not in text


def test_the_clerk_may_withhold_more_or_less(cast: Cast, story: ServiceRequest, now: datetime) -> None:
    less = CopyOptions(withholds_contact=False, includes_notes=True)
    more = CopyOptions(withholds_name=True, withholds_place=True, includes_files=False)

    open_files = unpacked(export(cast.cleo, now, story, options=less).released_key)
    closed_files = unpacked(export(cast.cleo, now, story, options=more).released_key)

    for canary in (PHONE, MAIL, "Notecanary", "Timecanary", "Namecanary"):
        assert canary in every_byte(open_files)
    assert withheld(open_files) == []
    closed = every_byte(closed_files)
    assert not [canary for canary in ("Namecanary", "Placecanary", "image/png") if canary in closed]
    assert {"Name of the customer", "The place", "File: light.png"} <= {row["what"] for row in withheld(closed_files)}


def test_what_was_redacted_is_in_no_byte_and_its_reason_is_in_the_log(
    cast: Cast, story: ServiceRequest, now: datetime
) -> None:
    redact_passage(request_id=story.pk, text="Zephyrcanary", code="medical", actor=actor(cast.cleo), at=now)
    redact_identity(request_id=story.pk, code="official_information", actor=actor(cast.cleo), at=now)

    made = export(cast.cleo, now, story, options=replace(OPTIONS, includes_notes=True), original=True)

    files = unpacked(made.released_key)
    text = every_byte(files)
    for canary in ("Zephyrcanary", "Namecanary", MAIL, "555-0177"):
        assert canary not in text, canary
    assert "[redacted: medical]" in text
    assert {"medical", "official_information"} <= {row["reason code"] for row in withheld(files)}
    # Nobody can take words out of a picture.
    assert not [name for name in files if "attachments/" in name]
    whole = every_byte(unpacked(made.original_key))
    for canary in ("Zephyrcanary", "Namecanary", MAIL, "Notecanary", PHONE):
        assert canary in whole, canary
    assert "redacted:" not in whole
    assert "not to be released" in whole


def test_among_many_a_restricted_request_is_withheld_whole(cast: Cast, story: ServiceRequest, now: datetime) -> None:
    secret = ServiceRequestFactory.create(
        department=cast.streets, title="Titlecanary", confidentiality=Confidentiality.CONFIDENTIAL
    )
    files = unpacked(export(cast.hana, now, story, secret).released_key)
    assert "Titlecanary" not in every_byte(files)
    assert (secret.number, "The whole request") in {(row["number"], row["what"]) for row in withheld(files)}

    alone = unpacked(export(cast.hana, now, secret).released_key)
    assert "Titlecanary" in every_byte(alone)
    assert AuditEntry.objects.filter(action="restricted_request_exported", object_id=secret.pk).count() == 2


def test_what_one_may_not_see_is_not_exported_whatever_is_asked(
    cast: Cast, story: ServiceRequest, now: datetime
) -> None:
    secret = ServiceRequestFactory.create(confidentiality=Confidentiality.CONFIDENTIAL, title="Titlecanary")
    about_her = ServiceRequestFactory.create(department=cast.streets, title="Aboutcanary")
    concern(about_her, cast.cleo)
    made = export(cast.cleo, now, story, secret, about_her)
    assert list(made.requests.all()) == [story]
    text = every_byte(unpacked(made.released_key))
    assert not [word for word in ("Titlecanary", "Aboutcanary", secret.number, about_her.number) if word in text]


def test_what_turned_confidential_meanwhile_stays_out(cast: Cast, story: ServiceRequest, now: datetime) -> None:
    entry = ExportEntry(request_ids=[story.pk], options=OPTIONS)
    asked = request_export(entry, actor=actor(cast.cleo), at=now)
    ServiceRequest.objects.filter(pk=story.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    run_next_jobs(clock=lambda: now)
    asked.refresh_from_db()
    assert story.number not in every_byte(unpacked(asked.released_key))
    assert not exports_open_to(actor(cast.cleo)).exists()


def test_nobody_else_may_export(cast: Cast, story: ServiceRequest, now: datetime) -> None:
    for who in ("alice", "sam", "max", "fay", "ada", "otto", "lena"):
        entry = ExportEntry(request_ids=[story.pk], options=OPTIONS)
        with pytest.raises(ActionRefused):
            request_export(entry, actor=actor(getattr(cast, who)), at=now)


def test_a_second_click_makes_one_export(cast: Cast, story: ServiceRequest, now: datetime) -> None:
    entry = ExportEntry(request_ids=[story.pk], options=OPTIONS, submission_key=uuid4())
    asked = {request_export(entry, actor=actor(cast.cleo), at=now).pk for _ in range(2)}
    assert len(asked) == BackgroundJob.objects.count() == 1


def test_asking_and_making_are_evidence(cast: Cast, story: ServiceRequest, now: datetime) -> None:
    made = export(cast.cleo, now, story)
    entries = AuditEntry.objects.filter(object_kind="recordsexport", object_id=made.pk, actor=cast.cleo)
    assert {entry.action: entry.count for entry in entries} == {"records_export_requested": 1, "records_exported": 1}


def test_the_same_records_give_the_same_file(cast: Cast, story: ServiceRequest, now: datetime) -> None:
    first, second = (export_path(export(cast.cleo, now, story).released_key).read_bytes() for _ in range(2))
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


def test_hostile_words_are_data(cast: Cast, now: datetime) -> None:
    title = "=1+1 <script>alert(1)</script><img src='file:///etc/passwd'> {{ 7|add:7 }} @import url(http://x)"
    found = ServiceRequestFactory.create(department=cast.streets, title=title, number="PN-0000-0000")
    files = unpacked(export(cast.cleo, now, found).released_key)
    assert "root:x:0" not in every_byte(files)
    assert "{{ 7|add:7 }}" in words_in(files["PN-0000-0000/request.pdf"]).replace("\n", " ")
    (row,) = csv.DictReader(io.StringIO(files["index.csv"].decode("utf-8-sig")))
    assert row["title"] == f"'{title}"


def test_files_go_after_some_days_and_rows_stay(
    cast: Cast, story: ServiceRequest, now: datetime, settings: LazySettings
) -> None:
    made = export(cast.cleo, now, story)
    assert remove_old_exports(now=now + KEPT - timedelta(seconds=1)) == 0
    assert export_path(made.released_key).exists()
    later = max(now, datetime.now(now.tzinfo)) + KEPT + timedelta(hours=2)
    assert remove_old_exports(now=later) == 1
    assert list(Path(settings.EXPORT_DIR).iterdir()) == []
    made.refresh_from_db()
    assert made.is_gone


def test_a_failed_export_leaves_no_file(
    cast: Cast, story: ServiceRequest, now: datetime, settings: LazySettings
) -> None:
    story.attachments.get().path.unlink()
    story.attachments.get().path.mkdir()  # what cannot be read
    entry = ExportEntry(request_ids=[story.pk], options=OPTIONS, with_original=True)
    asked = request_export(entry, actor=actor(cast.cleo), at=now)
    run_next_jobs(clock=lambda: now)
    asked.refresh_from_db()
    assert asked.job is not None
    assert (asked.job.status, asked.released_key) == ("failed", "")
    assert list(Path(settings.EXPORT_DIR).iterdir()) == []
