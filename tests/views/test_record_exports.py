"""The pages of public-records exports: who gets in, what is shown first, what is fetched and recorded."""

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.domain.record_copies import CopyOptions
from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import AuditEntry, BackgroundJob, Employee, RecordsExport, ServiceRequest
from requests_app.selectors.record_exports import exports_open_to
from requests_app.services.jobs import run_next_jobs
from requests_app.services.record_exports import EXPORT_LIMIT, ExportEntry, request_export
from requests_app.views.file_answers import FILE_POLICY
from tests.cast import Cast, actor, login_of
from tests.factories import ServiceRequestFactory

Shown = Any  # the test client's answer
NEW = "/records/exports/new/"
CHOSEN = {"withholds_contact": "on", "includes_files": "on"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: LazySettings) -> None:
    settings.EXPORT_DIR = tmp_path / "exports"


@pytest.fixture
def pothole(cast: Cast) -> ServiceRequest:
    return ServiceRequestFactory.create(department=cast.streets, owner=cast.alice, title="Pothole on Pear Street")


def as_(employee: Employee) -> Client:
    client = Client()
    client.force_login(login_of(employee))
    return client


def make(who: Employee, now: datetime, *requests: ServiceRequest, original: bool = False) -> RecordsExport:
    entry = ExportEntry(request_ids=[row.pk for row in requests], options=CopyOptions(), with_original=original)
    asked = request_export(entry, actor=actor(who), at=now)
    run_next_jobs(clock=lambda: now)
    return asked


def test_one_request_is_exported_from_its_page(cast: Cast, pothole: ServiceRequest, now: datetime) -> None:
    client = as_(cast.cleo)
    assert f"{NEW}?number={pothole.number}" in client.get(pothole.get_absolute_url()).content.decode()
    asked = client.get(NEW, {"number": pothole.number}).content.decode()
    assert pothole.title in asked

    sent: Shown = client.post(f"{NEW}?number={pothole.number}", CHOSEN)

    export = RecordsExport.objects.get()
    assert (sent.status_code, sent.url) == (302, export.get_absolute_url())
    waiting = client.get(sent.url).content.decode()
    assert "Being made" in waiting
    assert "every 3s" in waiting
    run_next_jobs(clock=lambda: now)
    ready = client.get(sent.url).content.decode()
    assert "Ready" in ready
    assert "every 3s" not in ready
    given: Shown = client.get(reverse("records_export_file", args=[export.pk, "released"]))
    assert given["Content-Disposition"].startswith('attachment; filename="records-')
    assert given["Content-Security-Policy"] == FILE_POLICY
    with zipfile.ZipFile(BytesIO(b"".join(given))) as archive:
        assert f"{pothole.number}/request.pdf" in archive.namelist()
    assert AuditEntry.objects.filter(action="records_export_fetched", actor=cast.cleo).count() == 1


def test_a_query_tells_its_count_first_and_exports_what_it_shows(cast: Cast, pothole: ServiceRequest) -> None:
    ServiceRequestFactory.create(department=cast.finance)
    hidden = ServiceRequestFactory.create(department=cast.streets, confidentiality=Confidentiality.CONFIDENTIAL)
    client, address = as_(cast.cleo), f"{NEW}?department={cast.streets.pk}"
    listed = client.get("/requests/", {"department": cast.streets.pk}).content.decode()
    assert address in listed
    assert pothole.number in client.get(address).content.decode()

    client.post(address, CHOSEN)

    assert list(RecordsExport.objects.get().requests.all()) == [pothole]
    assert "2 requests" in client.get(NEW).content.decode()
    assert "1 of them restricted" in as_(cast.hana).get(NEW).content.decode()
    assert hidden.number not in client.get(NEW).content.decode()


def test_nothing_and_too_much_are_said_and_not_made(
    cast: Cast, pothole: ServiceRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_(cast.cleo)
    nothing = f"{NEW}?q=nothing+is+called+this"
    assert "Nothing to export" in client.get(nothing).content.decode()
    assert client.post(nothing, CHOSEN).status_code == 422
    filler = [ServiceRequest(number=f"X{number}", department=cast.streets, title="x", received_at=pothole.received_at,
                             recorded_at=pothole.received_at, last_touch_at=pothole.received_at)
              for number in range(EXPORT_LIMIT)]  # fmt: skip
    ServiceRequest.objects.bulk_create(filler)
    assert "Too many at once" in client.get(NEW).content.decode()
    assert client.post(NEW, CHOSEN).status_code == 422
    assert not RecordsExport.objects.exists()


def test_a_second_click_makes_one_export(cast: Cast, pothole: ServiceRequest) -> None:
    client, key = as_(cast.cleo), str(uuid4())
    urls = {client.post(f"{NEW}?number={pothole.number}", {**CHOSEN, "submission_key": key}).headers["Location"]
            for _ in range(2)}  # fmt: skip
    assert len(urls) == BackgroundJob.objects.count() == 1


def test_a_request_one_may_not_see_cannot_be_chosen(cast: Cast, pothole: ServiceRequest) -> None:
    ServiceRequest.objects.filter(pk=pothole.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    client = as_(cast.cleo)
    hidden = client.get(NEW, {"number": pothole.number})
    unknown = client.get(NEW, {"number": "PN-0000-0000"})
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert as_(cast.hana).get(NEW, {"number": pothole.number}).status_code == 200


def test_another_requesters_confidential_export_is_not_there(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    ServiceRequest.objects.filter(pk=pothole.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    export = make(cast.hana, now, pothole, original=True)
    for name in ("released", "original"):
        assert as_(cast.cleo).get(reverse("records_export_file", args=[export.pk, name])).status_code == 404
        given: Shown = as_(cast.hana).get(reverse("records_export_file", args=[export.pk, name]))
        assert b"".join(given)[:2] == b"PK"
    assert as_(cast.cleo).get(export.get_absolute_url()).status_code == 404
    assert as_(cast.hana).get(reverse("records_export_file", args=[export.pk, "other"])).status_code == 404
    assert as_(cast.sam).get(export.get_absolute_url()).status_code == 403


def test_an_export_is_open_to_its_requester_and_the_clerks_only(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    secret = ServiceRequestFactory.create(confidentiality=Confidentiality.CONFIDENTIAL)
    of_clerk, of_hr = make(cast.cleo, now, pothole), make(cast.hana, now, pothole)
    of_secret = make(cast.hana, now, secret)
    seen = {who: set(exports_open_to(actor(getattr(cast, who)))) for who in ("cleo", "hana", "alice")}
    assert seen == {"cleo": {of_clerk, of_hr}, "hana": {of_hr, of_secret}, "alice": set()}


def test_the_list_costs_the_same_for_many(cast: Cast, pothole: ServiceRequest, now: datetime) -> None:
    client, asked = as_(cast.cleo), []
    client.get("/records/exports/")
    for count in (1, 7):
        for _ in range(count):
            entry = ExportEntry(request_ids=[pothole.pk], options=CopyOptions())
            request_export(entry, actor=actor(cast.cleo), at=now)
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/records/exports/").content.decode()
        asked.append(len(queries))
    assert page.count("being made") == 8
    assert asked[0] == asked[1]
