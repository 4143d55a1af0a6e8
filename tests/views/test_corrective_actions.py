"""The register of corrective action: off, for Human Resources only, and without a trace anywhere else (III.d.ii)."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import Role
from requests_app.models import AuditEntry, CorrectiveAction, CorrectiveSwitch, Employee, Notice
from requests_app.selectors.corrective_actions import CorrectiveCount, corrective_count
from tests.cast import Cast, actor
from tests.factories import EmployeeFactory, give_role, make_login
from tests.views.log_form import as_, text_of

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
PAGES = ("corrective_action_list", "corrective_switch")


@pytest.fixture(autouse=True)
def fixed_clock(time_machine: Any, now: datetime) -> None:
    time_machine.move_to(now, tick=False)


@pytest.fixture
def on(cast: Cast) -> None:
    """The register is kept."""
    assert switch(as_(cast.hana)).status_code == 302


@pytest.fixture
def henry(cast: Cast) -> Employee:
    """Another one in Human Resources."""
    employee = EmployeeFactory.create(name="Henry Resources", email="henry@pinole.example")
    give_role(employee, Role.HR)
    make_login(employee)
    return employee


def switch(client: Client, *, is_on: bool = True, **facts: str) -> Any:
    typed = {"noted_on": "2026-11-20", "note": "Unions told on 20 November", **facts}
    return client.post(reverse("corrective_switch"), typed | ({"is_on": "on"} if is_on else {}))


def record(client: Client, person: Employee, **facts: str) -> Any:
    return client.post(reverse("corrective_action_list"), typed_for(person, **facts))


def typed_for(person: Employee, **facts: str) -> dict[str, Any]:
    line = {"acted_on": "2026-11-16", "rule": "Rule 12.3", "file_reference": "PF-2026-014"}
    return {"employee": person.pk, **line, **facts}


def test_off_it_is_not_there_for_anybody_and_on_for_human_resources_only(cast: Cast) -> None:
    hana = as_(cast.hana)
    assert [hana.get(reverse(name)).status_code for name in PAGES] == [404, 200]
    assert record(hana, cast.bob).status_code == 404
    switch(hana)
    assert record(hana, cast.bob).status_code == 302
    assert [hana.get(reverse(name)).status_code for name in PAGES] == [200, 200]
    line = CorrectiveAction.objects.get()
    for person in (cast.bob, cast.sam, cast.dora, cast.max, cast.ada, cast.otto, cast.cleo, cast.lena, cast.fay):
        urls = [*map(reverse, PAGES), line.get_absolute_url()]
        assert {as_(person).get(url).status_code for url in urls} == {404}
        assert record(as_(person), cast.alice).status_code == 404
        assert switch(as_(person), is_on=False).status_code == 404
    switch(hana, is_on=False)
    assert hana.get(line.get_absolute_url()).status_code == 404
    assert CorrectiveAction.objects.exists()


def test_every_turn_of_the_switch_stays_with_its_dated_note(cast: Cast) -> None:
    hana = as_(cast.hana)
    for _ in range(2):
        switch(hana)
    assert switch(hana, is_on=False, noted_on="2026-11-24").status_code == 409
    assert switch(hana, is_on=False, note="").status_code == 422
    switch(hana, is_on=False, note="Ended")
    assert list(CorrectiveSwitch.objects.values_list("is_on", "note")) == [
        (False, "Ended"), (True, "Unions told on 20 November"),
    ]  # fmt: skip
    assert AuditEntry.objects.filter(action="corrective_register_switched").count() == 2


@pytest.mark.usefixtures("on")
def test_a_line_is_recorded_once_closed_and_corrected(cast: Cast, time_machine: Any) -> None:
    hana = as_(cast.hana)
    for _ in range(2):
        assert record(hana, cast.bob).status_code == 302
    line = CorrectiveAction.objects.get()
    assert record(hana, cast.bob, rule="He shouted").status_code == 409
    url, seen = line.get_absolute_url(), line.changed_at.isoformat()
    time_machine.shift(60)
    assert hana.post(url, {**typed_for(cast.bob, closed_on="2026-11-20"), "seen": seen}).status_code == 302
    assert hana.post(url, {**typed_for(cast.bob), "seen": seen}).status_code == 409
    line.refresh_from_db()
    assert line.closed_on == date(2026, 11, 20)
    assert "may go from" in text_of(hana.get(reverse("corrective_action_list")))


@pytest.mark.usefixtures("on")
def test_nobody_keeps_it_about_themselves_nor_reads_a_line_about_themselves(cast: Cast, henry: Employee) -> None:
    hana, other = as_(cast.hana), as_(henry)
    assert record(hana, cast.hana).status_code == 422
    assert record(hana, henry).status_code == 302
    line = CorrectiveAction.objects.get()
    assert other.get(line.get_absolute_url()).status_code == 404
    assert "PF-2026-014" not in text_of(other.get(reverse("corrective_action_list")))
    asked: dict[str, Any] = {"kind": "correctiveaction", "object_id": line.pk}
    assert "Line of the register recorded" in text_of(hana.get(reverse("audit_trail"), asked))
    assert f"Corrective action {line.pk}" not in text_of(other.get(reverse("audit_trail"), asked))
    record(hana, cast.bob)
    hana.get(reverse("corrective_action_list"))
    b"".join(hana.get(reverse("corrective_action_list"), {"format": "csv"}))
    looks = AuditEntry.objects.filter(action__in=["corrective_actions_read", "exported"])
    assert set(looks.values_list("count", flat=True)) == {1}, (
        "of how many lines another reads would tell of the hidden one"
    )


@pytest.mark.usefixtures("on")
def test_sworn_staff_are_left_out_unless_the_switch_says_otherwise(cast: Cast) -> None:
    Employee.objects.filter(pk=cast.charlie.pk).update(is_sworn=True)
    hana = as_(cast.hana)
    assert record(hana, cast.charlie).status_code == 422
    switch(hana, includes_sworn="on")
    assert record(hana, cast.charlie).status_code == 302


@pytest.mark.usefixtures("on")
def test_the_scorecard_gets_a_count_and_only_where_it_is_not_small(cast: Cast) -> None:
    hana = as_(cast.hana)
    people = [cast.alice, cast.bob, cast.sam, cast.dora, cast.max]
    assert corrective_count(actor(cast.hana), YEAR) == CorrectiveCount(0, 5)
    for person in people[:4]:
        record(hana, person)
    assert corrective_count(actor(cast.hana), YEAR) == CorrectiveCount(None, 5)
    record(hana, people[4])
    assert corrective_count(actor(cast.hana), YEAR) == CorrectiveCount(5, 5)
    Employee.objects.filter(pk=cast.bob.pk).update(is_sworn=True)
    assert corrective_count(actor(cast.hana), YEAR) == CorrectiveCount(None, 5)
    assert corrective_count(actor(cast.max), YEAR) is None
    switch(hana, is_on=False)
    assert corrective_count(actor(cast.hana), YEAR) is None


@pytest.mark.usefixtures("on")
def test_the_trail_says_nothing_of_it_to_who_watches_over_it(cast: Cast) -> None:
    """Neither that there is a register nor that somebody looked at it, nor whom it is about, on screen or in a file."""
    hana = as_(cast.hana)
    record(hana, cast.bob)
    b"".join(hana.get(reverse("corrective_action_list"), {"format": "csv"}))
    hana.get(reverse("corrective_action_list"))
    trail = reverse("audit_trail")
    for watcher in (cast.otto, cast.ada):
        for asked in ({}, {"kind": "correctiveaction"}, {"action": "corrective_action_recorded"}, {"format": "csv"}):
            said = b"".join(as_(watcher).get(trail, asked)).decode().lower()
            for typed in asked.values():  # what was typed into the address by hand is repeated, as any word would be
                said = said.replace(typed, "")
            assert "corrective" not in said
            assert not any(words in said for words in ("register read", "of the register", "register switched"))
    page = text_of(hana.get(trail))
    assert "Line of the register recorded" in page
    kept = AuditEntry.objects.filter(object_kind="correctiveaction")
    assert set(kept.values_list("action", flat=True)) == {
        "corrective_action_recorded", "corrective_actions_read", "exported",
    }  # fmt: skip
    assert not any(entry.fields for entry in kept.filter(action="corrective_action_recorded"))


@pytest.mark.usefixtures("on")
def test_it_leaves_no_trace_with_the_person_nor_in_notices(cast: Cast) -> None:
    record(as_(cast.hana), cast.bob)
    for viewer, url in (
        (cast.hana, reverse("person_detail", args=[cast.bob.pk])),
        (cast.sam, reverse("duty_overview")),
        (cast.ada, reverse("person_detail", args=[cast.bob.pk])),
        (cast.bob, reverse("my_account")),
    ):
        assert "PF-2026-014" not in text_of(as_(viewer).get(url))
    assert not Notice.objects.exists()
    assert not [relation for relation in Employee._meta.related_objects if "corrective" in (relation.name or "")
                and not relation.hidden]  # fmt: skip
