"""Every address, every method, every role: against a table written by hand (III.b.i.4)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from requests_app.domain.vocabulary import Confidentiality
from requests_app.models import Calendar, ReferralCard, ServiceRequest
from requests_app.selectors.calendars import draft_of
from requests_app.selectors.opening_checks import checklist_items
from requests_app.selectors.referral_cards import mark_of
from tests.cast import Cast
from tests.factories import concern
from tests.pages.access import BY_NUMBER, PEOPLE, expected, parts_of
from tests.pages.conftest import SignIn
from tests.pages.forms_trainings import training_forms
from tests.sample_files import PNG

STUBBED = {"request_detail", "request_message"}
# Nobody stands in for Bob, so his texts lack something, and nothing is set.
_GREETING_FORMS: dict[str, dict[str, Any]] = {
    "greeting_change": {"kind": "voicemail", "language": "en", "text": "Gone until Monday"},
    "greeting_write": {"what": "spanish"},
    "greeting_drop": {"kind": "voicemail", "language": "es"},
    "greeting_decline": {"element": "d", "reason": "Colleagues call the same number"},
    "greeting_set": {"version": 1},
    "greeting_check": {"is_right": "yes"},
}
_STANDARD = {
    "number": 1, "unit": "business_days", "rule": "end_of_nth_business_day", "target": 90,
    "effective_from": "2026-12-01",
}  # fmt: skip
_POLICY_FORMS: dict[str, dict[str, Any]] = {
    "policy_draft_new": {"title": "Policy", "text": "I Serve well."},
    "policy_draft_edit": {"title": "Policy", "text": "I Serve well."},
    "policy_publish": {"approved_on": "2026-11-02", "effective_from": "2026-12-01"},
    "corrective_switch": {"is_on": "on", "noted_on": "2026-11-23", "note": "Unions told"},
    "attestation_list": {"version": 1, "due_on": "2026-12-18", "check": ""},
    "policy_question_list": {"clause": "III.b.ii.3", "question": "Does a text message count?"},
}
_ROUND = "5eed0000-0000-4000-8000-000000000008"
_COUNTS = b"day,department,channel,count\n2026-11-19,finance,phone,1\n"
_CARD = {
    "handles": "Trails", "phone": "510-555-0188", "hours": "Mondays", "hours_es": "los lunes",
    "read_back": "They do.", "read_back_es": "Ellos.", "is_active": "on",
}  # fmt: skip
_TOUCH = {"channel": "phone", "text": "A crew comes on Friday."}


def addresses(patterns: list[Any]) -> Iterator[str]:
    """Name every address outside the inspection pages, which have a test of their own."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            yield from addresses(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name)


def valid_forms(cast: Cast, found: ServiceRequest) -> dict[str, dict[str, Any]]:
    clock = found.clocks.values_list("pk", flat=True).first() or ""
    escalation = found.escalations.values_list("pk", flat=True).first() or ""
    return {
        "request_answer": {**_TOUCH, "answer": "full"},
        "request_attempt": {**_TOUCH, "outcome": "no_answer"},
        "request_contact": _TOUCH,
        "request_note": {"text": "Crew is short"},
        "request_attach": {"attachments": ContentFile(PNG, name="light.png")},
        "absence_hand_over": {"to": "queue"},
        "request_give": {"owner": cast.charlie.pk},
        "request_send_back": {"text": "A county road"},
        "request_close": {**_TOUCH, "disposition": "done"},
        "request_reopen": _TOUCH,
        "request_extend": {"extended_to": "2026-12-10", "text": "Unusual circumstances"},
        **_notice_forms(clock),
        "request_excuse": {"clock": clock, "text": "Storm"},
        **_scorecard_forms(cast),
        **_directory_forms(cast),
        **_absence_forms(cast),
        **_POLICY_FORMS,
        "what_if": {"number": "2"},
        "counter_devices": {"name": "Front counter"},
        "counter_pin": {"pin": "493817", "again": "493817"},
        "draft_keep": {"draft": "note-1", "text": "half"},
        "report_files": {"format": "pdf"},
        "packet_list": {"month": "2026-10"},
        "retention_periods": {"code": "general", "years": "3", "citation": "Resolution 7"},
        "disposal_propose": {"department": cast.streets.pk},
        "legal_holds": {"words": "Pear Street", "reason": "Ruiz v. City"},
        "request_records_redact": {"text": "Pear Street", "code": "safe_at_home"},
        "request_records_redact_identity": {"code": "personal_privacy"},
        "request_records_hold": {"reason": "Ruiz v. City"},
        "person_rates_on": {"unions_notified_on": "2026-11-02", "note": "Both locals, by letter"},
        "request_escalate": {"to": "next", "text": "It happens again and again"},
        "request_accept_escalation": {"escalation": escalation},
        "request_return_escalation": {"escalation": escalation, "text": "Not mine to decide"},
        "request_answer_escalation": {"escalation": escalation, "text": "On Friday"},
        "request_consult": {"employee": cast.charlie.pk, "text": "Whose road is it?"},
        "request_restrict": {"level": "confidential", "text": "It names an employee"},
        "request_classify": {"level": "improper_activity", "text": "It says money was taken"},
        "request_name_person": {"employee": cast.bob.pk, "involvement": "concerned", "text": "It is about Bob"},
        "request_link_records": {"number": found.number},
        **_decision_forms(),
        "request_correct": {"clock": clock, "channel": "email", "text": "It was an e-mail"},
        "standard_detail": _STANDARD,
        "category_new": {"name": "Drones", "kind": "service", "department": cast.streets.pk},
        "approved_form_new": {"name": "Complaint procedure", "owner": cast.streets.pk, "external_number": "HR-7"},
        "calendar_day_act": {"on": "2026-12-29", "name": "Storm", "seen": _mark()},
    }


