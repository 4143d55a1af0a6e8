"""What the log page shows around its form: the date, the owner, likely duplicates, numbers to call, the day so far."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from requests_app.domain.vocabulary import RequestKind
from requests_app.forms.contact_choices import department_choices
from requests_app.forms.contact_people import number_in
from requests_app.forms.contacts import ContactForm
from requests_app.models import ServiceRequest
from requests_app.selectors.access import Actor
from requests_app.selectors.complaint_intake import complaint_category, request_meant
from requests_app.selectors.contacts import day_so_far
from requests_app.selectors.customers import known_customer
from requests_app.selectors.danger import on_call_numbers
from requests_app.selectors.drafts import draft_of
from requests_app.selectors.duplicates import likely_duplicates
from requests_app.selectors.incidents import open_incidents
from requests_app.selectors.preview import Promise, Question, promise_for


def show_blank_page(request: HttpRequest, *, actor: Actor, now: datetime) -> HttpResponse:
    """Answer with the log page as it opens: with the person's own draft, or with nothing typed."""
    draft = draft_of(actor, draft_key(request, about=_about(request, actor)))
    if draft is None:
        return show_log_page(request, blank_form(request, actor=actor, now=now))
    typed = ContactForm(draft, actor=actor, now=now)
    typed.full_clean()
    return show_log_page(request, typed.as_typed(), typed=typed, is_draft=True)


def blank_form(request: HttpRequest, *, actor: Actor, now: datetime) -> ContactForm:
    """Give the form with nothing typed but what its address names: a customer, or a request as complained about."""
    about = _about(request, actor)
    picked = about.customer_id if about else number_in(request.GET.get("customer", ""))
    customer = known_customer(picked, actor=actor) if picked else None
    opened: dict[str, object] = {"channel": request.GET.get("channel", ""), "department": _department_kept(request)}
    if customer:
        opened |= {"who": customer.label, "customer_id": customer.pk, "language": customer.language}
    if about is None:
        form = ContactForm(initial=opened, actor=actor, now=now)
        form.customer = customer
        return form
    category = complaint_category()
    meant = {"about": about.number, "category": str(category or ""), "language": about.language}
    form = ContactForm(initial={**opened, **meant}, actor=actor, now=now)
    form.about_meant, form.customer, form.category_meant = about, customer, category
    if category is None:
        form.initial["kind"] = RequestKind.COMPLAINT.value
    return form


def _department_kept(request: HttpRequest) -> int | None:
    """Give the department of the contact before, as far as it is one; any other text counts as none."""
    given = request.GET.get("department", "")
    return int(given) if given and given in dict(department_choices()) else None


def _about(request: HttpRequest, actor: Actor) -> ServiceRequest | None:
    return request_meant(request.GET.get("about", ""), actor=actor)


def show_log_page(
    request: HttpRequest,
    form: ContactForm,
    *,
    typed: ContactForm | None = None,
    status: int = 200,
    is_draft: bool = False,
) -> HttpResponse:
    """Answer with the log page; `typed` is the bound form the date is worked out from, where it is not `form`."""
    actor, now = form.actor, form.now
    context = preview_context(typed or form) | {
        "form": form,
        "on_call_numbers": on_call_numbers(now),
        "day": day_so_far(actor, now=now),
        "incidents": open_incidents(),
        "draft_key": draft_key(request, about=form.about_meant),
        "is_draft": is_draft,
    }
    return render(request, "contacts/log.html", context, status=status)


def preview_context(form: ContactForm) -> dict[str, object]:
    """Work out what can be said before saving, from a form that may be half typed or not typed at all."""
    duplicates = likely_duplicates(form.evidence(), actor=form.actor, now=form.now) if form.is_bound else []
    return {
        "promise": _promise(form),
        "duplicates": duplicates,
        "is_danger": form.is_bound and form.danger_meant,
        "category_meant": form.category_meant,
        "who_typed": form.who_typed if form.is_bound else None,
        "cards": form.cards_fitting,
        "may_refer": form.may_refer,
        "known_by_contact": form.known_by_contact() if form.is_bound else [],
    }


def draft_key(request: HttpRequest, *, about: ServiceRequest | None = None) -> str:
    """Name the draft of this person, which a save forgets; a complaint about a request has one of its own."""
    return f"log-{request.user.pk}-{about.number}" if about else f"log-{request.user.pk}"


def _promise(form: ContactForm) -> Promise:
    question = form.question() if form.is_bound else _as_opened(form)
    return promise_for(question, taker=form.actor.employee, language=get_language() or "en", at=form.now)


def _as_opened(form: ContactForm) -> Question:
    """Give what is known before anything was typed: of a complaint about a request, who complains and to whom."""
    return Question(
        channel=form.initial_channel,
        received_at=form.now,
        wanted=form.wanted(),
        has_contact=bool(form.customer and form.customer.contact),
    )
