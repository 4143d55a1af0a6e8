"""The page of the audit trail: everything that was done, nothing of what it was."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.domain.event_kinds import EventKind
from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import AuditEntry, Department
from requests_app.selectors.access import SYSTEM
from requests_app.services.events import record_audit, record_event
from requests_app.services.seals import seal_audit_entries
from tests.cast import Cast, actor, login_of
from tests.factories import NOW, ServiceRequestFactory

URL = "/audit/"


@pytest.fixture
def otto(cast: Cast) -> Client:
    client = Client()
    client.force_login(login_of(cast.otto))
    return client


def text_of(client: Client, **asked: str) -> str:
    return client.get(URL, asked).content.decode()


def lines_of(client: Client, **asked: str) -> list[list[str]]:
    answer = client.get(URL, {**asked, "format": "csv"})
    return list(csv.reader(StringIO(b"".join(answer).decode().removeprefix("\ufeff"))))


def test_it_names_fields_and_never_shows_values(cast: Cast, otto: Client) -> None:
    found = ServiceRequestFactory.create(
        department=cast.streets, owner=cast.alice, confidentiality=Confidentiality.CONFIDENTIAL, title="A secret matter"
    )
    record_event(
        found, EventKind.CLOSED, actor=actor(cast.fay), at=NOW, text="Hush", fields={"disposition": "withdrawn"}
    )
    for said in (text_of(otto), str(lines_of(otto))):
        assert f"Service request {found.pk}" in said
        assert "disposition" in said
        assert "Fay Desk" in said
        assert "Alice Owner" in said
        assert [word for word in ("withdrawn", "Hush", "A secret matter", found.number) if word in said] == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"person": "system"}, {"first", "second"}),
        ({"action": "third"}, {"third"}),
        ({"kind": "employee"}, {"third"}),
        ({"from_on": "2026-11-24"}, {"second"}),
        ({"to_on": "2026-11-22"}, {"first"}),
        ({"kind": "department", "object_id": "7"}, set()),
    ],
)
def test_the_filters_narrow_page_and_file_alike(
    cast: Cast, otto: Client, asked: dict[str, str], expected: set[str]
) -> None:
    day = timedelta(days=1)
    record_audit("first", Department, actor=SYSTEM, at=NOW - day)
    record_audit("second", Department, actor=SYSTEM, at=NOW + day)
    record_audit("third", cast.bob, actor=actor(cast.ada), at=NOW)
    shown = otto.get(URL, asked).context["rows"]
    assert {row.action.lower() for row in shown} & {"first", "second", "third"} == expected
    filed = [line[3] for line in lines_of(otto, **asked)[1:] if line[3] != "Exported"]
    assert filed == [row.action for row in shown]


def test_a_person_is_found_by_what_that_person_did(cast: Cast, otto: Client) -> None:
    record_audit("third", cast.bob, actor=actor(cast.ada), at=NOW)
    rows = otto.get(URL, {"person": str(cast.ada.pk)}).context["rows"]
    assert [(row.action, row.actor) for row in rows] == [("Third", "Ada Administrator")]


def test_nonsense_in_the_address_is_left_out_and_told(otto: Client) -> None:
    said = text_of(otto, person="x", object_id="ten", from_on="soon", after="nowhere")
    assert said.count("could not be read and was left out.") == 3


def test_the_state_of_the_chain_stands_on_top(otto: Client) -> None:
    assert otto.get(URL).context["chain"].unsealed != "0"
    seal_audit_entries(now=NOW)
    chain = otto.get(URL).context["chain"]
    assert (chain.sealed, chain.unsealed) == (AuditEntry.objects.count(), "0")
    assert "never" in text_of(otto)


def test_pages_follow_one_another_and_show_each_entry_once(otto: Client) -> None:
    for number in range(120):
        record_audit("tried", Department, actor=SYSTEM, at=NOW + timedelta(seconds=number // 3))
    seen: list[object] = []
    url = URL
    while url:
        context = otto.get(url).context
        seen += [(row.at, row.action, row.seal) for row in context["rows"]]
        url = context["next_url"]
    assert len(seen) == AuditEntry.objects.count()
    assert [row[0] for row in seen] == sorted((row[0] for row in seen), reverse=True)  # type: ignore[index]  # tuples


def test_the_number_of_queries_does_not_grow(otto: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            otto.get(URL)
        return len(asked)

    queries()
    few = queries()
    for number in range(60):
        record_audit(f"tried_{number}", Department, actor=SYSTEM, at=NOW)
    assert queries() == few


def test_taking_it_away_leaves_evidence(cast: Cast, otto: Client) -> None:
    otto.get(reverse("audit_trail"), {"format": "csv"})
    entry = AuditEntry.objects.get(action="exported")
    assert (entry.actor, entry.object_kind, entry.count) == (cast.otto, "auditentry", AuditEntry.objects.count() - 1)
