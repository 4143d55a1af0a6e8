"""The lists everybody works from: one's own work, what nobody has yet, and everything."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.tracking_numbers import normalise_tracking_number
from requests_app.selectors import lists
from requests_app.selectors.front_desk_duties import late_at_front_desk
from requests_app.selectors.incidents import is_anything_known
from requests_app.selectors.list_rows import ListRow
from requests_app.selectors.lists import ListQuestion, RequestList, Section, Sort
from requests_app.selectors.own_greetings import own_greetings
from requests_app.selectors.record_exports import EXPORTERS
from requests_app.views.listing import Listing, ListKind, answer, grouped, list_view, read_listing

_HEADINGS: Mapping[int, str | Promise] = {
    Section.DANGER: _("Danger now"),
    Section.OVERDUE: _("Overdue"),
    Section.TODAY: _("Due today"),
    Section.MINE: _("Waiting on me"),
    Section.WAITING: _("Waiting for the resident"),
    Section.COVERING: _("Covering for an absent colleague"),
    Section.MY_DEPARTMENT: _("Nobody yet in my department"),
    Section.OTHER_DEPARTMENTS: _("Nobody yet in other departments"),
}
_EVERYTHING = (
    "q", "status", "due", "department", "category", "owner", "channel", "kind",
    "asker", "danger", "received_from", "received_to", "due_on",
)  # fmt: skip


def _all(question: ListQuestion, _address: object) -> RequestList:
    return lists.all_requests(question)


def _mine(question: ListQuestion, _address: object) -> RequestList:
    return lists.my_work(question)


def _queue(question: ListQuestion, _address: object) -> RequestList:
    return lists.queue(question)


ALL = ListKind("request_list", _all, _EVERYTHING, Sort.NEWEST)
MINE = ListKind("my_work", _mine, ("q", "category", "channel", "kind"))
QUEUE = ListKind("queue", _queue, ("q", "department", "category", "channel"))


@list_view
def my_work(request: HttpRequest) -> HttpResponseBase:
    """Show what is the reader's own, the most pressing first, and what nobody in the department has yet."""
    listing = read_listing(request, MINE)
    others = listing.found.part_counts.get((Section.MY_DEPARTMENT,), 0)
    covered = listing.found.part_counts.get((Section.COVERING,), 0)
    return answer(
        request,
        listing,
        "lists/my_work.html",
        groups=_groups(listing),
        mine=listing.found.count - others - covered,
        covered=covered,
        others=others,
        greetings=own_greetings(listing.actor.employee_id, now=listing.now),
        late_at_front_desk=late_at_front_desk(listing.actor, now=listing.now),
    )


@list_view
def queue(request: HttpRequest) -> HttpResponseBase:
    """Show the requests nobody has yet; one tap takes one."""
    listing = read_listing(request, QUEUE)
    return answer(
        request,
        listing,
        "lists/queue.html",
        groups=_groups(listing),
        people=listing.people(),
        is_anything_known=is_anything_known(),
    )


@list_view
def request_list(request: HttpRequest) -> HttpResponseBase:
    """Show everything the reader may see; a search for a tracking number opens its request."""
    listing = read_listing(request, ALL)
    hit = _only_hit(listing)
    if hit and "format" not in request.GET:
        return redirect(hit.url)
    return answer(request, listing, "lists/requests.html", export_url=_export_url(listing))


def _export_url(listing: Listing) -> str:
    """Give where the same requests are exported as public records, to whoever may."""
    may = listing.rows and listing.actor.holds(*EXPORTERS)
    return f"{reverse('records_export_new')}?{urlencode(listing.address.params)}" if may else ""


def _only_hit(listing: Listing) -> ListRow | None:
    number = normalise_tracking_number(listing.address.filters.text)
    if number is None or len(listing.rows) != 1:
        return None
    return listing.rows[0] if listing.rows[0].number == number else None


def _groups(listing: Listing) -> list[dict[str, Any]]:
    return [
        {
            "key": section,
            "title": _HEADINGS[section],
            "count": listing.found.part_counts.get((section,), len(rows)),
            "rows": rows,
            "shows_owner": section == Section.COVERING,
        }
        for section, rows in grouped(listing.rows, lambda row: row.section)
    ]
