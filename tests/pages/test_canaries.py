"""Words planted in what few may read, sought in every byte that everybody else is given (B2; DOMAIN 4)."""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from requests_app.models import Category, OutgoingMail, ResponseClock, ServiceRequest
from requests_app.services.escalation_climbs import climb_unaccepted
from requests_app.services.escalations import EscalationEntry, accept_escalation, answer_escalation, escalate
from requests_app.services.reminders import send_reminder
from requests_app.services.sweeps import fire_due_stages
from tests.cast import Cast, actor
from tests.pages.access import BY_NUMBER, PEOPLE, expected, parts_of
from tests.pages.access.kinds import UNSEEING, standings
from tests.pages.canaries import FIELDS, canary, found_in, phone_of, plant_corrective_action, words_of
from tests.pages.conftest import SignIn
from tests.pages.kinds import every_kind, key_of

pytestmark = pytest.mark.once
_FILES = ("my_work", "queue", "overdue", "request_list", "compliance_clocks", "compliance_contacts")
_SOUGHT = ("title", "place", "customer", "email")


def hidden_from(who: str) -> list[str]:
    """Name the requests of which this person may read no word; the auditor reads none of anything."""
    by_kind = {kind: "none" if who == "anonymous" else of[who] for kind, of in standings().items()}
    return [key_of(kind, who) for kind, standing in by_kind.items() if standing in ("audit", *UNSEEING)]


