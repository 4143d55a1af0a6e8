"""Whatever is typed, pasted or sent: an answer, never a failure (5xx), on both databases."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, quote_from_bytes

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from requests_app.domain.vocabulary import Disposition
from requests_app.models import ServiceRequest
from requests_app.services.closing import close_request
from requests_app.services.entries import CloseEntry
from requests_app.views.request_verbs import VERBS
from tests.cast import Cast, actor
from tests.pages.access import BY_NUMBER, expected, parts_of
from tests.pages.conftest import SignIn

# Percent-encoded, so that bytes no text could hold get through as well.
HOSTILE = tuple(
    quote(text) if isinstance(text, str) else quote_from_bytes(text)
    for text in (
        "\x00",
        "a\x00b",
        b"\xed\xa0\x80",  # a lone surrogate
        b"\xff\xfe\xfd",
        "9" * 40,
        "-1",
        "1e400",
        "NaN",
        "٣",
        "²",
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "2026-03-08T02:30",
        "2026-11-24T12:00+14:00",
        "' OR 1=1 --",
        "%",
        "\\",
        "=1+1",
        "[]",
        "{{ x }}",
        "../../etc/passwd",
        "https://elsewhere.example/",
        "\r\nSet-Cookie: a=b",
        "\u202e\ufeff\u0000",
        "🙂" * 300,
        "x" * 30_000,
    )
)
TIMES = ("%00", *(value for value in HOSTILE if value.startswith(("0001-", "9999-", "2026-"))))
# Of what can be wrong, so many for each field; the seed makes them the same each time.
SAMPLE = 2
CURSORS = (
    "bm9wZQ",
    "W10",
    "WzAsMSwi4oCmIiwxXQ",
    "WzAsMSw5OTk5OTk5OTk5OTk5OTk5OTk5OTksMV0",
    "WzAsMSxudWxsLG51bGxd",
    "=" * 9,
)
ASKED = (
    "q", "status", "due", "department", "category", "owner", "channel", "kind", "received_from", "received_to",
    "due_on", "tab", "sort", "size", "after", "before", "format", "period", "from", "to", "as_of", "standard",
    "milestone", "part", "own", "source", "agency", "t", "next",
)  # fmt: skip
LOGGED = (
    "submission_key", "channel", "is_from_colleague", "colleague", "colleague_id", "who", "customer_id",
    "is_anonymous", "for_whom", "for_whom_id", "outcome", "category", "title", "on_the_spot", "disposition", "referral",
    "refer_to", "incident",
    "outcome_note", "received_at", "language", "no_reply_wanted", "phone", "email", "best_time", "is_business",
    "needs_interpreter", "place", "kind", "text", "is_danger", "told", "told_at", "who_choice", "who_asked",
)  # fmt: skip
DONE = (
    "submission_key", "channel", "occurred_at", "text", "answer", "promised_on", "is_determination", "outcome",
    "owner", "department", "disposition", "card", "duplicate_of", "clock", "started_at", "answered_at", "extended_to",
)  # fmt: skip
# The health pages take no question.
READS = sorted(name for name, rows in expected().items() if rows["GET"]["hana"] == 200 and "health" not in name)
LISTS = (
    "my_work",
    "queue",
    "overdue",
    "request_list",
    "compliance_clocks",
    "compliance_contacts",
    "compliance_imported",
)
_FORM = "application/x-www-form-urlencoded"


def failures(client: Client, method: str, cases: Iterator[tuple[str, str]]) -> list[str]:
    """Send each case and take back what came of it; list those that failed."""
    client.raise_request_exception = False
    found = []
    for url, body in cases:
        with transaction.atomic():
            answer = client.get(f"{url}?{body}") if method == "GET" else client.post(url, body, content_type=_FORM)
            if answer.streaming:
                b"".join(answer)  # read to its end, as a browser does
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            found.append(f"{url} …{body[-120:]} → {answer.status_code}")
    return found


def one_field_wrong(sound: Mapping[str, Any], fields: Sequence[str], rng: random.Random) -> Iterator[str]:
    """Give the body of a form that is right but for one field, for each field and some of what can be wrong."""
    for field in fields:
        rest = [f"{key}={quote(str(value))}" for key, value in sound.items() if key != field]
        for value in TIMES if field.endswith(("_at", "_on", "_to")) else rng.sample(HOSTILE, SAMPLE):
            yield "&".join([*rest, f"{field}={value}"])


@pytest.fixture
def rng() -> random.Random:
    """Pick the same each time: a failure has to be found again."""
    return random.Random(20_261_124)


@pytest.mark.parametrize("name", READS)
def test_no_question_in_an_address_fails(
    cast: Cast, pothole: ServiceRequest, sign_in: SignIn, rng: random.Random, name: str
) -> None:
    url = reverse(name, kwargs=parts_of(name, pothole.number))
    everything_at_once = ["&".join(f"{key}={value}" for key in ASKED) for value in ("%00", *rng.sample(HOSTILE, 7))]
    is_list = name in LISTS
    of_cursors = [f"{key}={cursor}" for key in ("after", "before") for cursor in CURSORS if is_list]

    cases = ((url, body) for body in (*everything_at_once, *of_cursors))

    assert failures(sign_in(cast.hana), "GET", cases) == []


@pytest.mark.parametrize("name", ["request_list", "overdue", "compliance", "compliance_clocks"])
def test_no_list_fails_for_one_wrong_word(
    cast: Cast, pothole: ServiceRequest, sign_in: SignIn, rng: random.Random, name: str
) -> None:
    cases = ((reverse(name), f"{key}={value}") for key in ASKED for value in rng.sample(HOSTILE, SAMPLE))
    assert failures(sign_in(cast.hana), "GET", cases) == []


@pytest.mark.parametrize("name", ["log_contact", "contact_preview", "contact_add"])
def test_nothing_typed_into_the_log_form_fails(
    cast: Cast, pothole: ServiceRequest, sign_in: SignIn, rng: random.Random, name: str
) -> None:
    url = reverse(name, kwargs=parts_of(name, pothole.number))
    sound = {"channel": "phone", "title": "Pothole", "who": "Jun, 510 555 0101"}
    cases = ((url, body) for body in one_field_wrong(sound, LOGGED, rng))
    assert failures(sign_in(cast.fay), "POST", cases) == []


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_nothing_typed_on_the_request_page_fails(
    cast: Cast, pothole: ServiceRequest, noon: datetime, sign_in: SignIn, rng: random.Random, verb: str
) -> None:
    if verb == "reopen":
        ending = CloseEntry(disposition=Disposition.DONE, note="Filled.")
        close_request(request_id=pothole.pk, entry=ending, actor=actor(cast.bob), at=noon)
    url = reverse(f"request_{verb.replace('-', '_')}", args=[pothole.number])
    sound: dict[str, Any] = {
        "channel": "phone", "text": "Told them", "answer": "holding", "promised_on": "2026-11-25",
        "outcome": "no_answer", "owner": cast.bob.pk, "disposition": "done", "clock": pothole.clocks.get().pk,
        "extended_to": "2026-12-10",
        "started_at": "2026-11-23T10:00",
    }  # fmt: skip
    asked = VERBS[verb].form.base_fields
    cases = ((url, body) for body in one_field_wrong(sound, [name for name in DONE if name in asked], rng))
    assert failures(sign_in(cast.sam), "POST", cases) == []


@pytest.mark.parametrize("name", sorted({*BY_NUMBER, "bulk_act", "bulk_undo", "set_look", "set_language"}))
def test_no_address_fails(cast: Cast, pothole: ServiceRequest, sign_in: SignIn, name: str) -> None:
    known = reverse(name, kwargs=parts_of(name, pothole.number))
    addresses = {known, *(known.replace(pothole.number, value) for value in HOSTILE if value.lower() != "..")}
    body = "&".join(f"{key}={value}" for key in ("next", "look", "language", "picked", "t") for value in HOSTILE)
    client = sign_in(cast.sam)
    assert failures(client, "GET", ((url, "") for url in addresses)) == []
    assert failures(client, "POST", ((url, body) for url in addresses)) == []


@pytest.mark.parametrize("name", ["account_login", "account_reset_password"])
def test_nothing_typed_at_the_door_fails(cast: Cast, sign_in: SignIn, name: str) -> None:
    cases = ((reverse(name), f"login={value}&email={value}&password={value}&next={value}") for value in HOSTILE)
    assert failures(sign_in(None), "POST", cases) == []
