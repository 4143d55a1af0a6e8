import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from requests_app.domain.vocabulary import Role
from requests_app.models import Employee, RosterUpload
from tests.cast import Cast, login_of
from tests.factories import EmployeeFactory, give_role, make_login

FILE = (
    b"name,e-mail,title,department\nNeo,neo@pinole.example,Clerk,finance\nBob Teammate,bob@pinole.example,Foreman,\n"
    b"=1+1,bad,,finance\n"
)


def as_somebody(employee: Employee) -> Client:
    client = Client()
    client.force_login(login_of(employee))
    return client


@pytest.fixture
def ada(cast: Cast) -> Client:
    return as_somebody(cast.ada)


def upload(client: Client, data: bytes = FILE) -> HttpResponse:
    file = SimpleUploadedFile("people.csv", data, content_type="text/csv")
    return client.post(reverse("people_import"), {"file": file}, follow=True)  # type: ignore[return-value]


def test_a_file_is_looked_through_then_applied_once(cast: Cast, ada: Client) -> None:
    text = upload(ada).content.decode()
    assert "title: Foreman" in text
    assert "Line 4: bad is not an e-mail address" in text
    url = reverse("people_import_preview", args=[RosterUpload.objects.get().pk])
    digest = re.search(r'name="digest" value="(\w+)"', text)
    assert digest
    done = ada.post(url, {"digest": digest[1]}, follow=True).content.decode()
    assert "1 added, 1 changed." in done
    assert ada.post(url, {"digest": digest[1]}).status_code == 404
    assert Employee.objects.get(pk=cast.bob.pk).title == "Foreman"


def test_a_change_in_the_meantime_is_shown_before_anything_is_written(cast: Cast, ada: Client) -> None:
    text = upload(ada).content.decode()
    url = reverse("people_import_preview", args=[RosterUpload.objects.get().pk])
    digest = re.search(r'name="digest" value="(\w+)"', text)
    Employee.objects.filter(pk=cast.bob.pk).update(title="Crew lead", version=2)
    answer = ada.post(url, {"digest": digest[1] if digest else ""})
    assert answer.status_code == 409
    assert "title: Crew lead → Foreman" in answer.content.decode()
    assert not Employee.objects.filter(name="Neo").exists()


def test_rejected_rows_come_back_with_reason_and_harmless_cells(cast: Cast, ada: Client) -> None:
    upload(ada)
    answer = ada.get(reverse("people_import_rejects", args=[RosterUpload.objects.get().pk]))
    assert "4,bad is not an e-mail address,'=1+1,bad" in b"".join(answer).decode()


def test_the_list_as_a_file_can_be_taken_back_in_and_changes_nothing(cast: Cast, ada: Client) -> None:
    exported = b"".join(ada.get("/directory/people/?format=csv"))
    text = upload(ada, exported).content.decode()
    assert "There is nothing to apply." in text
    assert text.count("Cannot be used") == 1


def test_the_template_can_be_filled_in_and_taken(cast: Cast, ada: Client) -> None:
    template = b"".join(ada.get(reverse("people_import_template")))
    assert "Ana Example" in upload(ada, template).content.decode()


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"nothing,we,know\n1,2,3\n"])
def test_a_file_that_is_none_is_told_beside_its_field(cast: Cast, ada: Client, data: bytes) -> None:
    answer = upload(ada, data)
    assert answer.status_code == 422
    assert not RosterUpload.objects.exists()


def test_nobody_applies_what_another_one_looked_through(cast: Cast, ada: Client) -> None:
    upload(ada)
    other = EmployeeFactory.create()
    make_login(other)
    give_role(other, Role.ADMINISTRATOR)
    url = reverse("people_import_preview", args=[RosterUpload.objects.get().pk])
    assert as_somebody(other).get(url).status_code == 404