def questions(who: str, found: Mapping[str, ServiceRequest], hidden: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Give every page, file, suggestion and search, and the pages of what is hidden by number."""
    for name, rows in expected().items():
        if rows["GET"][who] == 200 and name not in BY_NUMBER:
            yield reverse(name, kwargs=parts_of(name, "")), {}
    for name in _FILES:
        yield reverse(name), {"format": "csv"}
    for kind in hidden:
        for name in ("request_detail", "contact_done", "request_form"):
            yield reverse(name, args=[found[kind].number]), {}
    for kind in hidden[::3]:
        # All but the end of a word: an answer repeats what was asked, and must not complete it.
        for field in _SOUGHT:
            yield reverse("request_list"), {"q": canary(kind, field)[:-3]}
        yield reverse("suggest_customers"), {"q": canary(kind, "customer")[:-3]}
        yield reverse("suggest_customers"), {"q": phone_of(kind)[-4:]}


def likely_duplicates(client: Client, kind: str) -> Any:
    """Type a contact that is as like a hidden one as can be, and ask what it repeats."""
    typed = {field: canary(kind, field)[:-3] for field in ("title", "place")}
    category = Category.objects.earliest("pk").name
    who = canary(kind, "customer")[:-3]
    return client.post(reverse("contact_preview"), {**typed, "channel": "phone", "who": who, "category": category})


def test_b2_no_word_of_what_is_hidden_is_in_any_answer_file_or_log(
    cast: Cast, noon: datetime, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    found, hits, searched = every_kind(cast, now=noon), [], 0
    for who in PEOPLE:
        client, hidden = sign_in(getattr(cast, who, None)), hidden_from(who)
        words = words_of(hidden)
        answers = [(url, client.get(url, asked)) for url, asked in questions(who, found, hidden)]
        answers += [("duplicates", likely_duplicates(client, kind)) for kind in hidden[::4]]
        for url, answer in answers:
            text = b"".join(answer) if answer.streaming else answer.content
            hits += [f"{who} {url}: {word}" for word in found_in(text, words)]
            searched += 1

    report = io.StringIO()
    call_command("compliance_report", "--from", "2026-11-01", "--to", "2026-11-30", stdout=report)
    everything = words_of(found)
    for place, written in (("log", caplog.text), ("report", report.getvalue())):
        hits += [f"{place}: {word}" for word in found_in(written.encode(), everything)]
    print(f"\nB2: {searched + 2} answers searched for {len(everything)} words, {len(hits)} hits")
    assert hits == []
    assert searched > 500


def test_b2_no_mail_carries_a_word_to_whom_it_is_hidden_from(cast: Cast, noon: datetime) -> None:
    """Every clock is late and owners are reminded by hand as well; mails of restricted matters say no words."""
    found = every_kind(cast, now=noon)
    late = noon - timedelta(days=8)
    ResponseClock.objects.filter(verdict="open").update(started_at=late, due_at=late, next_stage_at=late)
    for days in range(10):
        fire_due_stages(now=late + timedelta(days=days))
    for kind in ("own_confidential", "confidential_owned_elsewhere", "charlie_is_asked"):
        send_reminder(request_id=found[kind].pk, actor=actor(cast.sam), at=noon)

    escalate_and_return(found["own_confidential"], cast, at=noon)
    names = {getattr(cast, who).pk: who for who in PEOPLE[1:]}
    restricted = words_of([key for key, row in found.items() if row.confidentiality != "ordinary"])
    mails, hits = list(OutgoingMail.objects.all()), []
    for mail in mails:
        hidden = hidden_from(names[mail.recipient_id]) if mail.recipient_id in names else []
        told = f"{mail.subject} {mail.body}".encode()
        hits += [f"{mail.to_address}: {word}" for word in found_in(told, restricted + words_of(hidden))]
    print(f"\nB2: {len(mails)} mails searched, {len(hits)} hits")
    assert hits == []
    assert len(mails) > 5


def test_no_byte_of_the_register_of_corrective_action_is_in_what_others_get(
    cast: Cast, noon: datetime, sign_in: SignIn
) -> None:
    """III.d.ii: switched on, with a line about Bob; sought by everybody but Human Resources, and there for them."""
    words = [word.lower().encode() for word in plant_corrective_action(cast, at=noon)]
    kept = ("corrective_action_list", "corrective_counted", "corrective_switch")
    hits, searched = [], 0
    for who in PEOPLE:
        if who == "hana":
            continue
        client = sign_in(getattr(cast, who, None))
        urls = [url for url, _asked in questions(who, {}, [])] + [reverse(name) for name in kept]
        urls += [f"{reverse(name)}?format=csv" for name in ("people_list", "audit_trail", "corrective_action_list")]
        for url in urls:
            answer = client.get(url)
            text = b"".join(answer) if answer.streaming else answer.content
            hits += [f"{who} {url}: {word}" for word in found_in(text, words)]
            searched += 1
    mails = " ".join(f"{mail.subject} {mail.body}" for mail in OutgoingMail.objects.all()).encode()
    assert hits + found_in(mails, words) == []
    assert searched > 200
    assert found_in(sign_in(cast.hana).get(reverse("corrective_action_list")).content, words)


def escalate_and_return(found: ServiceRequest, cast: Cast, *, at: datetime) -> None:
    """Let it be escalated, climb, be accepted and answered, all in words that must not travel."""
    word = canary("own_confidential", "reason")
    escalate(request_id=found.pk, entry=EscalationEntry(reason=word), actor=actor(cast.alice), at=at)
    climb_unaccepted(now=at + timedelta(days=3))
    climbed = found.escalations.get(level=2)
    accept_escalation(escalation_id=climbed.pk, actor=actor(cast.dora), at=at)
    answer_escalation(escalation_id=climbed.pk, answer=word, actor=actor(cast.dora), at=at)


def test_the_words_are_there_for_whoever_reads_them(cast: Cast, noon: datetime, sign_in: SignIn) -> None:
    """The tests above prove nothing about a word that no page shows to anybody."""
    found, key = every_kind(cast, now=noon), "complaint_about_nils"
    client = sign_in(cast.hana)
    page = client.get(found[key].get_absolute_url()).content
    listed = client.get(reverse("request_list"), {"q": canary(key, "customer")[:-3]}).content

    missing = {field for field in FIELDS if not found_in(page, [canary(key, field).encode()])}
    # Shown once it is closed; on the page of commendations; by the record of the complaint; and once it is escalated.
    assert missing <= {"outcome_note", "commendation", "desired_outcome", "reason"}
    assert found_in(client.get(reverse("commendations")).content, [canary(key, "commendation").encode()])
    received = sign_in(cast.charlie).get(found["charlie_received_it"].get_absolute_url()).content
    assert found_in(received, [canary("charlie_received_it", "reason").encode()])
    assert found_in(listed, [canary(key, "title").encode()])
