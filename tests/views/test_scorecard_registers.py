"""The figures of the scorecard that registers of their own make: each leads to a list of exactly so many rows."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.domain.vocabulary import Role
from requests_app.models import (
    Attestation,
    AttestationRound,
    AuditEntry,
    CorrectiveAction,
    CorrectiveSwitch,
    Employee,
    PolicyVersion,
    PulseRound,
    PulseSeat,
    VisitorWait,
    WaitingSample,
)
from requests_app.views.scorecard_rows import FigureRow
from tests.cast import Cast
from tests.factories import NOW, EmployeeFactory, give_role, make_login
from tests.selectors.test_feedback_figures import asked
from tests.views.log_form import as_, text_of
from tests.views.scorecard_figures import figures_of

OCTOBER = "from=2026-10-01&to=2026-10-31"


@pytest.fixture(autouse=True)
def _fixed_clock(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def _figure(client: Client, key: str, code: str, query: str = "") -> FigureRow:
    return next(each for each in figures_of(client, key, f"?{query}") if each.code == code)


def _listed(client: Client, figure: FigureRow) -> tuple[int, int]:
    """Follow both links of a figure, and see that the lists are as long as it says."""
    totals = tuple(client.get(each.url).context["total"] for each in (figure.part, figure.whole))
    assert totals == (figure.part.count, figure.whole.count)
    return totals


def _sign_the_policy(cast: Cast) -> Employee:
    """Bob and a colleague who left in November sign in September, Alice in November."""
    left = EmployeeFactory.create(is_active=False, left_on=date(2026, 11, 5), department=cast.streets, name="Gil Gone")
    version = PolicyVersion.objects.get(number=1)
    held = AttestationRound.objects.create(version=version, opened_on=date(2026, 9, 1), due_on=date(2026, 9, 30))
    for person, on in ((cast.bob, date(2026, 9, 3)), (left, date(2026, 9, 4)), (cast.alice, date(2026, 11, 2))):
        Attestation.objects.create(attestation_round=held, employee=person, attested_on=on, recorded_at=NOW)
    return left


def test_the_policy_signed_leads_to_the_roster_as_it_stood_in_a_department_too(cast: Cast) -> None:
    left = _sign_the_policy(cast)
    hana, key, everybody = as_(cast.hana), ("II", "policy-signed"), Employee.objects.count()
    streets = f"department={cast.streets.slug}"
    assert _listed(hana, _figure(hana, *key)) == (2, everybody - 1)  # the one who left is gone by now
    assert _listed(hana, _figure(hana, *key, OCTOBER)) == (2, everybody)
    assert _listed(hana, _figure(hana, *key, f"{OCTOBER}&{streets}")) == (2, 4)
    assert _listed(hana, _figure(hana, *key, f"{OCTOBER}&department={cast.finance.slug}"))[0] == 0
    assert _listed(hana, _figure(hana, *key, "from=2026-08-01&to=2026-08-31")) == (0, 0)  # before any round
    page = text_of(hana.get(_figure(hana, *key, f"{OCTOBER}&{streets}").whole.url))
    assert left.name in page
    assert "as it stood on Sat 31 Oct" in page


def test_a_supervisor_reads_the_own_roster_and_an_auditor_no_names(cast: Cast) -> None:
    left = _sign_the_policy(cast)
    sam, otto = as_(cast.sam), as_(cast.otto)
    assert _listed(sam, _figure(sam, "II", "policy-signed", OCTOBER)) == (2, 4)
    figure = _figure(otto, "II", "policy-signed", OCTOBER)
    assert _listed(otto, figure) == (2, Employee.objects.count())
    for url in (figure.whole.url, f"{figure.whole.url}&format=csv"):
        said = b"".join(otto.get(url)).decode()
        assert "name withheld" in said
        assert left.name not in said
        assert cast.bob.name not in said


def test_feedback_sought_leads_to_the_departments_counted(cast: Cast) -> None:
    asked(cast.streets, date(2026, 8, 1))
    asked(cast.finance, date(2026, 8, 1))
    known = {"opened_at": NOW, "submission_key": uuid4(), "questions": ["respect"]}
    held = PulseRound.objects.create(opens_on=date(2026, 8, 3), closes_on=date(2026, 8, 10), **known)
    PulseSeat.objects.create(round=held, employee=cast.bob, department=cast.public_works)
    hana, key = as_(cast.hana), ("III.c.ii", "feedback-sought")
    done, every = _listed(hana, _figure(hana, *key))
    assert (done, every > 3) == (1, True)
    assert _listed(hana, _figure(hana, *key, "from=2026-05-01&to=2026-06-30")) == (0, every)
    assert _listed(hana, _figure(hana, *key, "from=2026-12-01&to=2027-02-28")) == (1, every)  # a half to come: this one
    assert _listed(hana, _figure(hana, *key, f"department={cast.streets.slug}")) == (1, 1)
    assert _listed(hana, _figure(hana, *key, f"department={cast.finance.slug}")) == (0, 1)
    part = _figure(hana, *key).part.url
    assert [each["row"].department for each in hana.get(part).context["rows"]] == [cast.public_works]
    assert len(hana.get(f"{part}&format=csv").getvalue().decode().splitlines()) == 2
    sam = as_(cast.sam)
    assert _listed(sam, _figure(sam, *key)) == (1, 1)


def _visitors(cast: Cast, *, called: int, left: int = 0) -> None:
    sample = WaitingSample.objects.create(
        from_on=NOW.date(), to_on=NOW.date(), switched_on_at=NOW, switched_on_by=cast.hana
    )
    for number in range(called + left):
        at = NOW - timedelta(minutes=10 + number)
        became = {"called_at": NOW} if number < called else {"left_at": NOW}
        VisitorWait.objects.create(sample=sample, key=uuid4(), checked_in_at=at, department=cast.public_works, **became)


def test_visitors_waiting_lead_to_the_visitors(cast: Cast) -> None:
    _visitors(cast, called=5, left=2)
    hana, key = as_(cast.hana), ("III.b.iii.1", "waiting")
    figure = _figure(hana, *key)
    assert _listed(hana, figure) == (5, 7)
    page = hana.get(figure.whole.url)
    assert [row["minutes"] for row in page.context["rows"]] == [10, 11, 12, 13, 14, None, None]
    assert len(hana.get(f"{figure.part.url}&format=csv").getvalue().decode().splitlines()) == 6
    assert _listed(hana, _figure(hana, *key, f"department={cast.public_works.slug}")) == (5, 7)
    assert [each.code for each in figures_of(hana, *key[:1], f"?department={cast.finance.slug}")] == ["tally"]
    # Charlie's colleagues lead no counter; Sam's departments have no visitor of it either.
    assert as_(cast.sam).get(figure.whole.url).context["total"] == 0
    assert as_(cast.otto).get(figure.whole.url).context["total"] == 7


def test_of_few_visitors_nobodys_minutes_are_listed(cast: Cast) -> None:
    _visitors(cast, called=4)
    hana = as_(cast.hana)
    figure = _figure(hana, "III.b.iii.1", "waiting")
    assert _listed(hana, figure) == (4, 4)
    assert {row["minutes"] for row in hana.get(figure.part.url).context["rows"]} == {None}
    assert "Too few were called" in text_of(hana.get(figure.part.url))


def test_corrective_action_leads_to_dates_and_rules_for_human_resources_alone(cast: Cast) -> None:
    other = EmployeeFactory.create(name="Henry Resources")
    give_role(other, Role.HR)
    make_login(other)
    CorrectiveSwitch.objects.create(is_on=True, noted_on=NOW.date(), note="x", changed_at=NOW, changed_by=cast.hana)
    sworn = EmployeeFactory.create(is_sworn=True)
    known = {"rule": "Rule 12.3", "file_reference": "PF-14", "changed_at": NOW, "changed_by": cast.hana}
    people = (cast.alice, cast.bob, cast.sam, cast.dora, other, sworn)
    for person in people:
        CorrectiveAction.objects.create(employee=person, acted_on=date(2026, 11, 16), **known)
    hana, key = as_(cast.hana), ("III.d.ii", "corrective")
    figure = _figure(hana, *key)
    assert _listed(hana, figure) == (5, 5)
    page = text_of(hana.get(figure.whole.url))
    assert page.count("Rule 12.3") == 5
    assert not any(word in page for word in ("PF-14", *(person.name for person in people)))
    assert AuditEntry.objects.filter(action="corrective_actions_read").count() == 3
    # Henry's own line is not there for him, so four are left, and of four there is neither number nor link.
    assert _figure(as_(other), *key).instead == "fewer than 5"
    assert _figure(as_(other), *key).whole.url == ""
    assert as_(other).get(figure.whole.url).context["total"] == 4
    for person in (cast.bob, cast.sam, cast.dora, cast.max, cast.ada, cast.otto, cast.fay):
        assert as_(person).get(reverse("corrective_counted")).status_code == 404
    assert _listed(hana, _figure(hana, *key, OCTOBER)) == (0, 0)
