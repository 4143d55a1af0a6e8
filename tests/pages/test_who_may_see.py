"""Every address of a request × method × kind of request × person, against tables written by hand (B1; III.b.i.4)."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from requests_app.models import Attachment, ServiceRequest
from tests.cast import Cast
from tests.pages.access import PEOPLE, parts_of
from tests.pages.access.kinds import UNSEEING, cells, standings
from tests.pages.canaries import canary, found_in, words_of
from tests.pages.conftest import SignIn
from tests.pages.kinds import every_kind, key_of
from tests.pages.known_file import attach_known_file
from tests.pages.test_who_may import valid_forms
from tests.record_files import words_in

# A look may leave evidence of itself and keep its session; nothing else may differ after a refusal.
_MAY_CHANGE = {"auditentry", "session", "user", "emailaddress"}
_SHARE = 320  # of the cells, one in so many is asked in the suite besides the page itself; the drill asks all


def test_every_kind_by_its_person_is_in_the_table(cast: Cast, noon: datetime) -> None:
    found = every_kind(cast, now=noon)
    assert {kind.split()[0] for kind in found} == set(standings())


@pytest.mark.once
@pytest.mark.drill
def test_b1_everybody_gets_of_every_kind_what_the_tables_say(
    cast: Cast, noon: datetime, sign_in: SignIn, full_size_drill: bool
) -> None:
    """Each page is asked in every run, of the rest a share that goes round all kinds, people, addresses and methods."""
    found, turn = every_kind(cast, now=noon), count()
    attach_known_file(found["closed"], at=noon)
    differing: list[str] = []
    asked = Counter[str]()
    for who in PEOPLE:
        client = sign_in(getattr(cast, who, None))
        Attachment.objects.update(service_request=found[key_of("about_them", who)])
        before = digest_of_the_database()
        for kind in standings():
            row = found[key_of(kind, who)]
            Attachment.objects.update(service_request=row)  # the one file of the tables goes along
            chosen = [
                cell
                for cell in cells(kind, who)
                if full_size_drill or cell[:2] == ("request_detail", "GET") or next(turn) % _SHARE == 0
            ]
            asked.update(["denied" if status in (403, 404, 405) else "other" for _, _, status in chosen])
            forms = forms_for(cast, row) if any(method == "DO" for _, method, _ in chosen) else {}
            faults = faults_of(client, row, chosen, hidden=words_hidden(kind, who), forms=forms)
            differing += [f"{who}, {kind}: {fault}" for fault in faults]
        Attachment.objects.update(service_request=found[key_of("about_them", who)])
        if digest_of_the_database() != before:
            differing.append(f"{who}: a refusal changed the database")

    print(f"\nB1: {asked.total()} cells asked, {asked['denied']} of them denied; {len(differing)} differ")
    assert differing == [], "\n" + "\n".join(differing)
    assert asked.total() > 250


def faults_of(
    client: Client,
    row: ServiceRequest,
    chosen: list[tuple[str, str, int]],
    *,
    hidden: list[bytes],
    forms: Mapping[str, dict[str, Any]],
) -> Iterator[str]:
    """Ask what was chosen of one request as one person; say what differs from the table, and what leaks."""
    for name, method, status in chosen:
        answer = ask(client, name, method, row, forms, keeps=status in (403, 404, 405))
        if answer.status_code != status:
            yield f"{name} {method} gets {answer.status_code}, not {status}"
        yield from (f"{name} {method} gives away {word}" for word in found_in(body_of(answer), hidden))


def forms_for(cast: Cast, found: ServiceRequest) -> Mapping[str, dict[str, Any]]:
    """Give a valid form for each verb, as far as the request has what it is about."""
    ordinary = found.confidentiality == "ordinary"
    is_charlies = found.owner_id == cast.charlie.pk
    return valid_forms(cast, found) | {
        "request_give": {"owner": cast.bob.pk if is_charlies else cast.charlie.pk},
        "request_consult": {"employee": cast.ada.pk, "text": "Whose is it?"},
        "request_restrict": {"level": "confidential" if ordinary else "ordinary", "text": "It says so"},
        "request_classify": {"level": "improper_activity" if ordinary else "ordinary", "text": "It says so"},
        "request_records_redact": {"text": found.title, "code": "safe_at_home"},
        "request_message": {"channel": "phone", "text": "She asks for a call"},
    }


def ask(
    client: Client, name: str, method: str, row: ServiceRequest, forms: Mapping[str, dict[str, Any]], *, keeps: bool
) -> Any:
    """Ask once; what a refusal left stays, so that it is seen, and everything else is taken back."""
    url = reverse(name, kwargs=parts_of(name, row.number))
    form: dict[str, Any] | None = {"POST": {}, "DO": forms.get(name, {})}.get(method)
    with transaction.atomic():
        answer = client.get(url) if form is None else client.post(url, form)
        if not keeps:
            transaction.set_rollback(True)
    return answer


def body_of(answer: Any) -> bytes:
    """Give every byte of an answer, of a file as well; of a PDF we drew what is read in it."""
    if not answer.streaming and answer.headers["Content-Type"] == "application/pdf":
        return words_in(answer.content).encode()
    return b"".join(answer) if answer.streaming else bytes(answer.content)


def words_hidden(kind: str, who: str) -> list[bytes]:
    """Give the planted words this person may never read: all, or what colleagues write to each other."""
    standing, key = "none" if who == "anonymous" else standings()[kind][who], key_of(kind, who)
    if standing in ("audit", *UNSEEING):
        return words_of([key])
    return [canary(key, field).encode() for field in ("note", "event")] if standing == "desk" else []


def digest_of_the_database() -> str:
    """Sum up every table, evidence and sessions left out."""
    digest = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        if model._meta.model_name not in _MAY_CHANGE and model._meta.app_label not in ("contenttypes", "auth"):
            rows = list(model._base_manager.order_by("pk").values_list())
            digest.update(f"{model._meta.label} {rows}".encode(errors="surrogatepass"))
    return digest.hexdigest()
