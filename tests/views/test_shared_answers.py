"""The pages of shared answers: the list, one with its versions, two who change it at once (III.b.iv.4)."""

import csv
from http import HTTPStatus
from typing import Any

from django.test import Client

from requests_app.domain.vocabulary import Channel
from requests_app.models import Category, Interaction, ServiceRequest, SharedAnswer
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from tests.cast import Cast, actor, login_of
from tests.factories import NOW
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


def ask(cast: Cast, **facts: Any) -> ServiceRequest:
    entry = ContactEntry(channel=Channel.PHONE, title="A permit", received_at=NOW, for_employee_id=cast.bob.pk, **facts)
    return log_request(entry, actor=actor(cast.fay), at=NOW)


def test_a_reply_is_offered_the_answer_filled_in_and_in_the_customers_language(client: Client, cast: Cast) -> None:
    shared(cast.bob)
    found = ask(cast, customer=CustomerEntry(name="Jun Castellanos"), language="es")

    shown = page_of(client, cast).get(f"/requests/{found.number}/")

    text = shown.context["panels"][0].offered[0].text
    assert text.startswith(f"Hola Jun Castellanos, el permiso cuesta $20. Su número es {found.number}. {cast.bob.name}")


def test_without_javascript_the_server_puts_it_under_what_was_typed_and_counts_it_once_saved(
    client: Client, cast: Cast
) -> None:
    answer = shared(cast.bob, texts={"en": "Permits are $20."})
    address = f"/requests/{ask(cast).number}/answer/"
    page_of(client, cast)

    put = client.post(f"{address}insert/", {"text": "Good morning.", "insert": answer.pk, "promised_on": "2026-12-01"})

    form = next(panel.form for panel in put.context["panels"] if panel.name == "answer")
    assert form["text"].value() == "Good morning.\n\nPermits are $20."
    assert (form["promised_on"].value(), Interaction.objects.count()) == ("2026-12-01", 1)
    typed = {name: form[name].value() or "" for name in form.fields} | {"promised_on": ""}
    for _click in range(2):
        client.post(address, typed)
    assert answer.uses.count() == 1
    assert client.get("/answers/").context["rows"][0][0].use_count == 1


def test_an_answer_retired_meanwhile_is_not_put_in_and_what_was_typed_stays(client: Client, cast: Cast) -> None:
    answer = shared(cast.bob, is_active=False)

    put = page_of(client, cast).post(
        f"/requests/{ask(cast).number}/answer/insert/", {"text": "Hm", "insert": answer.pk}
    )

    assert "no longer offered" in put.content.decode()
    assert next(panel.form for panel in put.context["panels"] if panel.name == "answer")["text"].value() == "Hm"


def test_no_customer_reads_a_name_in_braces(client: Client, cast: Cast) -> None:
    """Nobody gave a name, so nothing could be put in its place."""
    shared(cast.bob)
    found = ask(cast)
    text = page_of(client, cast).get(f"/requests/{found.number}/").context["panels"][0].offered[0].text
    assert "{customer}" in text

    refused = client.post(f"/requests/{found.number}/answer/", {"channel": "phone", "text": text, "answer": "full"})

    assert "{customer} is not known here: write it, or take it out." in refused.content.decode()


def test_what_fits_best_is_offered_first(client: Client, cast: Cast) -> None:
    category = Category.objects.filter(department=cast.streets).earliest("name")
    for owner, title, facts in (
        (cast.charlie, "Of another department", {}),
        (cast.bob, "Of the department", {}),
        (cast.charlie, "Of the category", {"category_id": category.pk}),
    ):
        shared(owner, title=title, texts={"en": "Hello"}, **facts)

    shown = page_of(client, cast).get(f"/requests/{ask(cast, category_id=category.pk).number}/")

    titles = [each.answer.title for each in shown.context["panels"][0].offered]
    assert titles == ["Of the category", "Of the department", "Of another department"]
