"""Rounds of attestations: everybody on the roster, with a login or without, and nobody twice (II, III.e)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.models import Attestation, AttestationRound, AuditEntry, Employee, Notice
from requests_app.selectors.policy_reviews import attested_share
from requests_app.services.policy_notices import ask_to_attest, tell_of_policy_review
from tests.cast import Cast
from tests.factories import AbsenceFactory, EmployeeFactory
from tests.views.log_form import as_, text_of

CHECK = "By when?\n* One day\nOne week"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def fixed_clock(time_machine: Any, now: datetime) -> None:
    time_machine.move_to(now, tick=False)


@pytest.fixture
def running(cast: Cast) -> AttestationRound:
    """A round until 18 December, with one question."""
    open_round(as_(cast.hana))
    return AttestationRound.objects.get()


@pytest.fixture
def vera(cast: Cast) -> Employee:
    """A volunteer of the streets department without a login."""
    return EmployeeFactory.create(name="Vera Volunteer", department=cast.streets, employment="volunteer", email="")


def open_round(client: Client, **facts: Any) -> Any:
    return client.post(reverse("attestation_list"), {"version": 1, "due_on": "2026-12-18", "check": CHECK, **facts})


def attest(client: Client, **facts: Any) -> Any:
    return client.post(reverse("policy_attest"), {"answer_0": "0", "has_read": "on", **facts})


def sign(client: Client, running: AttestationRound, *people: Employee, on: str = "2026-11-23") -> Any:
    typed = {"people": [person.pk for person in people], "attested_on": on}
    return client.post(reverse("attestation_paper", args=[running.pk]), typed)


def acts() -> list[str]:
    found = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    return [code for code in found if "attest" in code]


def test_a_round_opens_once_and_asks_for_what_can_be_asked(cast: Cast) -> None:
    hana = as_(cast.hana)
    assert open_round(hana, check="By when?").status_code == 422
    assert open_round(hana, due_on="2026-11-22").status_code == 409
    for _ in range(2):
        assert open_round(hana).status_code == 302
    assert open_round(hana, due_on="2026-12-20").status_code == 409
    assert AttestationRound.objects.count() == 1
    assert acts() == ["attestation_round_opened"]


def test_a_person_attests_once_the_check_is_right_and_wrong_answers_leave_no_trace(
    cast: Cast, running: AttestationRound
) -> None:
    bob = as_(cast.bob)
    assert "You are asked to attest" in text_of(bob.get(reverse("policy_page")))
    assert attest(bob, answer_0="1").status_code == 409
    assert attest(bob, has_read="").status_code == 422
    assert acts() == ["attestation_round_opened"]
    for _ in range(2):
        assert attest(bob).status_code == 302
    assert Attestation.objects.get().employee == cast.bob
    assert "You attested on" in text_of(bob.get(reverse("policy_page")))
    assert acts() == ["attestation_round_opened", "attested"]


def test_signatures_on_paper_are_recorded_by_human_resources_and_taken_back(
    cast: Cast, running: AttestationRound, vera: Employee
) -> None:
    hana = as_(cast.hana)
    assert sign(hana, running, vera, on="2026-11-22").status_code == 409
    assert sign(hana, running, vera, cast.alice).status_code == 302
    refused = sign(hana, running, vera)
    assert refused.status_code == 422  # who attested is no longer offered
    assert f'action="{running.get_absolute_url()}" role="search"' in refused.content.decode()
    attest(as_(cast.bob))
    for person in (vera, cast.bob):
        hana.post(reverse("attestation_take_back", args=[running.pk, person.pk]))
    assert set(Attestation.objects.values_list("employee__name", flat=True)) == {"Alice Owner", "Bob Teammate"}
    assert acts()[-1] == "paper_attestation_taken_back"


def test_every_figure_has_its_list_and_the_file_is_what_is_shown(
    cast: Cast, running: AttestationRound, vera: Employee
) -> None:
    attest(as_(cast.bob))
    url = running.get_absolute_url()
    roster = as_(cast.hana).get(url)
    rows = {row["share"].department: row["share"] for row in roster.context["departments"]}
    assert (rows[cast.streets].attested, rows[cast.streets].n) == (1, 4)  # Alice, Bob, Sam and Vera
    for state, count in (("attested", 1), ("", 4)):
        asked: dict[str, Any] = {"department": cast.streets.pk, "state": state}
        assert len(as_(cast.hana).get(url, asked).context["lines"]) == count
        written = b"".join(as_(cast.hana).get(url, {**asked, "format": "csv"})).decode()
        assert len(written.strip().splitlines()) == count + 1
    share = attested_share(date(2026, 11, 23))
    total = roster.context["total"]["share"]
    assert share is not None
    assert (share.attested, share.n) == (total.attested, total.n) == (1, Employee.objects.count())


def test_a_larger_roster_asks_no_more_of_the_database(cast: Cast, running: AttestationRound) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            as_(cast.hana).get(running.get_absolute_url())
        counts.append(len(asked))
        for department in (cast.streets, cast.finance, cast.public_works):
            EmployeeFactory.create_batch(5, department=department)
    assert counts[0] == counts[1]


def test_who_leads_sees_their_own_departments_only(cast: Cast, running: AttestationRound) -> None:
    for lead, seen in ((cast.sam, {"Operations and Maintenance"}), (cast.max, None)):
        names = {line.employee.department.name for line in as_(lead).get(running.get_absolute_url()).context["lines"]}
        assert names == seen if seen else len(names) > 3
    assert sign(as_(cast.sam), running, cast.bob).status_code == 403


def test_a_closed_round_takes_nothing_more(cast: Cast, running: AttestationRound, vera: Employee) -> None:
    for _ in range(2):
        as_(cast.hana).post(reverse("attestation_close", args=[running.pk]))
    assert acts() == ["attestation_round_opened", "attestation_round_closed"]
    assert "Nothing to attest now" in text_of(as_(cast.bob).get(reverse("policy_attest")))
    assert "Record signatures" not in text_of(as_(cast.hana).get(running.get_absolute_url()))


def test_people_with_a_login_are_asked_once_for_each_occasion_and_whoever_is_away_later(
    cast: Cast, running: AttestationRound, vera: Employee, now: datetime
) -> None:
    attest(as_(cast.bob))
    AbsenceFactory.create(employee=cast.alice, starts_at=now - DAY, ends_at=now + 2 * DAY)
    asked = ask_to_attest(now=now)
    assert asked == Employee.objects.filter(user__isnull=False).count() - 2  # Bob has attested, Alice is away
    assert ask_to_attest(now=now) == 0
    assert ask_to_attest(now=now + timedelta(hours=8)) == 0  # after hours
    assert ask_to_attest(now=now + 7 * DAY) == 1
    assert ask_to_attest(now=now + 28 * DAY) == asked + 1  # the Monday after it was due
    told = set(Notice.objects.filter(recipient=cast.sam).values_list("text", flat=True))
    assert any("attest it by" in text for text in told)
    assert any("you were asked to attest by" in text for text in told)


def test_human_resources_hear_of_the_review_once_a_month(cast: Cast, now: datetime) -> None:
    told = [tell_of_policy_review(now=now + days * DAY) for days in (0, 0, 1, 7)]
    assert told == [1, 0, 0, 1]
    assert "was due on" in Notice.objects.filter(recipient=cast.hana).latest("pk").text
    assert not Notice.objects.exclude(recipient=cast.hana).exists()
