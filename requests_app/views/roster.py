"""The list of people, on a page or in a file of exactly what the page shows."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.domain.roster_rows import COLUMNS, role_code
from requests_app.domain.vocabulary import Role
from requests_app.forms.roster import RosterFilterForm
from requests_app.models import Employee
from requests_app.selectors.roster import people
from requests_app.views.csv_files import csv_file
from requests_app.views.gates import actor_holding
from requests_app.views.people import READERS

_PAGE_SIZE = 50
_CHUNK = 500


@login_required
@require_GET
def people_list(request: HttpRequest) -> HttpResponseBase:
    """List the people who fit what the address asks for."""
    actor = actor_holding(request, *READERS)
    form = RosterFilterForm(request.GET)
    found = people(form.filters())
    if request.GET.get("format") == "csv":
        return csv_file("people", [*COLUMNS, "left_on", "login"], _csv_rows(found))
    page = Paginator(found, _PAGE_SIZE).get_page(request.GET.get("page"))
    query = urlencode(form.params())
    context = {
        "people": page.object_list,
        "page": page,
        "shown": gettext("%(first)s to %(last)s of %(total)s")
        % {"first": page.start_index(), "last": page.end_index(), "total": page.paginator.count},
        "previous_url": f"?{query}&page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?{query}&page={page.next_page_number()}" if page.has_next() else "",
        "csv_url": f"?{query}&format=csv",
        "filters": form,
        "clear_url": request.path if query else "",
        "may_edit": actor.holds(Role.ADMINISTRATOR),
    }
    return render(request, "directory/people.html", context)


def _csv_rows(found: QuerySet[Employee]) -> Iterator[list[object]]:
    for person in found.iterator(chunk_size=_CHUNK):
        roles = [role_code(row.role, row.department.slug) for row in person.role_assignments.all()]
        yield [
            person.name,
            person.email,
            person.title,
            person.extension,
            person.department.slug,
            person.employment,
            _date(person.hired_on),
            "; ".join(person.languages),
            "; ".join(sorted(roles)),
            _date(person.left_on),
            "yes" if person.user and person.user.is_active else "",
        ]


def _date(on: date | None) -> str:
    return on.isoformat() if on else ""
