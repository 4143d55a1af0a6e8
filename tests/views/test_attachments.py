"""Attaching on the request page and downloading again: nothing gets out of its folder, nothing acts (B9)."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Attachment, AuditEntry, Employee, ServiceRequest
from requests_app.views.file_answers import FILE_POLICY
from tests.cast import Cast, login_of
from tests.factories import ServiceRequestFactory, concern
from tests.sample_files import HTML, PDF, PNG, REFUSED, SVG, TAKEN, multipart

Shown = Any  # the test client's answer

HOSTILE_NAMES = (
    "../../../../etc/passwd.png",
    "..\\..\\boot.png",
    "/etc/cron.d/job.png",
    "C:\\Windows\\win.png",
    "%2e%2e%2fup.png",
    "a\x00.png",
    "a.html\x00.png",
    "x" * 400 + ".png",
    "路" * 200 + ".png",
    "photo\u202egnp.png",
    "\u200f\u2066mixed.png",
    "photo.php.png",
    "photo.html.png",
    "CON.png",
    "&lt;script&gt;.png",
    "<script>alert(1)</script>.png",
    "line%0d%0aSet-Cookie: a=b.png",
    "; rm -rf ~.png",
    "=cmd|'/c calc'!A1.png",
    "👩‍🚒 tree.png",
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    return tmp_path / "attachments"


@pytest.fixture
def pothole(cast: Cast) -> ServiceRequest:
    return ServiceRequestFactory.create(department=cast.streets, owner=cast.alice)


def as_(employee: Employee) -> Client:
    client = Client()
    client.force_login(login_of(employee))
    return client


def attach(client: Client, found: ServiceRequest, *files: tuple[str, bytes], **data: Any) -> Shown:
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("request_attach", args=[found.number]), {"attachments": uploads, **data})


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def status_of(client: Client, url: str) -> int:
    given = client.get(url)
    if given.streaming:
        b"".join(given)  # read to its end, as a browser does
    return given.status_code


def test_a_picture_is_attached_shown_and_given_back(cast: Cast, pothole: ServiceRequest) -> None:
    client = as_(cast.alice)

    sent = attach(client, pothole, ("Café 路燈.png", PNG))

    assert sent.status_code == 302
    page = client.get(sent.url).content.decode()
    attachment = Attachment.objects.get()
    assert "Files attached." in page
    assert attachment.get_absolute_url() in page
    assert "Café 路燈.png" in page
    given: Shown = client.get(attachment.get_absolute_url())
    assert b"".join(given) == PNG
    assert given["Content-Disposition"] == "attachment; filename*=utf-8''Caf%C3%A9%20%E8%B7%AF%E7%87%88.png"
    assert given["Content-Type"] == "image/png"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Security-Policy"] == FILE_POLICY == "sandbox; default-src 'none'"
    assert "no-store" in given["Cache-Control"]


def test_what_is_not_taken_is_named_and_the_note_is_kept(
    cast: Cast, pothole: ServiceRequest, settings: LazySettings
) -> None:
    settings.ATTACHMENT_MAX_BYTES = 200
    files = (("plan.pdf", PDF), ("drawing.svg", SVG), ("page.pdf", HTML), ("big.pdf", PDF * 9))

    sent = attach(as_(cast.alice), pothole, *files, text="The crew's pictures")

    page = sent.content.decode()
    assert sent.status_code == 422
    assert "The crew&#x27;s pictures" in page
    for words in ("drawing.svg is of a kind", "page.pdf is not what", "big.pdf is larger than", "Choose the files"):
        assert words in page
    assert "plan.pdf is" not in page
    assert not Attachment.objects.exists()


def test_without_a_file_the_field_asks_for_one(cast: Cast, pothole: ServiceRequest) -> None:
    assert attach(as_(cast.alice), pothole).status_code == 422


def test_a_second_click_is_harmless(cast: Cast, pothole: ServiceRequest) -> None:
    client, key = as_(cast.alice), str(uuid4())
    for _ in range(2):
        assert attach(client, pothole, ("light.png", PNG), submission_key=key).status_code == 302
    assert Attachment.objects.count() == 1


def test_no_name_leads_out_of_the_folder_or_into_a_header(cast: Cast, pothole: ServiceRequest, folder: Path) -> None:
    client = as_(cast.alice)
    before = files_below(folder.parent)
    body, content_type = multipart({}, [(name, PNG) for name in HOSTILE_NAMES], field="attachments")

    sent = client.post(reverse("request_attach", args=[pothole.number]), body, content_type=content_type)

    rows = list(Attachment.objects.select_related("service_request"))
    assert (sent.status_code, len(rows)) == (302, len(HOSTILE_NAMES))
    assert files_below(folder.parent) - before == {row.path for row in rows}
    assert all(row.path.parent.parent == folder for row in rows)
    for row in rows:
        given: Shown = client.get(row.get_absolute_url())
        assert b"".join(given) == PNG
        assert given["Content-Disposition"].startswith("attachment; filename")
        assert not {"\r", "\n", "\x00", "\u202e", "/"} & set(row.name)
    assert "<script>alert(1)" not in client.get(pothole.get_absolute_url()).content.decode()


def test_a_name_that_is_no_text_asks_for_the_file_again(cast: Cast, pothole: ServiceRequest) -> None:
    body, content_type = multipart({}, [("\udcff\udcfe.png", PNG)], field="attachments")
    sent = as_(cast.alice).post(reverse("request_attach", args=[pothole.number]), body, content_type=content_type)
    assert (sent.status_code, Attachment.objects.count()) == (422, 0)


def test_whatever_is_sent_nothing_active_is_ever_served(cast: Cast, pothole: ServiceRequest) -> None:
    client = as_(cast.alice)
    refused = attach(client, pothole, *REFUSED.items())
    assert (refused.status_code, Attachment.objects.count()) == (422, 0)
    assert attach(client, pothole, *TAKEN.items()).status_code == 302
    for row in Attachment.objects.select_related("service_request"):
        given: Shown = client.get(row.get_absolute_url())
        assert len(b"".join(given)) == row.size
        assert given["Content-Disposition"].startswith("attachment;")
        assert given["X-Content-Type-Options"] == "nosniff"
        assert given["Content-Security-Policy"] == FILE_POLICY
        assert not any(word in given["Content-Type"] for word in ("html", "svg", "javascript", "/xml"))


def test_more_than_may_be_sent_at_once_is_a_413(cast: Cast, pothole: ServiceRequest, settings: LazySettings) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    sent = attach(as_(cast.alice), pothole, ("plan.pdf", PDF + bytes(2000)))
    assert sent.status_code == 413
    assert "fewer files" in sent.content.decode()


def test_more_files_than_may_be_sent_at_once_is_a_413(cast: Cast, pothole: ServiceRequest) -> None:
    sent = attach(as_(cast.alice), pothole, *((f"{number}.png", PNG) for number in range(51)))
    assert (sent.status_code, Attachment.objects.count()) == (413, 0)


def test_a_stranger_cannot_fill_the_disk(pothole: ServiceRequest, folder: Path) -> None:
    sent = attach(Client(), pothole, ("light.png", PNG))
    assert (sent.status_code, list(folder.rglob("*"))) == (302, [])


@pytest.mark.parametrize("who", ["charlie", "ada", "otto", "lena"])
def test_a_file_of_a_request_one_may_not_see_is_not_there(cast: Cast, pothole: ServiceRequest, who: str) -> None:
    attach(as_(cast.alice), pothole, ("light.png", PNG))
    client = as_(getattr(cast, who))
    hidden = client.get(reverse("attachment", args=[pothole.number, Attachment.objects.get().key]))
    unknown = client.get(reverse("attachment", args=["PN-0000-0000", uuid4()]))
    assert (hidden.status_code, unknown.status_code) == (404, 404)


def test_a_file_of_another_request_is_not_there(cast: Cast, pothole: ServiceRequest) -> None:
    other = ServiceRequestFactory.create(department=cast.finance)
    attach(as_(cast.charlie), other, ("light.png", PNG))
    url = reverse("attachment", args=[pothole.number, Attachment.objects.get().key])
    assert as_(cast.alice).get(url).status_code == 404


def test_the_front_desk_gets_no_file_of_another_departments_note(cast: Cast, pothole: ServiceRequest) -> None:
    attach(as_(cast.alice), pothole, ("crew.png", PNG), text="Crew is short")
    row = Attachment.objects.select_related("service_request").get()
    assert status_of(as_(cast.bob), row.get_absolute_url()) == 200
    assert as_(cast.fay).get(row.get_absolute_url()).status_code == 404
    assert "crew.png" not in as_(cast.fay).get(pothole.get_absolute_url()).content.decode()


def test_of_a_confidential_matter_nobody_concerned_gets_a_file_and_every_read_is_evidence(
    cast: Cast, pothole: ServiceRequest, now: datetime
) -> None:
    attach(as_(cast.alice), pothole, ("light.png", PNG))
    ServiceRequest.objects.filter(pk=pothole.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    concern(pothole, cast.sam)
    url = reverse("attachment", args=[pothole.number, Attachment.objects.get().key])
    assert {who: status_of(as_(getattr(cast, who)), url) for who in ("sam", "bob", "fay", "hana")} == {
        "sam": 404, "bob": 404, "fay": 404, "hana": 200,
    }  # fmt: skip
    assert list(AuditEntry.objects.filter(action="attachment_read").values_list("actor", flat=True)) == [cast.hana.pk]


def test_a_file_that_is_lost_is_a_404(cast: Cast, pothole: ServiceRequest) -> None:
    attach(as_(cast.alice), pothole, ("light.png", PNG))
    row = Attachment.objects.select_related("service_request").get()
    row.path.unlink()
    assert as_(cast.alice).get(row.get_absolute_url()).status_code == 404
