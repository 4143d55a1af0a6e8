"""A14: a backup under load restores elsewhere, whole, and the copy sends nothing until told to."""

import os
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from requests_app.domain.backups import InvalidBackup
from requests_app.domain.vocabulary import Channel
from requests_app.models import AuditEntry, RestoreDrill, SendingPause, ServiceRequest
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.backups import backup_files, last_proven_restore
from requests_app.services.backups import make_backup, prune_backups
from requests_app.services.entries import ContactEntry
from requests_app.services.jobs import enqueue_job, run_next_jobs
from requests_app.services.outgoing_mail import send_due_mail
from requests_app.services.requests import log_request
from requests_app.services.restore_drills import run_restore_drill
from requests_app.services.restores import restore_backup
from requests_app.services.sending import start_sending
from tests.cast import Cast, actor
from tests.factories import NOW, free_text_mail
from tests.reliability.late_requests import crowd
from tests.reliability.restored import Elsewhere, elsewhere

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drill]
CONTENT = {"ab/one": b"%PDF-1.7 one", "cd/two": b"\x89PNG two" * 1000}


@pytest.fixture
def attachments(tmp_path: Path, settings: Any) -> Path:
    """Two files where attachments are kept."""
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    for name, content in CONTENT.items():
        path = settings.ATTACHMENTS_ROOT / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    return tmp_path / "attachments"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Elsewhere]:
    with elsewhere(tmp_path / "elsewhere") as found:
        yield found


@pytest.fixture
def backup(city: None, attachments: Path, tmp_path: Path) -> Path:
    """A backup of a small city with a mail that is due."""
    free_text_mail(to="alice@pinole.example")
    return make_backup(folder=tmp_path / "backups", actor=SYSTEM, at=NOW)


class Load:
    """People who log contacts without a pause; what was acknowledged is kept by its number."""

    def __init__(self, cast: Cast, people: int) -> None:
        self.acknowledged: list[str] = []
        self.errors: list[Exception] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._log, args=(cast,)) for _ in range(people)]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def _log(self, cast: Cast) -> None:
        while not self._stop.is_set():
            now = timezone.now()
            entry = ContactEntry(channel=Channel.PHONE, title="Under load", received_at=now)
            try:
                self.acknowledged.append(log_request(entry, actor=actor(cast.fay), at=now).number)
            except Exception as error:  # the test asserts that there is none
                self.errors.append(error)
        connections.close_all()


def test_a14_a_backup_under_load_restores_elsewhere_with_everything_equal(
    cast: Cast, attachments: Path, place: Elsewhere, tmp_path: Path, full_size_drill: bool
) -> None:
    late, waiting, people = (5_000, 95_000, 8) if full_size_drill else (60, 140, 3)
    crowd(late=late, waiting=waiting)
    with Load(cast, people) as load:
        while len(load.acknowledged) < people:
            time.sleep(0.01)
        before, began = list(load.acknowledged), time.monotonic()
        path = make_backup(folder=tmp_path / "backups", actor=SYSTEM, at=timezone.now())
        made_in, meanwhile = time.monotonic() - began, len(load.acknowledged) - len(before)
    began = time.monotonic()
    done = place.manage("restore", str(path), "--json")
    restored_in = time.monotonic() - began

    assert load.errors == []
    assert done.returncode == 0, done.stdout + done.stderr
    assert place.ask(f"ServiceRequest.objects.filter(number__in={before}).count()") == str(len(before))
    copied = {file.relative_to(place.folder / "attachments").as_posix(): file.read_bytes()
              for file in (place.folder / "attachments").rglob("*") if file.is_file()}  # fmt: skip
    assert copied == CONTENT
    if full_size_drill:
        assert meanwhile > 0, "nobody could work while the backup was made"
    print(
        f"\nA14: {ServiceRequest.objects.count()} requests, {meanwhile} logged by {people} people during the backup "
        f"({made_in:.1f} s, {path.stat().st_size / 1e6:.1f} MB); restored and compared in {restored_in:.1f} s: equal"
    )


