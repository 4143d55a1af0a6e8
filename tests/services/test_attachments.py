"""Files on a request: judged by content, stored whole, in step with their rows whatever happens in between."""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.file_types import FILE_TYPES, FileRefusal, FileRefused
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Attachment, AuditEntry, Employee, Interaction, ServiceRequest
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.attachments import visible_attachments
from requests_app.services.attachment_files import GRACE, sweep_orphan_files
from requests_app.services.attachments import attach_files, destroy_attachments, record_attachment_read
from requests_app.services.uploads import IncomingFile, checked_file, file_refusal_text
from tests.cast import Cast, actor
from tests.factories import ServiceRequestFactory, concern
from tests.sample_files import PDF, PNG, REFUSED, TAKEN, incoming


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    return tmp_path / "attachments"


@pytest.fixture
def pothole(cast: Cast) -> ServiceRequest:
    return ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)


def attach(found: ServiceRequest, who: Employee, at: datetime, *files: IncomingFile, note: str = "") -> None:
    attach_files(
        request_id=found.pk, files=files or [incoming()], note=note, submission_key=uuid4(), actor=actor(who), at=at
    )


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def aged(path: Path, now: datetime) -> None:
    """Let a file be old enough to be swept."""
    then = (now - 2 * GRACE).timestamp()
    os.utime(path, (then, then))


@pytest.mark.parametrize("name", sorted(TAKEN))
def test_a_file_of_a_kind_on_the_list_is_taken_as_that_kind(name: str) -> None:
    file = checked_file(name, ContentFile(TAKEN[name]))
    assert file.content_type == FILE_TYPES[name.rpartition(".")[2].lower()].content_type
    assert b"".join(file.chunks()) == TAKEN[name]


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_file_that_is_not_what_it_says_or_could_act_is_refused(name: str) -> None:
    with pytest.raises(FileRefused):
        checked_file(name, ContentFile(REFUSED[name]))


def test_no_kind_on_the_list_is_one_a_browser_runs() -> None:
    served = {kind.content_type for kind in FILE_TYPES.values()}
    assert not {kind for kind in served if "html" in kind or "svg" in kind or "xml+" in kind or "script" in kind}


def test_a_file_that_is_too_large_is_refused_in_words(settings: LazySettings) -> None:
    settings.ATTACHMENT_MAX_BYTES = 2 * 1024 * 1024
    with pytest.raises(FileRefused) as caught:
        checked_file("plan.pdf", ContentFile(PDF + bytes(2 * 1024 * 1024)))
    assert caught.value.refusal is FileRefusal.TOO_LARGE
    assert file_refusal_text(caught.value).replace("\xa0", " ").startswith("plan.pdf is larger than 2.0 MB")


def test_row_file_event_and_evidence_come_together(
    cast: Cast, pothole: ServiceRequest, now: datetime, folder: Path
) -> None:
    attach(pothole, cast.alice, now, incoming("../../light.png"), incoming("plan.pdf", PDF))

    first, second = Attachment.objects.filter(service_request=pothole)
    assert (first.name, first.content_type, first.size) == ("light.png", "image/png", len(PNG))
    assert (first.uploaded_by, first.uploaded_at) == (cast.alice, now)
    assert first.path.read_bytes() == PNG
    assert first.sha256 == hashlib.sha256(PNG).hexdigest()
    assert {path.resolve() for path in on_disk(folder)} == {first.path, second.path}
    assert "light" not in str(first.path)
    assert pothole.events.get().data["files"] == "2"
    assert AuditEntry.objects.filter(action=EventKind.ATTACHED, actor=cast.alice).count() == 1


def test_a_second_click_stores_nothing(cast: Cast, pothole: ServiceRequest, now: datetime, folder: Path) -> None:
    key = uuid4()
    for _ in range(2):
        attach_files(
            request_id=pothole.pk, files=[incoming()], note="", submission_key=key, actor=actor(cast.alice), at=now
        )
    assert (Attachment.objects.count(), len(on_disk(folder)), pothole.events.count()) == (1, 1, 1)


def test_the_same_name_twice_makes_two_files(cast: Cast, pothole: ServiceRequest, now: datetime, folder: Path) -> None:
    attach(pothole, cast.alice, now, incoming(), incoming())
    assert len(on_disk(folder)) == 2


@pytest.mark.parametrize("who", ["alice", "fay", "cleo", "hana", "max"])
def test_whoever_may_add_a_note_may_attach(cast: Cast, pothole: ServiceRequest, now: datetime, who: str) -> None:
    attach(pothole, getattr(cast, who), now)
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("who", ["charlie", "ada", "otto", "lena"])
def test_nobody_else_may_and_nothing_is_stored(
    cast: Cast, pothole: ServiceRequest, now: datetime, folder: Path, who: str
) -> None:
    with pytest.raises(ActionRefused):
        attach(pothole, getattr(cast, who), now)
    assert (Attachment.objects.count(), on_disk(folder)) == (0, [])


def test_a_person_concerned_may_not_attach(cast: Cast, pothole: ServiceRequest, now: datetime) -> None:
    concern(pothole, cast.alice)
    with pytest.raises(ActionRefused):
        attach(pothole, cast.alice, now)


