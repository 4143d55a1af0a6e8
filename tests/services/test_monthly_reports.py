"""The report of a closed month: made once, within seven business days, and told to Human Resources without a figure."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from requests_app.domain.vocabulary import Confidentiality, Role
from requests_app.models import BackgroundJob, Notice, OutgoingMail, ReportFile
from requests_app.services.jobs import run_next_jobs
from requests_app.services.monthly_reports import ask_for_monthly_report
from tests.cast import Cast, login_of
from tests.factories import EmployeeFactory, ServiceRequestFactory, give_role, make_login
from tests.record_files import words_in

DAY = timedelta(days=1)
DUE = datetime(2026, 11, 4, 17, tzinfo=UTC)  # Wednesday, the third business day


@pytest.fixture(autouse=True)
def _fixed_clock(cast: Cast) -> Iterator[None]:
    """One ordinary request of October, and one that is about somebody."""
    received_at = datetime(2026, 10, 6, 17, tzinfo=UTC)
    for level in (Confidentiality.ORDINARY, Confidentiality.CONFIDENTIAL):
        ServiceRequestFactory.create(department=cast.streets, received_at=received_at, confidentiality=level)
    with time_machine.travel(DUE, tick=False):
        yield


def test_it_is_asked_for_once_on_a_business_day_told_once_and_fetched_by_human_resources(cast: Cast) -> None:
    second = EmployeeFactory.create(name="Hilda Resources", email="hilda@pinole.example", department=cast.finance)
    give_role(second, Role.HR, cast.finance)
    make_login(second)
    assert ask_for_monthly_report(now=DUE - DAY) == {"asked": 0}
    assert [ask_for_monthly_report(now=DUE)["asked"] for _ in range(3)] == [1, 0, 0]
    run_next_jobs(clock=lambda: DUE)
    assert ask_for_monthly_report(now=DUE + DAY) == {"asked": 0}
    run_next_jobs(clock=lambda: DUE + DAY)

    file = ReportFile.objects.get()
    assert (file.month, file.is_kept) == ("2026-10", True)
    told = Notice.objects.filter(kind=Notice.Kind.REPORT).order_by("recipient__name")
    assert [notice.recipient for notice in told] == [cast.hana, second]
    mail = OutgoingMail.objects.get(recipient=cast.hana)
    assert f"/compliance/files/{file.pk}/" in mail.body
    assert "%" not in mail.body
    client = Client()
    for who, status in ((cast.hana, 200), (second, 200), (cast.max, 404), (cast.otto, 404), (cast.alice, 403)):
        client.force_login(login_of(who))
        assert client.get(file.get_absolute_url()).status_code == status
    client.force_login(login_of(second))
    text = words_in(client.get(f"{file.get_absolute_url()}fetch/").content)
    assert "Ordinary matters only" in text
    assert "0 of 1" in text


def test_one_that_failed_is_asked_for_again_on_a_later_day(cast: Cast) -> None:
    ask_for_monthly_report(now=DUE)
    BackgroundJob.objects.update(status="failed", finished_at=DUE)
    assert ask_for_monthly_report(now=DUE + timedelta(hours=1)) == {"asked": 0}
    assert ask_for_monthly_report(now=DUE + DAY) == {"asked": 1}
    run_next_jobs(clock=lambda: DUE + DAY)
    assert ReportFile.objects.get().is_kept
    assert Notice.objects.filter(kind=Notice.Kind.REPORT).count() == 1


def test_a_city_that_had_logged_nothing_gets_none(cast: Cast) -> None:
    assert ask_for_monthly_report(now=datetime(2026, 10, 7, 17, tzinfo=UTC)) == {"asked": 0}
    assert not ReportFile.objects.exists()
