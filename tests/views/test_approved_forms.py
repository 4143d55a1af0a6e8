"""The register on screen: everybody reads and fetches, its keepers add, change and retire; only PDFs are taken."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from requests_app.models import ApprovedForm
from requests_app.views.file_answers import FILE_POLICY
from tests.cast import Cast, login_of
from tests.factories import NOW
from tests.sample_files import DOCX, HTML, PDF


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.ATTACHMENTS_ROOT = str(tmp_path)


@pytest.fixture
def cleo(cast: Cast, client: Client) -> Client:
    client.force_login(login_of(cast.cleo))
    return client


def typed(cast: Cast, **changed: Any) -> dict[str, Any]:
    return {
        "name": "Complaint procedure", "owner": cast.streets.pk, "purpose": "How complaints go", "is_active": "on",
        "approved_on": "2026-07-01", **changed,
    }  # fmt: skip


def pdf(content: bytes = PDF, name: str = "procedure.pdf") -> "ContentFile[bytes]":
    return ContentFile(content, name=name)


def signed_in(employee: Any) -> Client:
    client = Client()
    client.force_login(login_of(employee))
    return client


def test_a_form_is_added_listed_and_fetched_by_everybody(cast: Cast, cleo: Client) -> None:
    assert cleo.post("/forms/new/", typed(cast, file=pdf())).status_code == 302
    form = ApprovedForm.objects.get()

    reader = signed_in(cast.alice)
    page = reader.get("/forms/").content.decode()
    answer = reader.get(f"/forms/{form.pk}/file/")

    assert "Complaint procedure" in page
    assert "procedure.pdf" in page
    assert "1 Jul 2026" in page
    assert "Add a form" not in page
    assert b"".join(answer) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="procedure.pdf"'
    assert answer.headers["Content-Security-Policy"] == FILE_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"


def test_the_form_opens_without_errors_and_in_use(cast: Cast, cleo: Client) -> None:
    cleo.post("/forms/new/", typed(cast, external_number="HR-7"))
    for address in ("/forms/new/", f"/forms/{ApprovedForm.objects.get().pk}/"):
        page = cleo.get(address).content.decode()
        assert "This field is required" not in page
        assert re.search(r'name="is_active"[^>]* checked', page)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (pdf(HTML), "is not what its name says"),
        (pdf(DOCX, "form.docx"), "is no PDF"),
        (pdf(b"", "empty.pdf"), "is empty"),
        (pdf(HTML, "page.html"), "is of a kind that is not taken"),
    ],
)
def test_what_is_no_pdf_is_refused_and_what_was_typed_stays(
    cast: Cast, cleo: Client, file: "ContentFile[bytes]", said: str
) -> None:
    file.seek(0)
    answer = cleo.post("/forms/new/", typed(cast, external_number="HR-7", file=file))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'value="HR-7"' in page
    assert not ApprovedForm.objects.exists()


def test_a_file_too_large_is_refused(cast: Cast, cleo: Client, settings: Any) -> None:
    settings.ATTACHMENT_MAX_BYTES = 10
    answer = cleo.post("/forms/new/", typed(cast, file=pdf()))
    assert (answer.status_code, "is larger than" in answer.content.decode()) == (422, True)


def test_where_it_is_and_its_name_are_asked_for(cast: Cast, cleo: Client) -> None:
    nowhere = cleo.post("/forms/new/", typed(cast))
    cleo.post("/forms/new/", typed(cast, external_number="HR-7"))
    taken = cleo.post("/forms/new/", typed(cast, external_number="HR-8"))
    assert (nowhere.status_code, taken.status_code) == (422, 422)
    assert "Say where it is" in nowhere.content.decode()
    assert "Another form in use goes by this name" in taken.content.decode()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "ftp//x"])
def test_a_link_leads_to_the_web(cast: Cast, cleo: Client, link: str) -> None:
    assert cleo.post("/forms/new/", typed(cast, link=link)).status_code == 422


def test_it_is_retired_and_then_gone_for_readers_and_an_edit_in_between_is_told(cast: Cast, cleo: Client) -> None:
    cleo.post("/forms/new/", typed(cast, file=pdf()))
    form = ApprovedForm.objects.get()
    page = cleo.get(f"/forms/{form.pk}/").content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]

    retired = cleo.post(f"/forms/{form.pk}/", typed(cast, is_active="", seen=seen))
    late = cleo.post(f"/forms/{form.pk}/", typed(cast, purpose="Other words", seen=seen))

    assert (retired.status_code, late.status_code) == (302, 409)
    assert "Other words</textarea>" in late.content.decode()
    assert "retired" in cleo.get("/forms/").content.decode()
    reader = signed_in(cast.alice)
    assert "Complaint procedure" not in reader.get("/forms/").content.decode()
    assert reader.get(f"/forms/{form.pk}/file/").status_code == 404


def test_the_list_asks_as_often_for_many_as_for_few(cast: Cast, cleo: Client) -> None:
    counts = []
    for number in (3, 30):
        ApprovedForm.objects.bulk_create(
            ApprovedForm(name=f"Form {number} {n}", owner=cast.streets, external_number="1", changed_at=NOW)
            for n in range(number)
        )
        with CaptureQueriesContext(connection) as asked:
            cleo.get("/forms/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