def _scorecard_forms(cast: Cast) -> dict[str, dict[str, Any]]:
    return {
        **_front_desk_forms(),
        "customer_edit": {"name": "Jun Castellanos", "kind": "person", "language": "es", "version": 1},
        "clause_sign": {"from_on": "2026-11-01", "to_on": "2026-11-30", "statement": "I read every text."},
        "question_ask": {"question": "Does a text message count?"},
        "count_new": {"on": "2026-11-19", "department_id": cast.finance.pk, "channel": "phone", "count": "40"},
        "count_import": {"file": SimpleUploadedFile("c.csv", _COUNTS)},
    }


def _animals() -> int:
    return ReferralCard.objects.get(slug="contra-costa-animal-services").pk


def _card_mark() -> str:
    return mark_of(ReferralCard.objects.get(pk=_animals()))


def _front_desk_forms() -> dict[str, dict[str, Any]]:
    return {
        "counter_tap": {"key": "5eed0000-0000-4000-8000-000000000007", "tap": "greeted"},
        "opening_sign": {"items": ",".join(map(str, checklist_items()))},
        "opening_checklist": {"items": "The lobby is clean"},
        "voicemail_message": {"left_at": "7:42", "title": "Call me back", "round": _ROUND},
        "request_refer": {"channel": "phone", "card": _animals()},
        "incident_new": {"title": "Power out", "text": "Back by six.", "text_es": "A las seis."},
        "referral_card_new": {"agency": "Bay Trail Authority", **_CARD},
        "referral_card_edit": {"agency": "Contra Costa Animal Services", **_CARD, "seen": _card_mark()},
        "waiting_samples": {"from_on": "2026-11-30", "to_on": "2026-12-04"},
        "voicemail_finish": {"messages": "0", "round": _ROUND},
    }


def _notice_forms(clock: object) -> dict[str, dict[str, Any]]:
    return {
        "notice_preferences": {"news": "daily"},
        "disposal_propose_register": {"register": "survey"},
        "register_hold": {"register": "packet", "reason": "Ruiz v. City"},
        "request_snooze": {"clock": clock, "until_at": "2026-11-24T15:00", "text": "At the site"},
    }


def _decision_forms() -> dict[str, dict[str, Any]]:
    return {
        "excusal_decide": {"picked": "0", "verdict": "grant", "reason": "Storm"},
        "request_describe": {"subject": "timeliness"},
        "request_decide": {
            "outcome": "upheld",
            "findings": "It took a month",
            "text": "You were right.",
            "channel": "email",
            "root_cause": "delay",
        },
        "request_put_off": {"extended_to": "2026-12-14", "channel": "email", "text": "A witness is away"},
        "request_follow_up": {"came_of_it": "confirmed", "channel": "phone", "text": "It is fine now"},
        "request_review": _TOUCH,
    }


