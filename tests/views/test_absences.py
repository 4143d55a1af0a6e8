"""The register of absences on its pages: who sees what, and what one can do (III.b.ii.5)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from requests_app.models import Absence, Alternate, Employee
from requests_app.services.absences import end_absence, remove_absence
from tests.cast import Cast, actor
from tests.factories import AbsenceFactory
from tests.views.log_form import as_

LEAVE = {
    "kind": "planned",
    "reason": "training",
    "first_on": "2026-12-01",
    "last_on": "2026-12-02",
    "no_alternate_reason": "The counter answers",
}


@pytest.fixture(autouse=True)
def fixed_clock(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


@pytest.fixture
def ill(cast: Cast, now: datetime) -> Absence:
    """Alice is ill since the morning; Bob stands in."""
    return AbsenceFactory.create(
        employee=cast.alice, kind="unforeseen", reason="illness", starts_at=now - timedelta(hours=6), ends_at=None,
        ask_again_on=date(2026, 11, 25), alternate_person=cast.bob, recorded_by=cast.sam,
    )  # fmt: skip


def text_of(answer: Any) -> str:
    return b"".join(answer).decode()


def shown(client: Client, name: str, *args: object, **query: Any) -> str:
    return text_of(client.get(reverse(name, args=args), query))


def change(client: Client, absence: Absence, **typed: object) -> Any:
    url = reverse("absence_change", args=[absence.pk])
    form = client.get(url).context["form"]
    stored = {bound.name: bound.value() for bound in form if bound.value() is not None}
    return client.post(url, {**stored, **typed})


WHY = ("Unforeseen", "Illness", "Planned,", "unforeseen", "illness")


@pytest.mark.parametrize("who", ["fay", "bob", "charlie", "ada", "cleo", "otto", "lena"])
def test_everybody_reads_until_when_and_nobody_else_why(cast: Cast, ill: Absence, who: str) -> None:
    client = as_(getattr(cast, who))
    pages = [shown(client, "absence_list"), shown(client, "absence_detail", ill.pk)]
    for page in (*pages, shown(client, "absence_list", format="csv")):
        assert "Alice Owner" in page
        assert "return not known, ask again on Wed 25 Nov" in page
        assert "Bob Teammate" in page
        assert not [word for word in WHY if word in page]
    assert "are to be set by" not in pages[1], "by when the greeting is due tells that it was unforeseen"
    assert not [verb for verb in ("change", "end", "remove") if f"/{ill.pk}/{verb}/" in pages[1]]


@pytest.mark.parametrize("who", ["alice", "sam", "dora", "max", "hana"])
def test_the_person_who_leads_them_and_human_resources_read_why(cast: Cast, ill: Absence, who: str) -> None:
    client = as_(getattr(cast, who))
    for page in (
        shown(client, "absence_list"),
        shown(client, "absence_detail", ill.pk),
        shown(client, "absence_list", format="csv"),
    ):
        assert "Unforeseen" in page
        assert "Illness" in page


def test_the_file_tells_why_only_of_those_its_reader_leads(cast: Cast, ill: Absence) -> None:
    AbsenceFactory.create(employee=cast.charlie, reason="civic")
    page = shown(as_(cast.sam), "absence_list", format="csv")
    assert "Illness" in page
    assert "Charlie Outsider" in page
    assert "Civic" not in page


def test_two_dates_are_enough_for_whole_days(cast: Cast) -> None:
    Alternate.objects.create(employee=cast.alice, position=1, person=cast.bob)
    typed = {"person": cast.alice.pk, "kind": "planned", "reason": "leave"}
    answer = as_(cast.alice).post(
        reverse("absence_new"), {**typed, "first_on": "2026-12-03", "last_on": "2026-12-04"}, follow=True
    )
    absence = Absence.objects.get()
    assert timezone.localtime(absence.starts_at).isoformat() == "2026-12-03T08:00:00-08:00"
    assert timezone.localtime(absence.ends_at).isoformat() == "2026-12-07T08:00:00-08:00"
    assert absence.alternate_person == cast.bob, "as the directory says"
    page = text_of(answer)
    assert "Thu 3 Dec, 8:00 am" in page
    assert "new work and reminders go to Bob Teammate" in page
    assert "are to be set by" in page


def test_times_take_the_place_of_whole_days(cast: Cast) -> None:
    typed = {**LEAVE, "person": cast.alice.pk, "first_on": "2026-12-03", "last_on": "2026-12-03"}
    as_(cast.alice).post(reverse("absence_new"), {**typed, "from_time": "13:00", "until_time": "15:30"})
    absence = Absence.objects.get()
    assert [f"{timezone.localtime(at):%d %H:%M}" for at in (absence.starts_at, absence.ends_at)] == [
        "03 13:00",
        "03 15:30",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"first_on": ""}, "Enter the first day away."),
        ({"last_on": ""}, "Enter the last day away"),
        ({"last_on": "2026-11-30"}, "before the first day away"),
        ({"ask_again_on": "2026-12-01"}, "Leave this empty"),
        ({"last_on": "", "ask_again_on": "2026-12-03"}, "Planned leave has a last day"),
        ({"kind": "unforeseen", "last_on": "", "ask_again_on": "2026-11-30"}, "before the first day away"),
        ({"kind": "unforeseen", "last_on": "", "ask_again_on": "2026-12-03", "until_time": "9:00"}, "it belongs to"),
        ({"no_alternate_reason": ""}, "Say who stands in"),
        ({"last_on": "2026-12-01", "from_time": "15:00", "until_time": "9:00"}, "back before they leave"),
        ({"first_on": "2027-03-14", "last_on": "2027-03-14", "from_time": "02:30"}, "did not exist"),
        ({"from_time": "25:00"}, "valid time"),
        ({"stand_in": "person-0"}, "valid choice"),
        ({"kind": "sick", "reason": "secret"}, "valid choice"),
        ({"first_on": "0001-01-01", "last_on": "9999-12-31"}, "cannot be right"),
        ({"no_alternate_reason": "a\x00b"}, "Null characters"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(cast: Cast, typed: dict[str, str], said: str) -> None:
    answer = as_(cast.hana).post(reverse("absence_new"), {**LEAVE, "person": cast.alice.pk, **typed})
    assert answer.status_code == 422
    page = text_of(answer)
    assert said in page
    assert "error-summary" in page
    assert all(value in page for value in typed.values() if "\x00" not in value and value not in ("sick", "secret"))
    assert not Absence.objects.exists()


def test_a_second_click_records_nothing_twice(cast: Cast) -> None:
    client = as_(cast.sam)
    typed = {**LEAVE, "person": cast.alice.pk}
    assert [client.post(reverse("absence_new"), typed).status_code for _ in range(2)] == [302, 409]
    assert Absence.objects.count() == 1


def test_nobody_stands_in_for_themselves(cast: Cast) -> None:
    typed = {**LEAVE, "person": cast.alice.pk, "stand_in": f"person-{cast.alice.pk}"}
    answer = as_(cast.sam).post(reverse("absence_new"), typed)
    assert answer.status_code == 409
    assert "Nobody stands in for themselves" in text_of(answer)


def test_a_person_is_offered_whom_they_may_record_first_themselves(cast: Cast) -> None:
    def offered(who: Employee) -> list[str]:
        choices = as_(who).get(reverse("absence_new")).context["form"].fields["person"].choices
        return [label.split(",")[0] for _value, label in choices]

    assert offered(cast.alice) == ["Alice Owner"]
    assert offered(cast.sam) == ["Sam Supervisor", "Alice Owner", "Bob Teammate"]
    assert offered(cast.hana)[0] == "Hana Resources"
    assert len(offered(cast.hana)) == Employee.objects.count()
    page = as_(cast.sam).get(reverse("absence_new"), {"person": cast.bob.pk})
    assert f'value="{cast.bob.pk}" selected' in text_of(page)


def test_saving_what_is_shown_changes_nothing(cast: Cast, ill: Absence) -> None:
    ended = end_absence(absence_id=ill.pk, actor=actor(cast.sam), at=timezone.now() + timedelta(minutes=90, seconds=7))
    answer = change(as_(cast.sam), ill)
    assert answer.status_code == 302
    ill.refresh_from_db()
    assert (ill.starts_at, ill.ends_at, ill.version) == (ended.starts_at, ended.ends_at, ended.version)


def test_a_second_editor_is_shown_what_changed_and_keeps_what_was_typed(cast: Cast, ill: Absence) -> None:
    first, second = as_(cast.sam), as_(cast.alice)
    stale = {"version": 1, "kind": "unforeseen", "reason": "illness", "first_on": "2026-11-23"}
    assert change(first, ill, last_on="2026-11-24", ask_again_on="").status_code == 302
    url = reverse("absence_change", args=[ill.pk])
    answer = second.post(url, {**stale, "last_on": "2026-11-25", "from_time": "08:10"})
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Last day away is now “Tue 24 Nov”." in page
    assert 'value="2026-11-25"' in page
    again = answer.context["form"].data
    assert second.post(url, again).status_code == 302
    ill.refresh_from_db()
    assert timezone.localtime(ill.ends_at).date() == date(2026, 11, 30), "after Thanksgiving and the weekend"


def test_back_now_ends_it_once(cast: Cast, ill: Absence, now: datetime) -> None:
    alice = as_(cast.alice)
    url = reverse("absence_end", args=[ill.pk])
    assert [alice.post(url).status_code for _ in range(2)] == [302, 409]
    ill.refresh_from_db()
    assert ill.ends_at == now
    assert url not in shown(alice, "absence_detail", ill.pk)


def test_removing_takes_a_reason_and_leaves_it_to_who_may_know(cast: Cast, ill: Absence) -> None:
    sam, url = as_(cast.sam), reverse("absence_remove", args=[ill.pk])
    assert sam.post(url).status_code == 422
    answer = sam.post(url, {"reason": "It was Bob who called"}, follow=True)
    assert "counts as present for that time" in text_of(answer)
    assert "It was Bob who called" in shown(sam, "absence_detail", ill.pk)
    assert as_(cast.fay).get(reverse("absence_detail", args=[ill.pk])).status_code == 404
    assert "Alice Owner" not in shown(as_(cast.ada), "absence_list", when="all", format="csv")
    assert sam.post(url, {"reason": "Again"}).status_code == 409


def test_what_was_removed_is_not_changed(cast: Cast, ill: Absence, now: datetime) -> None:
    remove_absence(absence_id=ill.pk, reason="Wrong", actor=actor(cast.sam), at=now)
    assert change(as_(cast.sam), ill).status_code == 409


def test_the_history_is_told_to_who_knows_why(cast: Cast) -> None:
    sam = as_(cast.sam)
    page = text_of(sam.post(reverse("absence_new"), {**LEAVE, "person": cast.alice.pk}, follow=True))
    assert "Absence recorded" in page
    assert "Absence recorded" not in shown(as_(cast.fay), "absence_detail", Absence.objects.get().pk)
