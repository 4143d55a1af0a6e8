"""Ask those who have not attested, and tell Human Resources when the yearly review is due (II, III.e)."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from requests_app.domain.attestations import AttestationState, occasion_to_ask
from requests_app.domain.business_time import is_open
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.policy_reviews import last_occasion
from requests_app.domain.vocabulary import Role
from requests_app.domain.wording import format_date
from requests_app.models import AttestationRound, Employee, Notice
from requests_app.selectors.attestations import RosterLine, roster_of, running_round
from requests_app.selectors.directory import every_employee
from requests_app.selectors.policy_reviews import review_countdown
from requests_app.selectors.standards import response_calendar_version
from requests_app.selectors.whereabouts import Whereabouts
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.notices import NoticeEntry, queue_notice


def ask_to_attest(*, now: datetime) -> int:
    """Ask whoever has a login and has not attested, each occasion once, inside business hours; say how many.

    Whoever is away is asked once they are back. May run twice or not at all: the next run puts it right.
    """
    found = running_round()
    if found is None or not _may_tell(now):
        return 0
    today = timezone.localdate(now)
    with translation.override(STAFF_LANGUAGE):
        entries = _untold(list(_to_ask(found, today=today)))
        whereabouts = Whereabouts(now) if entries else None
        here = [entry for entry in entries if whereabouts and not whereabouts.is_away(entry.recipient.pk)]
        return sum(queue_notice(entry, at=now) is not None for entry in here)


def tell_of_policy_review(*, now: datetime) -> int:
    """Tell Human Resources that the yearly review comes, is due, or is late, each occasion once; say how many.

    Inside business hours; may run twice or not at all.
    """
    today = timezone.localdate(now)
    due = review_countdown(today) if _may_tell(now) else None
    occasion_on = last_occasion(due.due_on, today=today) if due else None
    if due is None or occasion_on is None:
        return 0
    with translation.override(STAFF_LANGUAGE):
        lead = _("The yearly review of the policy is due on %(due)s (III.e).")
        if due.days_over:
            lead = _("The yearly review of the policy was due on %(due)s (III.e). It is still open.")
        text = f"{lead % {'due': format_date(due.due_on)}}\n{_link('policy_review_list')}"
        key = f"policy-review:{due.due_on}:{occasion_on}"
        entries = [_entry(person, f"{key}:{person.pk}", text) for person in _human_resources()]
        return sum(queue_notice(entry, at=now) is not None for entry in _untold(entries))


def _to_ask(found: AttestationRound, *, today: date) -> Iterator[NoticeEntry]:
    for line in roster_of(found, today=today):
        if line.state is not AttestationState.ATTESTED and line.employee.user_id is not None:
            started_on = max(found.opened_on, line.employee.hired_on or found.opened_on)
            on = occasion_to_ask(opened_on=started_on, due_on=line.due_on, today=today)
            yield _entry(line.employee, f"attest:{found.pk}:{on}:{line.employee.pk}", _text(found, line))


def _untold(entries: list[NoticeEntry]) -> list[NoticeEntry]:
    keys = [entry.dedupe_key for entry in entries]
    told = set(Notice.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
    return [entry for entry in entries if entry.dedupe_key not in told]


def _text(found: AttestationRound, line: RosterLine) -> str:
    words = {"number": found.version.number, "due": format_date(line.due_on)}
    if line.state is AttestationState.OVERDUE:
        lead = _("Version %(number)s of the customer-service policy: you were asked to attest by %(due)s.")
    else:
        lead = _("Read version %(number)s of the customer-service policy and attest it by %(due)s.")
    return f"{lead % words}\n{_link('policy_attest')}"


def _link(name: str) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse(name)}"


def _entry(recipient: Employee, key: str, text: str) -> NoticeEntry:
    return NoticeEntry(kind=Notice.Kind.POLICY, recipient=recipient, dedupe_key=key, text=text)


def _human_resources() -> list[Employee]:
    held = every_employee().filter(role_assignments__role=Role.HR, is_active=True)
    return list(held.distinct().order_by("pk"))


def _may_tell(now: datetime) -> bool:
    version = response_calendar_version()
    if version is None:
        return False
    with suppress(CalendarError):
        return is_open(version.business_calendar(), now)
    return True
