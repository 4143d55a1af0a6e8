"""The page after a contact was logged: number, answer-by date, and what to tell the customer."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from requests_app.domain import read_back
from requests_app.domain.notice_texts import TextCode, fill
from requests_app.domain.vocabulary import Unit
from requests_app.domain.wording import language_of
from requests_app.forms.commendations import ThankForm
from requests_app.models import ResponseClock, ServiceRequest
from requests_app.selectors.complaint_intake import describable
from requests_app.selectors.contacts import confirmable_requests, response_clock_of
from requests_app.selectors.notice_texts import notice_texts
from requests_app.selectors.stubs import stub_of
from requests_app.selectors.visibility import visible_requests
from requests_app.views.contact_access import logging_actor
from requests_app.views.contact_page import draft_key


@login_required
@require_safe
def contact_done(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm a contact with its number and date, to whoever logged it or may see the request."""
    actor, now = logging_actor(request), timezone.now()
    rows = confirmable_requests(actor, now=now).select_related("owner", "department")
    service_request = get_object_or_404(rows, number=number)
    clock = response_clock_of(service_request)
    may_open = visible_requests(request.user).filter(pk=service_request.pk).exists()
    stub = None if may_open else stub_of(actor, number)
    # Of a hand-over not even the language is kept, so it is said in both.
    first = "es" if service_request.is_handed_over else language_of(service_request.language)
    languages = dict.fromkeys((first, "en"))
    today = timezone.localdate(now)
    context = {
        "service_request": service_request,
        "clock": clock,
        "may_open": may_open,
        "stub": stub,
        "read_backs": [(code, _say(service_request, clock, language=code, today=today)) for code in languages],
        "may_describe": service_request.is_complaint and describable(actor, number) is not None,
        "thanks": _thanks(service_request) if may_open else None,
        "draft_key": draft_key(request),
    }
    return render(request, "contacts/done.html", context)


def _thanks(service_request: ServiceRequest) -> ThankForm | None:
    """Give the second screen of a compliment: who is thanked, with whoever was asked for filled in."""
    form = ThankForm(service_request=service_request)
    return form if form.is_offered else None


def _say(found: ServiceRequest, clock: ResponseClock | None, *, language: str, today: date) -> list[str]:
    if not found.is_handed_over:
        return _read_back(found.number, clock, language=language, today=today)
    texts = notice_texts(language)
    to = f"{found.department.name}, {found.department.phone}".rstrip(", ") if found.department else ""
    handed_over = fill(texts[TextCode.READ_BACK_HANDED_OVER], {"department": to})
    return [read_back.read_back_number(found.number, texts=texts), handed_over]


def _read_back(number: str, clock: ResponseClock | None, *, language: str, today: date) -> list[str]:
    """Give the sentences to read out, in order."""
    texts = notice_texts(language)
    first = read_back.read_back_number(number, texts=texts)
    if clock is None:
        return [first, texts[TextCode.READ_BACK_NO_REPLY]]
    if clock.stopped_by_id is not None:
        return [first, texts[TextCode.READ_BACK_ANSWERED]]
    if clock.due_at is None:
        return [first, texts[TextCode.READ_BACK_UNDATED]]
    in_days = clock.standard.unit == Unit.BUSINESS_DAYS
    said = read_back.read_back_date(
        clock.due_at,
        business_days=clock.standard.number if in_days else None,
        time_zone=ZoneInfo(settings.TIME_ZONE),
        language=language,
        today=today,
        texts=texts,
    )
    return [first, said]
