"""The excused share by department: beside the rate, never in it, and about no person (III.b.ii.3, III.d.i)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from requests_app.domain.periods import Period
from requests_app.domain.vocabulary import Channel
from requests_app.models import ExcusalProposal, ResponseClock
from requests_app.selectors.reports.compliance import compliance_report
from requests_app.selectors.reports.excusal_figures import PARTS, excusal_figures, excusal_rows
from requests_app.selectors.reports.scope import ReportQuery, whole_city
from requests_app.services.absences import remove_absence
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.excusal_decisions import decide_excusal, decide_excusals
from requests_app.services.excusals import excuse_clock
from requests_app.services.requests import log_request
from tests import compliance_oracle
from tests.absences_of import LATE, call_in_sick
from tests.cast import Cast, actor
from tests.factories import NOW
from tests.views.log_form import as_, text_of

PERIOD = Period(date(2026, 11, 1), date(2026, 11, 30))
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def fixed_clock(time_machine: Any) -> None:
    time_machine.move_to(LATE + HOUR, tick=False)


def log_late(cast: Cast, number: int) -> list[ResponseClock]:
    customer = CustomerEntry(name="Jun", phone="510 555 0101")
    return [
        log_request(
            ContactEntry(
                channel=Channel.PHONE,
                title=f"Pothole {each}",
                received_at=NOW,
                customer=customer,
                for_employee_id=cast.alice.pk,
            ),
            actor=actor(cast.fay),
            at=NOW,
        ).clocks.get()
        for each in range(number)
    ]


def query() -> ReportQuery:
    return ReportQuery(period=PERIOD, as_of=LATE + HOUR)


def report() -> list[dict[str, Any]]:
    return [dict(row) for row in compliance_report(whole_city(), query())["clocks"]]


def test_41_granting_moves_answers_beside_the_rate_and_removing_the_absence_puts_them_back(cast: Cast) -> None:
    log_late(cast, 6)
    before = report()
    absence = call_in_sick(cast.alice, by=cast.fay)
    ids = list(ExcusalProposal.objects.values_list("pk", flat=True))

    decide_excusals(ids[:2], is_granted=True, reason="Ill", actor=actor(cast.sam), at=LATE)

    excused = report()
    assert (excused[0]["excused"], excused[0]["overdue"], excused[0]["n"]) == (2, 4, 4)
    # Nothing was met, so the share met of what is rated is nought, with or without what is excused.
    assert {row["on_time_rate"] for row in (*before, *excused)} <= {0.0, None}
    assert excused == oracle()

    remove_absence(absence_id=absence.pk, reason="Wrong day", actor=actor(cast.fay), at=LATE)

    assert report() == before == oracle()


def oracle() -> list[dict[str, Any]]:
    clocks = ResponseClock.objects.prefetch_related("revisions__standard", "revisions__department", "excusals")
    return compliance_oracle.clock_rows(clocks, period=("2026-11-01", "2026-11-30"), as_of=LATE + HOUR)


def test_each_department_has_its_share_and_too_few_have_none(cast: Cast) -> None:
    log_late(cast, 6)
    call_in_sick(cast.alice, by=cast.fay, at=LATE)
    ids = list(ExcusalProposal.objects.order_by("pk").values_list("pk", flat=True))
    decide_excusals(ids[:3], is_granted=True, reason="Ill", actor=actor(cast.sam), at=LATE)
    decide_excusal(proposal_id=ids[3], is_granted=False, reason="No", actor=actor(cast.sam), at=LATE)

    found = excusal_figures(whole_city(), query())

    row = found.departments[0]
    assert [each.name for each in found.departments] == [cast.streets.name]
    assert (row.counts, row.excused_share, row.after_breach_share) == (
        {
            "missed": 3, "excused": 3, "n": 6, "granted": 3, "refused": 1, "withdrawn": 0, "undecided": 2,
            "proposed": 6, "after_breach": 6,
        },
        0.5,
        1.0,
    )  # fmt: skip
    assert found.total.counts == row.counts
    assert [month.name for month in found.months] == ["2026-11"]
    for part in PARTS:
        assert excusal_rows(whole_city(), query(), part).count() == row.counts[part]


def test_below_the_smallest_number_the_count_stands_instead_of_a_share(cast: Cast) -> None:
    log_late(cast, 3)
    call_in_sick(cast.alice, by=cast.fay)
    found = excusal_figures(whole_city(), query())
    assert found.total.excused_share is None
    page = text_of(as_(cast.hana).get(reverse("excusal_figures")))
    assert "0 of 3" in page
    assert "%" not in page


def test_a_share_is_rounded_down_as_in_every_report(cast: Cast) -> None:
    log_late(cast, 6)
    for clock in ResponseClock.objects.all()[:4]:
        excuse_clock(clock_id=clock.pk, reason="Storm", actor=actor(cast.sam), at=LATE)
    page = text_of(as_(cast.hana).get(reverse("excusal_figures")))
    assert "Excused in all: 66.6" in page


def test_the_page_the_lists_and_the_file_name_no_person(cast: Cast) -> None:
    log_late(cast, 6)
    call_in_sick(cast.alice, by=cast.fay)
    client = as_(cast.hana)
    pages = [client.get(reverse("excusal_figures"))]
    pages += [client.get(reverse("excusal_figure_rows", args=[part])) for part in PARTS]
    for answer in pages:
        assert answer.status_code == 200
        assert "Alice" not in answer.content.decode()
    written = b"".join(client.get(reverse("excusal_figures") + "?format=csv")).decode()
    assert cast.streets.name in written
    assert "Alice" not in written
    assert client.get(reverse("excusal_figure_rows", args=["people"])).status_code == 404


def test_the_list_behind_a_departments_figure_holds_that_many(cast: Cast) -> None:
    log_late(cast, 6)
    call_in_sick(cast.alice, by=cast.fay)
    url = reverse("excusal_figure_rows", args=["undecided"])
    assert "6 answers." in text_of(as_(cast.hana).get(f"{url}?department={cast.streets.slug}&own=1"))
    assert "0 answers." in text_of(as_(cast.hana).get(f"{url}?department={cast.finance.slug}&own=1"))