def test_a14_the_copy_sends_nothing_until_told_to_and_is_never_overwritten(backup: Path, place: Elsewhere) -> None:
    assert place.manage("restore", str(backup)).returncode == 0
    send = ("shell", "--no-imports", "-c", "from requests_app.tasks import send_due_mail; send_due_mail()")

    assert place.manage(*send).returncode == 0
    assert place.mails == []

    told = place.manage("start_sending")
    assert "Sending has started" in told.stdout
    assert place.manage(*send).returncode == 0
    assert len(place.mails) == 1

    again = place.manage("restore", str(backup))
    assert again.returncode == 1
    assert "not empty" in again.stderr


@pytest.mark.once
def test_what_waited_can_be_given_up_instead_of_being_sent_twice(backup: Path, place: Elsewhere) -> None:
    place.manage("restore", str(backup))
    assert "Mails given up: 1." in place.manage("start_sending", "--skip-waiting").stdout
    assert place.ask("OutgoingMail.objects.get().status") == "failed"


@pytest.mark.once
def test_another_audit_key_is_noticed(backup: Path, place: Elsewhere) -> None:
    done = place.manage("restore", str(backup), AUDIT_KEY="another-key-of-some-length-0123456789-abcdefghij-xyz")
    assert done.returncode == 1
    assert "AUDIT_KEY is another one" in done.stderr


@pytest.mark.parametrize("harm", ["cut off", "a bit flipped", "no backup at all"])
def test_a_damaged_file_restores_nothing(backup: Path, tmp_path: Path, settings: Any, harm: str) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 3] ^= 1
    harmed = {"cut off": backup.read_bytes()[:9000], "a bit flipped": bytes(content), "no backup at all": b"text" * 500}
    backup.write_bytes(harmed[harm])
    settings.ATTACHMENTS_ROOT = tmp_path / "new"

    with pytest.raises(InvalidBackup):
        restore_backup(backup, at=NOW)

    assert not settings.ATTACHMENTS_ROOT.exists()


def test_a_place_in_use_is_refused_before_anything_is_touched(backup: Path, tmp_path: Path, settings: Any) -> None:
    with pytest.raises(InvalidBackup, match="not empty"):
        restore_backup(backup, at=NOW)
    settings.ATTACHMENTS_ROOT = tmp_path / "new"
    with pytest.raises(InvalidBackup, match="The database is not empty"):
        restore_backup(backup, at=NOW)
    assert not settings.ATTACHMENTS_ROOT.exists()


def test_a_drill_proves_a_restore_and_says_so(cast: Cast, attachments: Path, now: datetime, settings: Any) -> None:
    settings.BACKUP_DIR = attachments.parent / "backups"
    enqueue_job("restore_drill", parameters={}, actor=actor(cast.ada), at=now)
    assert run_next_jobs(clock=timezone.now) == {"done": 1, "failed": 0}

    drill = RestoreDrill.objects.get()
    assert (drill.is_proven, drill.differences, drill.attachments, drill.asked_by) == (True, [], 2, cast.ada)
    assert drill.rows > 100
    assert last_proven_restore() == drill
    assert [backup.name for backup in backup_files(settings.BACKUP_DIR)] == [drill.backup_name]
    assert set(
        AuditEntry.objects.filter(action__in=["backup_made", "restore_tried"]).values_list("actor", flat=True)
    ) == {cast.ada.pk}


def test_a_drill_that_fails_proves_nothing_and_says_why(city: None, tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_DIR = tmp_path / "file"
    settings.BACKUP_DIR.write_text("in the way")
    drill = run_restore_drill(actor=SYSTEM, clock=timezone.now)
    assert not drill.is_proven
    assert drill.differences
    assert last_proven_restore() is None


def test_only_the_newest_backups_are_kept(backup: Path) -> None:
    older = backup.with_name("pinole-20200101-000000.tar")
    older.write_bytes(b"")
    os.utime(older, (0, 0))
    assert prune_backups(folder=backup.parent, keep=1) == [older.name]
    assert backup.exists()


def test_while_paused_no_mail_is_due_and_starting_is_evidence(cast: Cast, now: datetime) -> None:
    free_text_mail(to="alice@pinole.example")
    SendingPause.objects.create(since_at=now, reason="Restored from a backup.")
    assert send_due_mail(clock=lambda: now, worker="w")["sent"] == 0

    assert start_sending(actor=actor(cast.ada), at=now) == 0
    assert start_sending(actor=actor(cast.ada), at=now) is None
    assert AuditEntry.objects.filter(action="sending_started", actor=cast.ada).count() == 1
