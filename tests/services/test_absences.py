"""The absence register: who may write in it, and what it refuses."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.models import Absence, AuditEntry, Employee
from requests_app.selectors.absences import reads_reason
from requests_app.services.absences import AbsenceEntry, change_absence, end_absence, record_absence, remove_absence
from tests.cast import Cast, actor
from tests.factories import NOW, AbsenceFactory

DAY = timedelta(days=1)
ILL = AbsenceEntry(
    kind=AbsenceKind.UNFORESEEN, reason=AbsenceReason.ILLNESS, starts_at=NOW, ask_again_on=date(2026, 11, 25)
)


def leave(
    *, starts_at: datetime = NOW + DAY, ends_at: datetime | None = NOW + 3 * DAY, **known: object
) -> AbsenceEntry:
    facts: dict[str, object] = {"no_alternate_reason": "The counter answers.", **known}
    return AbsenceEntry(
        kind=AbsenceKind.PLANNED, reason=AbsenceReason.LEAVE, starts_at=starts_at, ends_at=ends_at, **facts  # type: ignore[arg-type]
    )  # fmt: skip


def record(entry: AbsenceEntry, by: Employee, of: Employee) -> Absence:
    return record_absence(entry, employee_id=of.pk, actor=actor(by), at=NOW)


@pytest.mark.parametrize("who", ["alice", "sam", "dora", "hana", "max"])
def test_planned_leave_is_recorded_by_the_person_who_leads_them_or_human_resources(cast: Cast, who: str) -> None:
    absence = record(leave(), getattr(cast, who), cast.alice)
    assert absence.recorded_by == getattr(cast, who)
    assert AuditEntry.objects.get(action="absence_recorded").object_id == absence.pk


@pytest.mark.parametrize("who", ["bob", "charlie", "fay", "ada", "cleo", "otto"])
def test_nobody_else_records_planned_leave(cast: Cast, who: str) -> None:
    with pytest.raises(ActionRefused) as refused:
        record(leave(), getattr(cast, who), cast.alice)
    assert refused.value.refusal is Refusal.ABSENCE_NOT_YOURS
    assert not Absence.objects.exists()


def test_the_front_desk_records_that_somebody_called_in_sick(cast: Cast) -> None:
    assert record(ILL, cast.fay, cast.alice).ends_at is None


@pytest.mark.parametrize(
    ("entry", "refusal"),
    [
        (leave(ends_at=NOW), Refusal.ABSENCE_ORDER),
        (leave(ends_at=None), Refusal.RETURN_NEEDED),
        (leave(no_alternate_reason=" "), Refusal.ALTERNATE_NEEDED),
        (AbsenceEntry(kind=ILL.kind, reason=ILL.reason, starts_at=NOW), Refusal.RETURN_NEEDED),
    ],
)
def test_what_the_policy_asks_for_cannot_be_left_out(cast: Cast, entry: AbsenceEntry, refusal: Refusal) -> None:
    with pytest.raises(ActionRefused) as refused:
        record(entry, cast.alice, cast.alice)
    assert refused.value.refusal is refusal


def test_nobody_stands_in_for_themselves(cast: Cast) -> None:
    with pytest.raises(ActionRefused) as refused:
        record(leave(alternate_person_id=cast.alice.pk), cast.alice, cast.alice)
    assert refused.value.refusal is Refusal.ALTERNATE_TAKEN


def test_two_absences_of_somebody_share_no_time_but_may_touch(cast: Cast) -> None:
    first = record(leave(), cast.alice, cast.alice)
    with pytest.raises(ActionRefused) as refused:
        record(leave(starts_at=NOW + 2 * DAY, ends_at=NOW + 9 * DAY), cast.alice, cast.alice)
    assert refused.value.refusal is Refusal.ABSENCE_OVERLAPS
    record(leave(starts_at=NOW + 3 * DAY, ends_at=NOW + 9 * DAY), cast.alice, cast.alice)
    assert first.ends_at == NOW + 3 * DAY


def test_a_second_editor_is_told_that_it_changed(cast: Cast) -> None:
    absence = record(leave(), cast.alice, cast.alice)
    longer = leave(ends_at=NOW + 5 * DAY)
    changed = change_absence(absence_id=absence.pk, version=1, entry=longer, actor=actor(cast.sam), at=NOW)
    assert changed == {"ends_at": NOW + 5 * DAY}
    with pytest.raises(ActionRefused) as refused:
        change_absence(absence_id=absence.pk, version=1, entry=leave(), actor=actor(cast.alice), at=NOW)
    assert refused.value.refusal is Refusal.ABSENCE_CHANGED


def test_saving_what_is_so_already_leaves_no_trace(cast: Cast) -> None:
    absence = record(leave(), cast.alice, cast.alice)
    assert change_absence(absence_id=absence.pk, version=1, entry=leave(), actor=actor(cast.alice), at=NOW) == {}
    assert not AuditEntry.objects.filter(action="absence_changed").exists()


def test_back_early_ends_it_now_and_a_second_time_is_refused(cast: Cast) -> None:
    absence = AbsenceFactory.create(employee=cast.alice)
    assert end_absence(absence_id=absence.pk, actor=actor(cast.alice), at=NOW).ends_at == NOW
    with pytest.raises(ActionRefused) as refused:
        end_absence(absence_id=absence.pk, actor=actor(cast.alice), at=NOW)
    assert refused.value.refusal is Refusal.ABSENCE_OVER


def test_a_removed_absence_keeps_its_row_and_is_removed_once(cast: Cast) -> None:
    absence = AbsenceFactory.create(employee=cast.alice)
    removed = remove_absence(absence_id=absence.pk, reason="Wrong person.", actor=actor(cast.sam), at=NOW)
    assert removed.removed_by == cast.sam
    with pytest.raises(ActionRefused):
        remove_absence(absence_id=absence.pk, reason="Again.", actor=actor(cast.sam), at=NOW)


def test_somebody_who_has_left_is_not_away(cast: Cast) -> None:
    Employee.objects.filter(pk=cast.alice.pk).update(is_active=False)
    with pytest.raises(ActionRefused) as refused:
        record(leave(), cast.hana, cast.alice)
    assert refused.value.refusal is Refusal.HAS_LEFT


def test_the_front_desk_corrects_the_call_it_took_and_no_other(cast: Cast) -> None:
    taken, planned = record(ILL, cast.fay, cast.alice), record(leave(), cast.bob, cast.bob)
    longer = replace(ILL, ask_again_on=date(2026, 11, 26))
    change_absence(absence_id=taken.pk, version=1, entry=longer, actor=actor(cast.fay), at=NOW)
    acts = (
        lambda: end_absence(absence_id=planned.pk, actor=actor(cast.fay), at=NOW),
        lambda: remove_absence(absence_id=planned.pk, reason="No", actor=actor(cast.fay), at=NOW),
        # Calling planned leave unforeseen does not make it theirs.
        lambda: change_absence(absence_id=planned.pk, version=1, entry=ILL, actor=actor(cast.fay), at=NOW),
    )
    for act in acts:
        with pytest.raises(ActionRefused) as refused:
            act()
        assert refused.value.refusal is Refusal.ABSENCE_NOT_YOURS


def test_whoever_took_a_call_and_may_no_longer_changes_nothing(cast: Cast) -> None:
    taken = record(ILL, cast.fay, cast.alice)
    cast.fay.role_assignments.all().delete()
    with pytest.raises(ActionRefused):
        end_absence(absence_id=taken.pk, actor=actor(cast.fay), at=NOW + DAY)


@pytest.mark.parametrize(
    ("who", "of", "reads"),
    [
        ("alice", "alice", True),
        ("sam", "alice", True),
        ("dora", "sam", True),
        ("max", "dora", True),
        ("hana", "max", True),
        ("sam", "dora", False),
        ("sam", "charlie", False),
        ("bob", "alice", False),
        ("fay", "alice", False),
        ("ada", "alice", False),
    ],
)
def test_why_somebody_is_away_is_for_who_leads_them_and_human_resources(
    cast: Cast, who: str, of: str, *, reads: bool
) -> None:
    assert reads_reason(actor(getattr(cast, who)), getattr(cast, of)) is reads
