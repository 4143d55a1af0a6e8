"""The register of approved forms: one name, one procedure form, files that stay (III.b.v.2)."""

import tarfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from requests_app.models import ApprovedForm, AuditEntry
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.approved_forms import approved_forms_open_to, mark_of, own_procedure_form
from requests_app.services.approved_forms import (
    ApprovedFormEntry,
    FormNameTaken,
    NowhereToFind,
    add_approved_form,
    change_approved_form,
)
from requests_app.services.attachment_files import GRACE, sweep_orphan_files
from requests_app.services.backups import make_backup
from requests_app.services.edits import ChangedMeanwhile
from tests.cast import Cast, actor
from tests.sample_files import PDF, incoming

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ATTACHMENTS_ROOT = str(tmp_path)
    return tmp_path


def entry(cast: Cast, **typed: Any) -> ApprovedFormEntry:
    facts = {"name": "Complaint procedure", "owner_id": cast.streets.pk, "external_number": "HR-7", **typed}
    return ApprovedFormEntry(**facts)


def add(cast: Cast, now: datetime, *, file: bool = False, **typed: Any) -> ApprovedForm:
    pdf = incoming("procedure.pdf", PDF) if file else None
    return add_approved_form(entry(cast, **typed), file=pdf, actor=actor(cast.cleo), at=now)


def audited() -> list[str]:
    acts = AuditEntry.objects.filter(object_kind="approvedform").order_by("pk")
    return list(acts.values_list("action", flat=True))


def files() -> list[str]:
    return sorted(path.name for path in Path(settings.ATTACHMENTS_ROOT).rglob("*") if path.is_file())


def test_it_is_added_with_its_file_and_a_second_click_adds_nothing(cast: Cast, now: datetime) -> None:
    first, second = add(cast, now, file=True), add(cast, now, file=True)
    assert first == second
    assert (first.changed_by, first.changed_at, first.file_name) == (cast.cleo, now, "procedure.pdf")
    assert first.path.read_bytes() == PDF
    assert files() == [first.file_key]
    assert audited() == ["approved_form_added"]


def test_another_of_that_name_is_refused_until_the_first_is_retired(cast: Cast, now: datetime) -> None:
    form = add(cast, now)
    with pytest.raises(FormNameTaken):
        add(cast, now, name="COMPLAINT procedure")
    change_approved_form(
        form.pk, entry(cast, is_active=False), file=None, seen=mark_of(form), actor=actor(cast.ada), at=now
    )
    add(cast, now, name="COMPLAINT procedure")
    assert audited() == ["approved_form_added", "approved_form_retired", "approved_form_added"]


def test_a_form_that_is_nowhere_is_refused_and_leaves_no_file(cast: Cast, now: datetime) -> None:
    with pytest.raises(NowhereToFind):
        add(cast, now, external_number="")
    assert not ApprovedForm.objects.exists()
    assert files() == []


def test_there_is_one_procedure_form_at_a_time(cast: Cast, now: datetime) -> None:
    assert own_procedure_form() is None
    first = add(cast, now, is_procedure_form=True)
    second = add(cast, now, name="Complaint form of 2027", is_procedure_form=True)
    first.refresh_from_db()
    assert (first.is_procedure_form, own_procedure_form()) == (False, second)
    assert audited() == ["approved_form_added", "approved_form_changed", "approved_form_added"]

    retired = entry(cast, name="Complaint form of 2027", is_procedure_form=True, is_active=False)
    change_approved_form(second.pk, retired, file=None, seen=mark_of(second), actor=actor(cast.ada), at=now)
    assert own_procedure_form() is None


def test_a_new_file_keeps_the_earlier_one_retired(cast: Cast, now: datetime) -> None:
    form = add(cast, now, file=True, is_procedure_form=True)
    earlier_key = form.file_key
    later = now + timedelta(days=1)
    change_approved_form(
        form.pk, entry(cast, is_procedure_form=True), file=incoming("new.pdf", PDF), seen=mark_of(form),
        actor=actor(cast.ada), at=later,
    )  # fmt: skip
    form.refresh_from_db()
    earlier = ApprovedForm.objects.get(file_key=earlier_key)
    assert (form.file_name, form.is_procedure_form, form.changed_by) == ("new.pdf", True, cast.ada)
    assert (earlier.pk == form.pk, earlier.is_active, earlier.file_name) == (False, False, "procedure.pdf")
    assert files() == sorted([earlier_key, form.file_key])
    assert audited() == ["approved_form_added", "approved_form_retired", "approved_form_changed"]


def test_who_saves_second_is_told_and_the_same_again_changes_nothing(cast: Cast, now: datetime) -> None:
    form = add(cast, now)
    seen = mark_of(form)
    for _ in range(2):
        change_approved_form(form.pk, entry(cast, purpose="First"), file=None, seen=seen, actor=actor(cast.ada), at=now)
    with pytest.raises(ChangedMeanwhile):
        change_approved_form(
            form.pk, entry(cast, purpose="Second"), file=incoming("new.pdf", PDF), seen=seen,
            actor=actor(cast.cleo), at=now,
        )  # fmt: skip
    form.refresh_from_db()
    assert (form.purpose, files()) == ("First", [])
    assert audited() == ["approved_form_added", "approved_form_changed"]


def test_a_file_of_the_register_is_no_orphan(cast: Cast, now: datetime) -> None:
    form = add(cast, now, file=True)
    swept = sweep_orphan_files(now=datetime.now(tz=now.tzinfo) + 2 * GRACE)
    assert swept == {"orphans_removed": 0, "orphans_refused": 0}
    assert files() == [form.file_key]


def test_retired_forms_are_for_whoever_keeps_the_register(cast: Cast, now: datetime) -> None:
    form = add(cast, now)
    change_approved_form(
        form.pk, entry(cast, is_active=False), file=None, seen=mark_of(form), actor=actor(cast.ada), at=now
    )
    seen = {name: form in approved_forms_open_to(actor(getattr(cast, name))) for name in ("alice", "ada", "cleo")}
    assert seen == {"alice": False, "ada": True, "cleo": True}


def test_a_long_file_name_is_cut_before_its_ending(cast: Cast, now: datetime) -> None:
    form = add_approved_form(entry(cast), file=incoming(f"{'a' * 140}.pdf", PDF), actor=actor(cast.ada), at=now)
    assert (len(form.file_name), form.file_name[-5:]) == (120, "a.pdf")


@pytest.mark.django_db(transaction=True)
def test_a_backup_carries_the_file(cast: Cast, now: datetime, tmp_path: Path, settings: Any) -> None:
    settings.ATTACHMENTS_ROOT = str(tmp_path / "attachments")
    form = add(cast, now, file=True)
    with tarfile.open(make_backup(folder=tmp_path / "backups", actor=SYSTEM, at=now)) as backup:
        kept = backup.extractfile(f"attachments/{form.file_key[:2]}/{form.file_key}")
        assert kept is not None
        assert kept.read() == PDF
