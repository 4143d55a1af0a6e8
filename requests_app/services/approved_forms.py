"""Keep the register of the city's approved forms and processes (III.b.v.2)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from requests_app.models import ApprovedForm, Department
from requests_app.selectors.access import Actor
from requests_app.selectors.approved_forms import is_name_taken, mark_of
from requests_app.services.attachment_files import remove_files, store_file
from requests_app.services.edits import require_unchanged
from requests_app.services.events import record_audit
from requests_app.services.uploads import IncomingFile

_LONGEST_FILE_NAME = 120


class FormNameTaken(ValueError):
    """Another form in use goes by this name."""


class NowhereToFind(ValueError):
    """Neither a link nor a file nor a number says where the form is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedFormEntry:
    """A form as typed; a retired one is shown to its keepers only."""

    name: str
    owner_id: int
    name_es: str = ""
    purpose: str = ""
    link: str = ""
    external_number: str = ""
    is_procedure_form: bool = False
    approved_on: date | None = None
    is_active: bool = True


@transaction.atomic
def add_approved_form(
    entry: ApprovedFormEntry, *, file: IncomingFile | None, actor: Actor, at: datetime
) -> ApprovedForm:
    """Add a form; a second click gives back the one of the first. Raises FormNameTaken, NowhereToFind."""
    _lock_register()
    known = ApprovedForm.objects.filter(name__iexact=entry.name, is_active=True).first()
    if known:
        if _facts(known) == asdict(entry) and known.file_name == _file_name(file):
            return known
        raise FormNameTaken(entry.name)
    _require_somewhere(entry, has_file=file is not None)
    _give_way(entry, actor=actor, at=at)
    with _stored(file) as stored:
        form = ApprovedForm.objects.create(**asdict(entry), **stored, changed_by=actor.employee, changed_at=at)
        record_audit("approved_form_added", form, actor=actor, at=at, fields=_told(form))
    return form


@transaction.atomic
def change_approved_form(
    form_id: int, entry: ApprovedFormEntry, *, file: IncomingFile | None, seen: str, actor: Actor, at: datetime
) -> ApprovedForm:
    """Change or retire a form; what a new file replaces stays in the register, retired.

    Raises FormNameTaken, NowhereToFind, ChangedMeanwhile.
    """
    _lock_register()
    form = ApprovedForm.objects.select_for_update().get(pk=form_id)
    before, after = _facts(form), asdict(entry)
    if before == after and file is None:
        return form
    require_unchanged(seen=seen, now=mark_of(form))
    if entry.is_active and is_name_taken(entry.name, besides=form_id):
        raise FormNameTaken(entry.name)
    _require_somewhere(entry, has_file=bool(file or form.file_key))
    _give_way(entry, besides=form_id, actor=actor, at=at)
    with _stored(file) as stored:
        if file and form.file_key:
            _keep_earlier(form, before, actor=actor, at=at)
        for name, value in {**after, **stored, "changed_by": actor.employee, "changed_at": at}.items():
            setattr(form, name, value)
        form.save()
        is_retired = bool(before["is_active"]) and not entry.is_active
        record_audit(
            "approved_form_retired" if is_retired else "approved_form_changed",
            form,
            actor=actor,
            at=at,
            fields=_told(form),
        )
    return form


def _lock_register() -> None:
    """Let one change of the register pass at a time: one name, one procedure form, one row for two clicks."""
    Department.objects.select_for_update().filter(parent=None).first()


def _require_somewhere(entry: ApprovedFormEntry, *, has_file: bool) -> None:
    if not (entry.link or entry.external_number or has_file):
        raise NowhereToFind


def _give_way(entry: ApprovedFormEntry, *, actor: Actor, at: datetime, besides: int = 0) -> None:
    """Let the city's own procedure form so far stand back: there is one at a time."""
    if not (entry.is_procedure_form and entry.is_active):
        return
    for other in ApprovedForm.objects.filter(is_procedure_form=True, is_active=True).exclude(pk=besides):
        other.is_procedure_form, other.changed_by, other.changed_at = False, actor.employee, at
        other.save(update_fields=["is_procedure_form", "changed_by", "changed_at"])
        record_audit("approved_form_changed", other, actor=actor, at=at, fields={"is_procedure_form": False})


def _keep_earlier(form: ApprovedForm, facts: dict[str, object], *, actor: Actor, at: datetime) -> None:
    """Keep what was approved until now, with its file: nothing is deleted from a screen."""
    facts = {**facts, "is_active": False, "is_procedure_form": False}
    earlier = ApprovedForm.objects.create(
        **facts, file_name=form.file_name, file_key=form.file_key, changed_by=actor.employee, changed_at=at
    )
    record_audit("approved_form_retired", earlier, actor=actor, at=at, fields=_told(earlier))


@contextmanager
def _stored(file: IncomingFile | None) -> Iterator[dict[str, str]]:
    """Store a file among the attachments before its row is written; where the row fails, the file goes again."""
    if file is None:
        yield {}
        return
    stored = store_file(file)
    try:
        yield {"file_name": _file_name(file), "file_key": stored.key.hex}
    except BaseException:
        remove_files([stored.key])
        raise


def _file_name(file: IncomingFile | None) -> str:
    if file is None:
        return ""
    stem, dot, extension = file.name.rpartition(".")
    return f"{stem[: _LONGEST_FILE_NAME - len(extension) - 1]}{dot}{extension}"


def _facts(form: ApprovedForm) -> dict[str, object]:
    return {name: getattr(form, name) for name in ApprovedFormEntry.__dataclass_fields__}


def _told(form: ApprovedForm) -> dict[str, object]:
    return {**_facts(form), "file_name": form.file_name, "file_key": form.file_key}
