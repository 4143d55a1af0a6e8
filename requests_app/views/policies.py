"""The policy page of every employee: the text in force, older versions, what changed, whom to ask (III.e, III.f)."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from requests_app.domain.policies import policy_lines
from requests_app.domain.redlines import changed_lines, redline
from requests_app.domain.vocabulary import Role
from requests_app.forms.policies import PublishForm
from requests_app.models import PolicyVersion
from requests_app.selectors.access import Actor
from requests_app.selectors.attestations import waits_for
from requests_app.selectors.policies import (
    mark_of,
    policy_contact,
    version_before,
    version_in_force,
    versions_open_to,
)
from requests_app.selectors.policy_reviews import REVIEW_READERS
from requests_app.views.gates import signed_in_employee
from requests_app.views.policy_files import versions_file


@login_required
@require_GET
def policy_page(request: HttpRequest) -> HttpResponseBase:
    """Show the version in force, with the others and whom to ask, or write the versions to a file."""
    actor = signed_in_employee(request)
    if request.GET.get("format") == "csv":
        return versions_file(request, actor)
    today = timezone.localdate()
    versions = list(versions_open_to(actor))
    current = version_in_force(versions, today)
    context = {
        "current": current,
        "lines": policy_lines(current.text) if current else [],
        "others": [version for version in versions if version != current],
        "today": today,
        "contact": policy_contact(),
        "may_write": actor.holds(Role.HR),
        "has_draft": any(version.is_draft for version in versions),
        "waits": waits_for(actor.employee, today=today) if actor.employee else None,
        "reads_reviews": actor.holds(*REVIEW_READERS),
    }
    return render(request, "policies/page.html", context)


@login_required
@require_GET
def policy_version(request: HttpRequest, number: int) -> HttpResponse:
    """Show one version; of the draft Human Resources only know."""
    return version_page(request, load_version(signed_in_employee(request), number))


@login_required
@require_GET
def policy_changes(request: HttpRequest, number: int) -> HttpResponse:
    """Show word by word what a version changes in the one published before it."""
    version = load_version(signed_in_employee(request), number)
    before = version_before(version)
    if before is None:
        raise Http404
    lines = redline(before.text, version.text)
    context = {"version": version, "before": before, "lines": lines, "changed": changed_lines(lines)}
    return render(request, "policies/changes.html", context)


def load_version(actor: Actor, number: int) -> PolicyVersion:
    """Load a version its reader may know of. Raises Http404."""
    return get_object_or_404(versions_open_to(actor), number=number)


def version_page(
    request: HttpRequest, version: PolicyVersion, *, form: PublishForm | None = None, status: int = 200
) -> HttpResponse:
    """Show a version, a draft with the form that publishes it."""
    context = {
        "version": version,
        "lines": policy_lines(version.text),
        "before": version_before(version),
        "form": form or (PublishForm() if version.is_draft else None),
        "mark": mark_of(version),
        "today": timezone.localdate(),
    }
    return render(request, "policies/version.html", context, status=status)
