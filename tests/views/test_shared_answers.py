"""The pages of shared answers: the list, one with its versions, two who change it at once (III.b.iv.4)."""

import csv
from http import HTTPStatus
from typing import Any

from django.test import Client

from requests_app.models import SharedAnswer
from tests.cast import Cast, login_of
from tests.shared_answer_cases import shared

TYPED = {
    "title": "How do I get a parking permit?",
    "text_en": "Permits are $25, {customer}.",
    "text_es": "",
    "review_by": "2027-11-01",
    "is_active": "on",
}


def page_of(client: Client, cast: Cast, **login: Any) -> Client:
    client.force_login(login_of(login.get("who", cast.bob)))
    return client


def test_it_is_shared_and_found_in_the_list_and_in_its_file(client: Client, cast: Cast) -> None:
    page_of(client, cast)

    made = client.post("/answers/new/", TYPED | {"owner": cast.bob.pk}, follow=True)

    assert "Whoever answers a request is offered it" in made.content.decode()
    file = b"".join(client.get("/answers/?format=csv&q=permit").streaming_content)  # type: ignore[attr-defined]
    row = next(csv.DictReader(file.decode("utf-8-sig").splitlines()))
    assert (row["title"], row["owner"], row["used"]) == (TYPED["title"], cast.bob.name, "0")
    assert client.get("/answers/?q=trash").context["total"] == 0


def test_a_wrong_name_in_braces_is_told_at_its_field_and_the_text_is_kept(client: Client, cast: Cast) -> None:
    typed = TYPED | {"owner": cast.bob.pk, "text_es": "Hola {nombre}"}

    refused = page_of(client, cast).post("/answers/new/", typed)

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert list(refused.context["form"].errors) == ["text_es"]
    assert "Hola {nombre}" in refused.content.decode()
    assert not SharedAnswer.objects.exists()


def test_a_title_of_another_answer_is_refused(client: Client, cast: Cast) -> None:
    shared(cast.alice)

    refused = page_of(client, cast).post("/answers/new/", TYPED | {"owner": cast.bob.pk})

    assert "Another answer goes by this title" in refused.content.decode()


def test_the_second_of_two_is_shown_what_the_first_saved_and_may_then_save(client: Client, cast: Cast) -> None:
    answer = shared(cast.bob)
    address, typed = f"/answers/{answer.pk}/change/", TYPED | {"owner": cast.bob.pk, "version": 1}
    page_of(client, cast).post(address, typed | {"text_en": "Permits are $30."})

    second = client.post(address, typed)

    shown = second.content.decode()
    assert second.status_code == HTTPStatus.CONFLICT
    assert "Answer in English is now “Permits are $30.”." in shown
    assert "Permits are $25, {customer}." in shown
    again = client.post(address, typed | {"version": second.context["form"]["version"].value()})
    assert again.status_code == HTTPStatus.FOUND
    assert answer.revisions.earliest("-version").texts == {"en": typed["text_en"]}


def test_its_page_shows_every_version_and_offers_the_change_to_whom_may(client: Client, cast: Cast) -> None:
    answer = shared(cast.bob)
    address = f"/answers/{answer.pk}/change/"

    assert address in page_of(client, cast).get(f"/answers/{answer.pk}/").content.decode()
    shown = page_of(client, cast, who=cast.alice).get(f"/answers/{answer.pk}/").content.decode()
    assert address not in shown
    assert shown.count("How do I get a parking permit?") >= 2