def test_a_file_with_a_note_is_seen_by_whoever_reads_the_note(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    attach(pothole, cast.alice, now, incoming("for all.png"))
    attach(pothole, cast.alice, now, incoming("crew.png"), note="Crew is short")

    seen = {who: {row.name for row in visible_attachments(actor(who), pothole)} for who in (cast.bob, cast.fay)}
    assert seen == {cast.bob: {"for all.png", "crew.png"}, cast.fay: {"for all.png"}}
    assert Interaction.objects.get(service_request=pothole).text == "Crew is short"


def test_a_request_holds_only_so_much(
    cast: Cast, pothole: ServiceRequest, now: datetime, folder: Path, settings: LazySettings
) -> None:
    settings.REQUEST_FILES_MAX_BYTES = len(PNG) + 10
    attach(pothole, cast.alice, now)
    with pytest.raises(ActionRefused) as refused:
        attach(pothole, cast.alice, now)
    assert refused.value.refusal is Refusal.TOO_MANY_FILES
    assert (Attachment.objects.count(), len(on_disk(folder))) == (1, 1)


def test_an_upload_that_breaks_off_leaves_neither_row_nor_file(
    cast: Cast, pothole: ServiceRequest, now: datetime, folder: Path
) -> None:
    def broken() -> Iterator[bytes]:
        yield PNG
        raise ConnectionError

    torn = IncomingFile(name="torn.png", content_type="image/png", chunks=broken)
    with pytest.raises(ConnectionError):
        attach(pothole, cast.alice, now, incoming(), torn)
    assert (Attachment.objects.count(), on_disk(folder)) == (0, [])


def test_files_whose_rows_fail_are_removed(cast: Cast, pothole: ServiceRequest, now: datetime, folder: Path) -> None:
    overlong = IncomingFile(name="light.png", content_type="x", chunks=lambda: iter([]))  # an empty row is refused
    with pytest.raises(DatabaseError), transaction.atomic():
        attach(pothole, cast.alice, now, incoming(), overlong)
    assert (Attachment.objects.count(), on_disk(folder)) == (0, [])


def test_what_a_crash_leaves_is_swept_and_nothing_else(
    cast: Cast, pothole: ServiceRequest, now: datetime, folder: Path
) -> None:
    with suppress(KeyError), transaction.atomic():
        attach(pothole, cast.alice, now)
        raise KeyError  # the transaction fails after the files were written
    (orphan,) = on_disk(folder)
    attach(pothole, cast.alice, now)
    (kept,) = set(on_disk(folder)) - {orphan}
    unfinished = kept.with_name("0" * 32 + ".part")
    foreign = kept.with_name("README")
    for path in (unfinished, foreign):
        path.write_bytes(b"x")
    for path in (orphan, kept, unfinished, foreign):
        aged(path, now)

    assert sweep_orphan_files(now=now) == {"orphans_removed": 2, "orphans_refused": 0}
    assert set(on_disk(folder)) == {kept, foreign}
    assert AuditEntry.objects.get(action="attachment_files_swept").count == 2
    assert sweep_orphan_files(now=now)["orphans_removed"] == 0


def test_a_file_just_written_is_not_swept(cast: Cast, pothole: ServiceRequest, now: datetime, folder: Path) -> None:
    attach(pothole, cast.alice, now)
    (path,) = on_disk(folder)
    os.utime(path, (now.timestamp(), now.timestamp()))
    Attachment.objects.all().delete()
    assert sweep_orphan_files(now=now + timedelta(minutes=1))["orphans_removed"] == 0


def test_an_empty_database_over_a_full_folder_sweeps_nothing(db: None, now: datetime, folder: Path) -> None:
    (folder / "00").mkdir(parents=True)
    for number in range(30):
        path = folder / "00" / f"{number:032x}"
        path.write_bytes(b"x")
        aged(path, now)
    assert sweep_orphan_files(now=now) == {"orphans_removed": 0, "orphans_refused": 30}


@pytest.mark.django_db(transaction=True)
def test_destroyed_files_go_once_the_disposal_stands(cast: Cast, now: datetime, folder: Path) -> None:
    gone, stays = (ServiceRequestFactory.create(department=cast.streets, owner=cast.alice) for _ in range(2))
    for found in (gone, stays):
        attach(found, cast.alice, now)
    with suppress(KeyError), transaction.atomic():
        destroy_attachments(request_ids=[gone.pk], actor=SYSTEM, at=now)
        raise KeyError  # the disposal fails
    assert len(on_disk(folder)) == 2

    with transaction.atomic():
        assert destroy_attachments(request_ids=[gone.pk], actor=actor(cast.cleo), at=now) == 1
        assert len(on_disk(folder)) == 2
    assert on_disk(folder) == [Attachment.objects.get().path]
    assert Attachment.objects.get().service_request == stays


@pytest.mark.parametrize(("level", "entries"), [(Confidentiality.ORDINARY, 0), (Confidentiality.CONFIDENTIAL, 1)])
def test_a_read_of_a_restricted_file_is_recorded(
    cast: Cast, pothole: ServiceRequest, now: datetime, level: Confidentiality, entries: int
) -> None:
    attach(pothole, cast.alice, now)
    ServiceRequest.objects.filter(pk=pothole.pk).update(confidentiality=level)
    row = Attachment.objects.select_related("service_request").get()
    record_attachment_read(row, actor=actor(cast.hana), at=now)
    assert AuditEntry.objects.filter(action="attachment_read", object_id=row.pk).count() == entries


def test_a_bomb_is_kept_packed(cast: Cast, pothole: ServiceRequest, now: datetime) -> None:
    attach(pothole, cast.alice, now, incoming("bomb.docx", TAKEN["bomb.docx"]))
    row = Attachment.objects.get()
    assert row.size < 50_000
    assert sum(entry.file_size for entry in zipfile.ZipFile(row.path).infolist()) > 19_000_000
