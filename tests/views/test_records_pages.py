"""The clerk's own pages: the records log, the catalog entry, disposal, retention and purges."""

import json
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.models import AuditEntry, DisposalList, Purge, RecordsDetermination, RetentionPeriod, ServiceRequest
from requests_app.services.disposals import propose_disposal
from tests.cast import Cast, actor, login_of
from tests.factories import ServiceRequestFactory
from tests.records_of_old import LATER


@pytest.fixture
def clerk(cast: Cast, client: Client) -> Client:
    client.force_login(login_of(cast.cleo))
    return client


@pytest.fixture
def old(cast: Cast, now: datetime) -> ServiceRequest:
    at = now - LATER
    return ServiceRequestFactory.create(
        department=cast.streets, status="closed", disposition="done", received_at=at, closed_at=at
    )


def test_a_determination_is_recorded_on_the_records_page(clerk: Client, cast: Cast) -> None:
    found = ServiceRequestFactory.create(department=cast.streets, kind="records", title="All permits")
    url = f"{found.get_absolute_url()}records/determine/"
    typed = {"outcome": "withheld", "channel": "email", "told": "It is withheld."}
    answer = clerk.post(url, typed)
    assert answer.status_code == 409
    assert "It is withheld." in answer.content.decode()
    clerk.post(url, {**typed, "exemptions": ["attorney_client"]})
    assert RecordsDetermination.objects.get().citations == ["Gov. Code 7927.705; Evid. Code 954"]
    log = clerk.get(reverse("records_log"), {"state": "withheld"}).content.decode()
    assert "All permits" in log
    assert "Evid. Code 954" in log
    assert "All permits" not in clerk.get(reverse("records_log"), {"state": "released"}).content.decode()


def test_the_log_is_a_file_and_that_is_recorded(clerk: Client, cast: Cast) -> None:
    ServiceRequestFactory.create(department=cast.streets, kind="records", title="=HYPERLINK(0)")
    text = b"".join(clerk.get(reverse("records_log"), {"format": "csv"})).decode()
    assert "'=HYPERLINK(0)" in text
    assert AuditEntry.objects.latest("pk").action == "exported"


def test_the_log_asks_as_much_for_thirty_as_for_three(clerk: Client, cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            clerk.get(reverse("records_log"))
        return len(queries)

    ServiceRequestFactory.create_batch(3, department=cast.streets, kind="records")
    asked()
    few = asked()
    ServiceRequestFactory.create_batch(20, department=cast.streets, kind="records")
    assert asked() == few


def test_the_catalog_entry_is_read_copied_and_downloaded(clerk: Client) -> None:
    url = reverse("enterprise_catalog")
    assert "Current system vendor: City of Pinole" in clerk.get(url).content.decode()
    assert json.loads(clerk.get(url, {"format": "json"}).content)["Current system product"] == "Pinole Service"
    assert b"Current system vendor" in b"".join(clerk.get(url, {"format": "csv"}))


def test_a_list_goes_from_person_to_person(client: Client, cast: Cast, old: ServiceRequest) -> None:
    def step(who: str, path: str, **typed: object) -> str:
        client.force_login(login_of(getattr(cast, who)))
        return client.post(path, typed, follow=True).content.decode()

    assert "Listed." in step("cleo", reverse("disposal_propose"), department=cast.streets.pk)
    page = reverse("disposal", args=[DisposalList.objects.get().pk])
    assert old.number in client.get(page).content.decode()
    assert old.title not in client.get(page).content.decode()
    assert "Approved." in step("dora", f"{page}approve/")
    assert "Consented." in step("lena", f"{page}consent/")
    assert "not yours" in step("cleo", f"{page}resolve/", resolution="2026-114")
    assert "Recorded." in step("max", f"{page}resolve/", resolution="2026-114")
    assert "2026-114" in client.get(page).content.decode()
    assert old.number in b"".join(client.get(page, {"format": "csv"})).decode()


def test_a_head_of_another_department_sees_no_such_list(
    client: Client, cast: Cast, old: ServiceRequest, now: datetime
) -> None:
    made = propose_disposal(department_id=cast.streets.pk, is_confidential=False, actor=actor(cast.cleo), at=now)
    client.force_login(login_of(cast.dora))
    assert client.get(reverse("disposal", args=[made.pk])).status_code == 200
    DisposalList.objects.filter(pk=made.pk).update(department=cast.finance)
    assert client.get(reverse("disposal", args=[made.pk])).status_code == 404
    assert client.post(f"{reverse('disposal', args=[made.pk])}approve/").status_code == 404


def test_a_class_is_changed_and_not_below_the_law(clerk: Client) -> None:
    url = reverse("retention_periods")
    refused = clerk.post(url, {"code": "police", "years": "5", "citation": "Local"})
    assert refused.status_code == 422
    assert "15 years" in refused.content.decode()
    assert clerk.post(url, {"code": "general", "years": "3", "citation": "Resolution 7"}).status_code == 302
    assert RetentionPeriod.objects.get().years == 3


def test_a_purge_is_asked_for_by_the_clerk_and_confirmed_by_the_attorney(client: Client, cast: Cast) -> None:
    found = ServiceRequestFactory.create(department=cast.streets, title="Paid with 4111 1111 1111 1111")
    client.force_login(login_of(cast.cleo))
    client.post(f"{found.get_absolute_url()}records/purge/")
    purge = Purge.objects.get()
    assert client.post(reverse("purge_confirm", args=[purge.pk])).status_code == 403
    client.force_login(login_of(cast.lena))
    page = client.get(reverse("purges")).content.decode()
    assert found.number in page
    assert "4111" not in page
    answer = client.post(reverse("purge_confirm", args=[purge.pk]), follow=True)
    assert "Numbers removed for good: 1." in answer.content.decode()