def _directory_forms(cast: Cast) -> dict[str, dict[str, Any]]:
    person = {
        "name": "Bob Teammate",
        "email": cast.bob.email,
        "department": cast.streets.pk,
        "employment": "employee",
        "version": 1,
    }
    department = {"name": "Streets", "parent": cast.public_works.pk}
    return {
        "person_new": person,
        "person_edit": person,
        "person_give_role": {"role": "staff", "department": cast.finance.pk},
        "person_take_role": {"row": cast.bob.role_assignments.get().pk},
        "person_add_alternate": {"person": cast.alice.pk},
        "people_import": {"file": SimpleUploadedFile("people.csv", b"name,department\nNeo,finance\n")},
        "person_leave": {"left_on": "2026-11-24", "to": "queue"},
        "person_remove_alternate": {"row": 1},
        "person_put_alternate_first": {"row": 1},
        "department_new": department,
        "department_edit": department,
    }


def _absence_forms(cast: Cast) -> dict[str, dict[str, Any]]:
    leave = {
        "kind": "planned",
        "reason": "leave",
        "first_on": "2026-12-21",
        "last_on": "2026-12-23",
        "no_alternate_reason": "The counter answers",
        "version": 1,
    }
    return {
        **_GREETING_FORMS,
        **training_forms(cast),
        "absence_new": {**leave, "person": cast.bob.pk},
        "absence_called_in": {"person": cast.bob.pk, "since": "opening", "back": "next"},
        "absence_change": leave,
        "absence_import": {"file": SimpleUploadedFile("away.csv", b"e-mail,from,until\na@b.example,2027-01-04,\n")},
        "absence_remove": {"reason": "The wrong person"},
    }


def _mark() -> str:
    return draft_of(Calendar.objects.get(slug=Calendar.RESPONSE)).mark


def test_every_address_has_its_rows() -> None:
    named = set(addresses(get_resolver().url_patterns))
    assert named == set(expected())
    assert all({"GET", "POST"} <= rows.keys() for rows in expected().values())


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_gets_what_the_table_says(cast: Cast, pothole: ServiceRequest, sign_in: SignIn, who: str) -> None:
    client, valid = sign_in(getattr(cast, who, None)), valid_forms(cast, pothole)
    answered, asked = {}, {}
    # Signing out forgets the browser's cookies, so it comes last.
    for name, rows in sorted(expected().items(), key=lambda row: row[0] == "account_logout"):
        url = reverse(name, kwargs=parts_of(name, pothole.number))
        forms = {"GET": None, "POST": {}, "DO": valid.get(name, {})}
        answered[name] = {method: _status(client, url, forms[method]) for method in rows}
        asked[name] = {method: row[who] for method, row in rows.items()}

    assert answered == asked


@pytest.mark.parametrize("name", sorted(BY_NUMBER))
def test_a_confidential_matter_is_not_there_for_whom_it_is_about_nor_for_whom_it_does_not_concern(
    cast: Cast, pothole: ServiceRequest, sign_in: SignIn, name: str
) -> None:
    """Alice owns it and leads nothing; it is about Sam, who supervises. Nobody else on the ground may know of it."""
    ServiceRequest.objects.filter(pk=pothole.pk).update(confidentiality=Confidentiality.CONFIDENTIAL, recorded_by=None)
    concern(pothole, cast.sam)
    url = reverse(name, kwargs=parts_of(name, pothole.number))
    # The front desk, with the exact number in hand, gets the stub: that it is there, and a way to add a message.
    shut_out = tuple(who for who in ("bob", "sam", "fay", "ada", "charlie") if who != "fay" or name not in STUBBED)

    answered = {who: _statuses(sign_in(getattr(cast, who)), url) for who in shut_out}

    # 405 and 403 come before any request is looked for, so they tell nothing.
    assert {status for statuses in answered.values() for status in statuses} <= {404, 405, 403}
    assert all(404 in answered[who] for who in shut_out if who != "ada")
    # She reads the whole, so there is no stub for her to leave a message on; nor is it a complaint to be described.
    assert (404 in _statuses(sign_in(cast.hana), url)) == (name in {"request_message", "complaint_describe"})


def test_nobody_of_the_cast_gets_into_the_inspection_pages(cast: Cast, sign_in: SignIn) -> None:
    answered = {who: sign_in(getattr(cast, who, None)).get("/admin/").status_code for who in PEOPLE}
    assert set(answered.values()) <= {302, 403}


def _statuses(client: Client, url: str) -> set[int]:
    return {_status(client, url, None), _status(client, url, {})}


def _status(client: Client, url: str, form: dict[str, Any] | None) -> int:
    """Ask once, and take back whatever came of it."""
    with transaction.atomic():
        answer = client.get(url) if form is None else client.post(url, form)
        status = answer.status_code
        if answer.streaming:
            b"".join(answer)  # read to its end, as a browser does
        transaction.set_rollback(True)
    return status
