"""Log a contact (III.a.ii, III.b.ii, III.b.iii): the form, its preview, and adding to a request that exists."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.forms.contact_people import customer_choices
from requests_app.forms.contacts import ContactForm
from requests_app.models import ServiceRequest
from requests_app.selectors.request_story import way_taken
from requests_app.selectors.visibility import visible_requests
from requests_app.services.drafts import drop_draft
from requests_app.services.refusals import refusal_text
from requests_app.services.requests import add_contact, log_request
from requests_app.views.contact_access import logging_actor
from requests_app.views.contact_page import draft_key, preview_context, show_blank_page, show_log_page

_NOTHING_KEPT = gettext_lazy("Nothing of a complaint about a police employee is kept. Save it as a contact instead.")
_WITHOUT_SAVING = frozenset({"find", "check", "forget"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def log_contact(request: HttpRequest) -> HttpResponse:
    """Show the log form; save it and lead to the confirmation, or show what is wrong with it (422)."""
    actor, now = logging_actor(request), timezone.now()
    if request.method != "POST":
        return show_blank_page(request, actor=actor, now=now)
    form = ContactForm(request.POST, actor=actor, now=now)
    is_valid = form.is_valid()
    if _WITHOUT_SAVING & request.POST.keys():
        return _show_as_typed(request, form)
    service_request = _log(form) if is_valid else None
    if service_request is None:
        return show_log_page(request, form, status=422)
    return _confirm(request, form, service_request, _("Logged as %(number)s."))


@login_required
@require_POST
def contact_preview(request: HttpRequest) -> HttpResponse:
    """Answer with the date, the owner and likely duplicates of what is typed so far; nothing is saved."""
    form = ContactForm(request.POST, actor=logging_actor(request), now=timezone.now())
    form.full_clean()
    return render(request, "contacts/preview.html", preview_context(form))


@login_required
@require_POST
def add_to_request(request: HttpRequest, number: str) -> HttpResponse:
    """Add the typed contact to a request that is open: "calling again"."""
    actor, now = logging_actor(request), timezone.now()
    service_request = get_object_or_404(visible_requests(request.user), number=number)
    form = ContactForm(request.POST, actor=actor, now=now)
    form.full_clean()
    entry = form.inbound()
    if entry is None or form.is_handed_over:
        form.keep_errors("channel", "received_at")
        if form.is_handed_over:
            form.add_error("category", _NOTHING_KEPT)
        return show_log_page(request, form, status=422)
    form.keep_errors()
    try:
        add_contact(request_id=service_request.pk, entry=entry, actor=actor, at=now)
    except ActionRefused as refusal:
        _tell(form, refusal)
        return show_log_page(request, form, status=422)
    return _confirm(request, form, service_request, _("Added to %(number)s."))


def _log(form: ContactForm) -> ServiceRequest | None:
    """Save a valid form; what the services refuse becomes an error of the form."""
    entry = form.entry()
    try:
        service_request = log_request(entry, actor=form.actor, at=form.now)
    except ActionRefused as refusal:
        _tell(form, refusal)
        return None
    if service_request.recorded_at != form.now and not _is_same(service_request, form):
        # The page came back from the browser's history and was typed over: replaying the key would lose the new text.
        form.renew_key()
        text = _("This page was saved before, as %(number)s. Save once more to log this as a new contact.")
        form.add_error(None, text % {"number": service_request.number})
        return None
    return service_request


def _is_same(service_request: ServiceRequest, form: ContactForm) -> bool:
    """Say whether the form still shows what was saved with its key; of a hand-over nothing typed was kept."""
    if service_request.is_handed_over or form.is_handed_over:
        return service_request.is_handed_over and form.is_handed_over
    return service_request.title == form.entry().title


def _tell(form: ContactForm, refusal: ActionRefused) -> None:
    field = "received_at" if refusal.refusal is Refusal.NO_STANDARD else None
    form.add_error(field, refusal_text(refusal))


def _confirm(request: HttpRequest, form: ContactForm, service_request: ServiceRequest, text: str) -> HttpResponse:
    drop_draft(draft_key(request, about=form.about_meant), actor=form.actor)
    messages.success(
        request, f"{text % {'number': service_request.number}} {way_taken(service_request, at=form.now)}".strip()
    )
    if form.has_forbidden_number and not form.is_handed_over:
        messages.warning(
            request,
            _("It looks as if a card or social-security number was typed. Open the request and tell the City Clerk."),
        )
    return redirect(reverse("contact_done", args=[service_request.number]))


def _show_as_typed(request: HttpRequest, form: ContactForm) -> HttpResponse:
    """Show the page again between typing and saving, as it works without JavaScript."""
    who = form.cleaned_data.get("who", "")
    if "find" in request.POST and who and form.customer is None:
        form.choices["who"] = customer_choices(who, actor=form.actor)
    shown = form.as_typed()
    if "forget" in request.POST:
        shown.let_go_of_customer()
    return show_log_page(request, shown, typed=form)
