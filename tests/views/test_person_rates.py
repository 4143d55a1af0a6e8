"""Rates per person: off, switched on with a note, seen by whom the table names, and never of a small number."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.person_rates import PersonRatesRefusal, switch_refusal
from requests_app.domain.refusals import ActionRefused
from requests_app.domain.vocabulary import Confidentiality, Role, Verdict
from requests_app.models import AuditEntry, Employee, Event, PersonRatesSwitch
from requests_app.services.person_rates import switch_person_rates_off
from tests.cast import Cast, actor, login_of
from tests.clock_histories import excuse, write_history
from tests.factories import NOW, EmployeeFactory, ServiceRequestFactory, concern, give_role

HOUR = timedelta(hours=1)
PAGE = "/compliance/people/"
TOLD = {"unions_notified_on": "2026-11-02", "note": "Both locals, by letter"}


@pytest.fixture(autouse=True)
def _fixed_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _reader(client: Client, employee: Employee) -> Client:
    client.force_login(login_of(employee))
    return client


def _switch_on(cast: Cast, *, includes_sworn: bool = False) -> PersonRatesSwitch:
    return PersonRatesSwitch.objects.create(
        unions_notified_on=date(2026, 11, 2), note="Both locals", includes_sworn=includes_sworn,
        switched_on_at=NOW - HOUR, switched_on_by=cast.hana,
    )  # fmt: skip


def _answered(
    cast: Cast,
    owner: Employee,
    *,
    kept: int = 0,
    late: int = 0,
    excused: int = 0,
    **facts: object,
) -> None:
    due_at = NOW - 20 * HOUR
    for number in range(kept + late + excused):
        is_kept = number < kept
        given: dict[str, Any] = {"department": cast.streets, "received_at": NOW - 40 * HOUR, **facts}
        found = ServiceRequestFactory.create(owner=owner, **given)
        Event.objects.create(
            service_request=found, kind=EventKind.TAKEN, at=NOW - 39 * HOUR, data={"owner": str(owner.pk)}
        )
        met_at = due_at if is_kept else due_at + HOUR
        ending = {"verdict": (Verdict.MET if is_kept else Verdict.LATE).value, "met_at": met_at, "business_minutes": 90}
        clock = write_history(found, (NOW - 40 * HOUR, {"due_at": due_at}), (NOW - 10 * HOUR, ending))
        if number >= kept + late:
            excuse(clock, cast.sam, at=NOW - 2 * HOUR)


def _rates(client: Client, employee: Employee) -> dict[str, tuple[int, ...]]:
    people = _reader(client, employee).get(PAGE).context.get("people") or []
    return {line.name: tuple(cell.count for cell in line.cells) for line in people}


def test_they_are_off_until_human_resources_switch_them_on_with_a_note(client: Client, cast: Cast) -> None:
    assert _reader(client, cast.alice).get(PAGE).status_code == 404
    client = _reader(client, cast.hana)
    assert "Off: no page" in client.get(PAGE).content.decode()
    for wrong in ({**TOLD, "note": "  "}, {**TOLD, "unions_notified_on": "2026-11-24"}, {"note": "x"}):
        assert client.post(f"{PAGE}on/", wrong).status_code == 422
    assert not PersonRatesSwitch.objects.exists()
    for _click in range(2):
        assert client.post(f"{PAGE}on/", TOLD).status_code == 302
    switch = PersonRatesSwitch.objects.get()
    assert (switch.unions_notified_on, switch.includes_sworn, switch.switched_on_by) == (
        date(2026, 11, 2),
        False,
        cast.hana,
    )
    assert AuditEntry.objects.filter(action="person_rates_switched_on", actor=cast.hana).count() == 1
    assert _reader(client, cast.alice).get(PAGE).status_code == 200
    client = _reader(client, cast.hana)
    for _click in range(2):
        assert client.post(f"{PAGE}off/").status_code == 302
    assert AuditEntry.objects.filter(action="person_rates_switched_off").count() == 1
    assert _reader(client, cast.alice).get(PAGE).status_code == 404
    assert "Both locals" in _reader(client, cast.hana).get(PAGE).content.decode()


def test_only_human_resources_switch_them(cast: Cast) -> None:
    with pytest.raises(ActionRefused):
        switch_person_rates_off(actor=actor(cast.max), at=NOW)
    assert switch_refusal(unions_notified_on=NOW.date(), note=" ", today=NOW.date()) is PersonRatesRefusal.NO_NOTE


def test_each_sees_what_the_table_says_in_the_order_of_names(client: Client, cast: Cast) -> None:
    _switch_on(cast)
    _answered(cast, cast.bob, kept=6, late=1)
    _answered(cast, cast.alice, kept=4, late=4, excused=3)
    _answered(cast, cast.charlie, kept=5)
    alice, bob, charlie = {"Alice Owner": (4, 8)}, {"Bob Teammate": (6, 7)}, {"Charlie Outsider": (5, 5)}
    assert _rates(client, cast.alice) == alice
    team = _rates(client, cast.sam)
    assert team == {**alice, **bob}
    assert list(team) == ["Alice Owner", "Bob Teammate"]
    assert _rates(client, cast.dora) == _rates(client, cast.max) == {}
    everybody = _rates(client, cast.hana)
    assert everybody == {**alice, **bob, **charlie}
    assert list(everybody) == sorted(everybody)
    for reader in (cast.dora, cast.max, cast.hana):
        (total,) = [
            line for line in _reader(client, reader).get(PAGE).context["totals"] if line.name == cast.public_works.name
        ]
        assert (total.beside, [cell.count for cell in total.cells]) == ("3 people", [15, 20])
    assert not _reader(client, cast.sam).get(PAGE).context["totals"]
    assert "excus" not in _reader(client, cast.sam).get(PAGE).content.decode().split('id="how"')[0]


def test_a_small_number_tells_nothing_and_one_person_makes_no_total(client: Client, cast: Cast) -> None:
    _switch_on(cast)
    _answered(cast, cast.bob, kept=4, excused=9)
    _answered(cast, cast.alice, kept=0)
    assert _rates(client, cast.sam) == {}
    assert client.get(PAGE).context["untold"] == 2
    assert client.get(f"{PAGE}answers/?part=waited_n&person={cast.bob.pk}").status_code == 404
    _answered(cast, cast.bob, kept=4)
    (total,) = [
        line for line in _reader(client, cast.dora).get(PAGE).context["totals"] if line.name == cast.streets.name
    ]
    assert (total.beside, total.cells) == ("1 person", [])
    assert client.get(f"{PAGE}answers/?part=waited_n&department={cast.streets.slug}").status_code == 404


def test_a_department_less_its_division_tells_of_nobody(client: Client, cast: Cast) -> None:
    """Two answer in the division and one right in the department: the total of the division goes."""
    _switch_on(cast)
    for owner in (cast.bob, cast.alice):
        _answered(cast, owner, kept=6)
    _answered(cast, cast.dora, kept=6, department=cast.public_works)

    def totals(reader: Employee) -> dict[str, list[int]]:
        lines = _reader(client, reader).get(PAGE).context["totals"]
        return {line.name: [cell.count for cell in line.cells] for line in lines if line.beside != "0 people"}

    # Human Resources read each by name anyway; whoever reads totals only would learn of Dora.
    public_works, streets = cast.public_works.name, cast.streets.name
    assert totals(cast.hana) == {public_works: [18, 18], streets: [12, 12]}
    assert totals(cast.max) == {public_works: [18, 18], streets: []}
    address = f"{PAGE}answers/?part=waited_n&department="
    assert client.get(f"{address}{cast.streets.slug}").status_code == 404
    for narrowed in (f"department={cast.streets.slug}", "channel=phone", "kind=question"):
        totals_then = client.get(f"{PAGE}?{narrowed}").context["totals"]
        assert [line.cells for line in totals_then if line.name == streets] == [[]], narrowed
    assert client.get(f"{address}{cast.public_works.slug}").context["total"] == "18"
    _answered(cast, cast.charlie, kept=5, department=cast.public_works)
    assert totals(cast.max) == {public_works: [23, 23], streets: [12, 12]}


def test_sworn_staff_and_leavers_are_left_out(client: Client, cast: Cast) -> None:
    switch = _switch_on(cast)
    officer = EmployeeFactory.create(name="Olga Officer", department=cast.streets, is_sworn=True)
    gone = EmployeeFactory.create(name="Gil Gone", department=cast.streets, is_active=False)
    for person in (officer, gone):
        _answered(cast, person, kept=6)
    assert not {"Olga Officer", "Gil Gone"} & set(_rates(client, cast.hana))
    switch.includes_sworn = True
    switch.save()
    assert _rates(client, cast.hana)["Olga Officer"] == (6, 6)


def test_an_answer_is_whose_it_was_when_it_was_decided(client: Client, cast: Cast) -> None:
    _switch_on(cast)
    _answered(cast, cast.bob, kept=5)
    for event in list(Event.objects.all()):
        Event.objects.create(
            service_request=event.service_request,
            kind=EventKind.GIVEN,
            at=NOW - HOUR,
            data={"owner": str(cast.alice.pk)},
        )
        event.service_request.owner = cast.alice
        event.service_request.save()
    rates = _rates(client, cast.sam)
    assert rates == {"Bob Teammate": (5, 5)}


def test_what_a_reader_may_not_see_is_in_no_rate_and_each_figure_has_its_list(client: Client, cast: Cast) -> None:
    _switch_on(cast)
    _answered(cast, cast.bob, kept=5, late=1)
    _answered(cast, cast.alice, kept=5)
    _answered(cast, cast.bob, kept=7, confidentiality=Confidentiality.CONFIDENTIAL.value)
    for found in Event.objects.filter(service_request__confidentiality="confidential"):
        concern(found.service_request, cast.sam)
    assert _rates(client, cast.sam)["Bob Teammate"] == (5, 6)
    assert _rates(client, cast.hana)["Bob Teammate"] == (12, 13)
    for reader in (cast.sam, cast.hana, cast.dora):
        context = _reader(client, reader).get(PAGE).context
        figures = [cell for line in [*context["people"], *context["totals"]] for cell in line.cells]
        assert figures
        for figure in figures:
            assert client.get(figure.url).context["total"] == f"{figure.count:,}"
            assert len(client.get(f"{figure.url}&format=csv").getvalue().decode().splitlines()) == figure.count + 1


def test_nobody_opens_the_answers_of_somebody_else(client: Client, cast: Cast) -> None:
    _switch_on(cast)
    for owner in (cast.bob, cast.charlie):
        _answered(cast, owner, kept=6)
    address = f"{PAGE}answers/?part=waited_n&person="
    for reader, owner, status in (
        (cast.alice, cast.bob, 404), (cast.bob, cast.bob, 200), (cast.sam, cast.charlie, 404),
        (cast.dora, cast.bob, 404), (cast.hana, cast.charlie, 200),
        (cast.fay, cast.bob, 403), (cast.otto, cast.bob, 403),
    ):  # fmt: skip
        assert _reader(client, reader).get(f"{address}{owner.pk}").status_code == status, (reader, owner)
    assert _reader(client, cast.hana).get(f"{PAGE}answers/?part=excused&person={cast.bob.pk}").status_code == 404
    assert client.get(f"{PAGE}answers/?part=waited_n").status_code == 404


def test_a_supervisor_of_two_sees_no_equal(client: Client, cast: Cast) -> None:
    _switch_on(cast)
    give_role(cast.bob, Role.SUPERVISOR, cast.streets)
    _answered(cast, cast.bob, kept=6)
    assert "Bob Teammate" not in _rates(client, cast.sam)


def test_the_rates_are_written_to_a_file_as_shown(client: Client, cast: Cast) -> None:
    _switch_on(cast)
    _answered(cast, cast.bob, kept=6)
    _answered(cast, cast.alice, kept=2)
    lines = _reader(client, cast.sam).get(f"{PAGE}?format=csv").getvalue().decode("utf-8-sig").splitlines()
    assert lines[1:] == [f"Bob Teammate,{cast.streets.name},6,6,100.0\N{NO-BREAK SPACE}%"]
    assert AuditEntry.objects.filter(action="exported", actor=cast.sam).count() == 1
