from datetime import datetime
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from requests_app.models import Employee, OutgoingMail
from requests_app.services.setup import set_up_city
from tests.cast import Cast


def invite(*arguments: str) -> str:
    out = StringIO()
    call_command("first_administrator", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_an_empty_city_gets_its_first_administrator_who_chooses_a_password(client: Client, now: datetime) -> None:
    set_up_city(at=now)
    said = invite("ada@pinole.example", "--name", "Ada Admin")
    url = said.split()[-1]
    assert url in OutgoingMail.objects.get().body
    person = Employee.objects.get()
    assert (person.name, person.role_assignments.get().role) == ("Ada Admin", "administrator")
    path = url.split("/", 3)[3]
    assert "password1" in client.get(f"/{path}", follow=True).content.decode()
    again = invite("ada@pinole.example")
    assert again.split()[-1].startswith("http")
    assert Employee.objects.count() == User.objects.count() == 1


def test_once_an_administrator_has_signed_in_people_are_let_in_on_the_pages(cast: Cast, now: datetime) -> None:
    User.objects.filter(employee=cast.ada).update(last_login=now)
    with pytest.raises(CommandError, match="under Administration"):
        invite("mallory@pinole.example")
    assert not Employee.objects.filter(email="mallory@pinole.example").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("email", "said"), [("nobody", "no e-mail address"), ("ada@pinole.example", "setup_city")])
def test_what_cannot_be_invited_ends_with_one_line(email: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        invite(email)
