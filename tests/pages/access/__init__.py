"""Who gets what from which address: written by hand, so that a new address without a row is noticed.

One text file for each area, beside this module. GET and POST (with an empty form) are asked of every address; DO is a
POST of a valid form, for the verbs. The request in the addresses is Alice's, in the streets department, not yet
answered, with a file.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from django.db.models import Model

from requests_app.models import (
    Absence,
    AttestationRound,
    ColleagueThanks,
    Customer,
    Employee,
    Improvement,
    Incident,
    OnCallNumber,
    PolicyReview,
    Replay,
    SharedAnswer,
    TrainingCourse,
    TrainingRecord,
)

PEOPLE = (
    "anonymous", "alice", "bob", "sam", "dora", "max", "hana", "fay", "ada", "charlie", "cleo", "otto", "lena",
)  # fmt: skip
ATTACHMENT_KEY = "5eed0000-0000-4000-8000-000000000001"
_FOLDER = Path(__file__).parent


def _bob() -> str:
    return str(Employee.objects.get(email="bob@pinole.example").pk)


def _on_call() -> str:
    return str(OnCallNumber.objects.earliest("pk").pk)


def _absence() -> str:
    first = Absence.objects.order_by("pk").first()
    return str(first.pk if first else 0)


def _course() -> str:
    first = TrainingCourse.objects.order_by("pk").first()
    return str(first.pk if first else 0)


def _training() -> str:
    first = TrainingRecord.objects.order_by("pk").first()
    return str(first.pk if first else 0)


def _replay() -> str:
    first = Replay.objects.order_by("pk").first()
    return str(first.pk if first else 0)


def _improvement() -> str:
    first = Improvement.objects.order_by("pk").first()
    return str(first.pk if first else 0)


def _first(model: type[Model]) -> str:
    """Give the number of the first row; 0 where there is none."""
    found = model._default_manager.order_by("pk").values_list("pk", flat=True).first()
    return str(found or 0)


def _incident() -> str:
    return _first(Incident)


def _review() -> str:
    return _first(PolicyReview)


def _round() -> str:
    return _first(AttestationRound)


def _customer() -> str:
    return _first(Customer)


_CUSTOMER: Mapping[str, Callable[[], str]] = {"customer_id": _customer}
_BOB: Mapping[str, Callable[[], str]] = {"employee_id": _bob}
_ABSENCE: Mapping[str, Callable[[], str]] = {"pk": _absence}
_REPLAY: Mapping[str, Callable[[], str]] = {"pk": _replay}
_ANIMALS = {"slug": "contra-costa-animal-services"}
_STREETS = {"slug": "operations-and-maintenance"}
# What an address is made of, besides the number of the request; what is numbered by the database is looked up.
PARTS: Mapping[str, Mapping[str, str | Callable[[], str]]] = {
    "absence_detail": _ABSENCE,
    "absence_import_preview": {"upload_id": "1"},
    "absence_change": _ABSENCE,
    "absence_ics": _ABSENCE,
    "absence_end": _ABSENCE,
    "absence_remove": _ABSENCE,
    "absence_hand_over": _ABSENCE,
    "bulk_act": {"verb": "take"},
    "corrective_action": {"pk": "0"},
    "customer_detail": _CUSTOMER,
    "customer_edit": _CUSTOMER,
    "customer_merge": _CUSTOMER,
    "customer_merge_undo": {**_CUSTOMER, "merge_id": "0"},
    "counter_tap_undo": {"pk": "0"},
    "visitor_step": {"pk": "0", "step": "called"},
    "waiting_sample_end": {"pk": "0"},
    "counter_retire": {"device_id": "1"},
    "change_on_call": {"pk": _on_call},
    "remove_on_call": {"pk": "0"},
    "retry_mail": {"pk": "0"},
    "commendation_step": {"pk": "0"},
    "confirm_answer": {"key": "target_rate"},
    "change_text": {"code": "digest_lead", "language": "es"},
    "reset_text": {"code": "digest_lead", "language": "es"},
    "recovery_confirm": {"recovery_id": "1"},
    "recovery_refuse": {"recovery_id": "1"},
    "compliance_chart": {"look": "light", "size": "wide"},
    "compliance_times_chart": {"look": "light", "size": "wide"},
    "end_one_sign_in": {"pk": "0"},
    "escalation_accept": {"pk": "0"},
    "inbox_seen": {"pk": "0"},
    **{name: {"pk": _incident} for name in ("incident", "incident_edit")},
    **{name: {"pk": "0"} for name in ("incident_answer", "incident_end", "incident_unlink")},
    "escalation_send_back": {"pk": "0"},
    "greeting": _ABSENCE,
    "greeting_rows": {"part": "obliged"},
    "greeting_change": _ABSENCE,
    "greeting_write": _ABSENCE,
    "greeting_drop": _ABSENCE,
    "greeting_decline": _ABSENCE,
    "greeting_set": _ABSENCE,
    "greeting_check": _ABSENCE,
    "greeting_clear": _ABSENCE,
    "policy_version": {"number": "1"},
    "policy_changes": {"number": "1"},
    "policy_draft_edit": {"number": "1"},
    "policy_publish": {"number": "1"},
    "policy_review": {"pk": _review},
    "policy_review_complete": {"pk": "0"},
    "policy_review_pdf": {"pk": _review},
    "policy_question_answer": {"pk": "0"},
    "attestation_round": {"pk": _round},
    "attestation_paper": {"pk": "0"},
    "attestation_close": {"pk": "0"},
    "attestation_take_back": {"pk": "0", "employee_id": "0"},
    "openid_connect_login": {"provider_id": "city"},
    "openid_connect_callback": {"provider_id": "city"},
    "mfa_edit_webauthn": {"pk": "0"},
    "mfa_remove_webauthn": {"pk": "0"},
    "attachment": {"key": ATTACHMENT_KEY},
    "complaint_register_rows": {"code": "subject"},
    "count_preview": {"upload_id": "0"},
    "clause_sign": {"key": "III.b.ii.1"},
    "signature_withdraw": {"pk": "0"},
    "question_answer": {"pk": "0"},
    "scorecard_clause": {"key": "III.b.ii.5.c"},
    "scorecard_rows": {"key": "III.b.v.2", "code": "escalated"},
    "replay": _REPLAY,
    "replay_rows": _REPLAY,
    "replay_chart": {**_REPLAY, "look": "light", "size": "wide"},
    "excusal_figure_rows": {"part": "excused"},
    "approved_form_detail": {"pk": "0"},
    "approved_form_file": {"pk": "0"},
    "records_export": {"pk": "0"},
    "records_export_file": {"pk": "0", "copy": "released"},
    "report_file": {"pk": "0"},
    "report_file_fetch": {"pk": "0"},
    "packet": {"pk": "0"},
    "packet_fetch": {"pk": "0"},
    "packet_again": {"pk": "0"},
    "disposal": {"pk": "1"},
    "register_hold_release": {"pk": "1"},
    "disposal_approve": {"pk": "1"},
    "disposal_consent": {"pk": "1"},
    "disposal_resolve": {"pk": "1"},
    "disposal_withdraw": {"pk": "1"},
    "disposal_resume": {"pk": "1"},
    "purge_confirm": {"pk": "1"},
    "recognition_rows": {"kind": "thanks"},
    "recognition_withdraw": {"kind": "thanks", "pk": lambda: _first(ColleagueThanks)},
    "shared_answer": {"pk": lambda: _first(SharedAnswer)},
    "shared_answer_change": {"pk": lambda: _first(SharedAnswer)},
    "improvement_detail": {"pk": _improvement},
    "improvement_comment": {"pk": _improvement},
    "improvement_decide": {"pk": _improvement},
    "improvement_done": {"pk": _improvement},
    "training_import_preview": {"upload_id": "1"},
    "training_person": _BOB,
    "training_course": {"pk": _course},
    "training_record_remove": {"pk": _training},
    "training_evidence": {"key": ATTACHMENT_KEY},
    "account_reset_password_from_key": {"uidb36": "1", "key": "0-0"},
    "person_detail": _BOB,
    "person_edit": _BOB,
    "person_give_role": _BOB,
    "person_take_role": _BOB,
    "person_add_alternate": _BOB,
    "person_remove_alternate": _BOB,
    "person_put_alternate_first": _BOB,
    "person_give_login": _BOB,
    "person_invite": _BOB,
    "person_close_login": _BOB,
    "person_open_login": _BOB,
    "person_leave": _BOB,
    "person_came_back": _BOB,
    "people_import_preview": {"upload_id": "1"},
    "people_import_rejects": {"upload_id": "1"},
    "department_detail": _STREETS,
    "department_edit": _STREETS,
    "department_retire": _STREETS,
    "department_reopen": _STREETS,
    "calendar_year": {"slug": "response"},
    "calendar_versions": {"slug": "response"},
    "calendar_confirm": {"slug": "response"},
    "calendar_discard": {"slug": "response"},
    "calendar_hours": {"slug": "response"},
    "calendar_holidays": {"slug": "response", "year": "2028"},
    "calendar_day": {"slug": "response", "on": "2026-12-25"},
    "standard_detail": {"code": "phone_response"},
    "standard_withdraw": {"code": "phone_response", "version": "1"},
    "category_detail": {"slug": "pothole"},
    "rung_detail": {"code": "due_soon"},
    "referral_card": _ANIMALS,
    "referral_card_edit": _ANIMALS,
    "referral_card_checked": _ANIMALS,
    "survey": {"token": "0" * 64},
    "survey_stop": {"token": "0" * 64},
    "pulse": {"pk": "0"},
    "pulse_round": {"pk": "0"},
    "calendar_day_act": {"slug": "response", "on": "2026-12-29", "verb": "add"},
}


@cache
def expected() -> dict[str, dict[str, dict[str, int]]]:
    """Read the tables: address name to method to person to status."""
    rows: dict[str, dict[str, dict[str, int]]] = {}
    for line in _lines():
        name, method, *statuses = line.split()
        rows.setdefault(name, {})[method] = dict(zip(PEOPLE, map(int, statuses), strict=True))
    return rows


def _lines() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.txt"))]
    return [line for text in texts for line in text.splitlines() if line.strip() and not line.startswith("#")]


BY_NUMBER = {"complaint_describe", "attachment", "contact_add", "contact_done", "contact_receipt", "contact_slip"} | {
    name for name in expected() if name.startswith("request_") and name != "request_list"
}


def parts_of(name: str, number: str) -> dict[str, str]:
    """Give what the address of that name is made of."""
    by_number = {"number": number} if name in BY_NUMBER else {}
    parts = {key: part() if callable(part) else part for key, part in PARTS.get(name, {}).items()}
    return {**parts, **by_number}
