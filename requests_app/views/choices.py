"""The settings of the city: every choice the policy leaves open, with its default and what it changes."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from requests_app.domain.vocabulary import Role
from requests_app.forms.choices import ChoicesForm, grouped_fields, initial_of
from requests_app.selectors.choices import current_choices, settable_choices
from requests_app.services.choices import change_choices
from requests_app.views.gates import actor_holding
from requests_app.views.posted import posted


@login_required
@require_http_methods(["GET", "POST"])
def city_settings(request: HttpRequest) -> HttpResponse:
    """Show the choices in force that are theirs to set, and change those that were typed anew."""
    actor = actor_holding(request, Role.ADMINISTRATOR, Role.HR)
    chosen = current_choices()
    form = ChoicesForm(posted(request), initial=initial_of(chosen), settable=settable_choices(actor))
    if request.method == "POST" and form.is_valid():
        changed = change_choices(form.cleaned_data, actor=actor, at=timezone.now())
        said = ngettext("Saved: %(n)d setting changed.", "Saved: %(n)d settings changed.", changed) % {"n": changed}
        messages.success(request, said if changed else gettext("Nothing was changed."))
        return redirect("city_settings")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {
        "form": form,
        "groups": grouped_fields(form),
        "is_administrator": actor.holds(Role.ADMINISTRATOR),
        "small_number": chosen.small_number,
    }
    return render(request, "settings/choices.html", context, status=status)
