"""What the lists have in common: read the address, ask one page of rows, draw it or write it to a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from requests_app.domain.vocabulary import Role
from requests_app.forms.lists import SIZES, ListAddress, read_address
from requests_app.selectors.access import Actor, actor_for
from requests_app.selectors.away_words import AwayWords
from requests_app.selectors.due_words import DueWording
from requests_app.selectors.keysets import InvalidCursor, Page, Segment, page_after, page_before
from requests_app.selectors.list_choices import ListChoices, list_choices
from requests_app.selectors.list_rows import ListRow, present_rows, with_absences, with_row_facts
from requests_app.selectors.lists import COUNT_LIMIT, ListQuestion, RequestList, Sort
from requests_app.selectors.whereabouts import Whereabouts
from requests_app.selectors.worklists import reads_requests
from requests_app.views.list_files import csv_response

Build = Callable[[ListQuestion, ListAddress], RequestList]
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class ListKind:
    """One of the lists: its address name, how it is asked for, and what it may be narrowed by."""

    name: str
    build: Build
    keep: tuple[str, ...]
    sort: Sort = Sort.DUE


@dataclass(slots=True)
class Listing:
    """One answer of a list: what was asked, and the page of rows that came of it."""

    kind: ListKind
    actor: Actor
    now: datetime
    choices: ListChoices
    address: ListAddress
    wording: DueWording
    found: RequestList
    total: int
    page: Page
    rows: list[ListRow]
    whereabouts: Whereabouts
    ignored: list[str] = field(default_factory=list)

    @property
    def question(self) -> ListQuestion:
        """Give the question behind the list."""
        return _question(self.actor, self.now, self.address)

    def url(self, **changes: str) -> str:
        """Give the address of this list with some parts of it changed; an empty value takes a part away."""
        params = {**dict(self.address.params), **changes}
        query = urlencode({name: value for name, value in params.items() if value})
        return f"{reverse(self.kind.name)}?{query}" if query else reverse(self.kind.name)

    def context(self) -> dict[str, Any]:
        """Give what every list's template needs."""
        return {
            "listing": self,
            "rows": self.rows,
            "filters": self.address.form,
            "ignored": [*self.address.ignored, *self.ignored],
            "total": counted_words(self.total),
            "total_number": self.total,
            "is_long": self.total > SIZES[0],
            "shown": self._shown(),
            "sizes": SIZES,
            "size": self.address.size,
            "size_fields": [(name, value) for name, value in self.address.params if name != "size"],
            "sort": self.address.sort.value,
            "sort_query": self._sort_query(),
            "clear_url": reverse(self.kind.name) if self._is_narrowed() else "",
            "csv_url": self.url(format="csv") if self.rows else "",
            "previous_url": self.url(before=self.page.previous) if self.page.previous else "",
            "next_url": self.url(after=self.page.next) if self.page.next else "",
            "here": self.url(),
            "reads_requests": reads_requests(self.actor) or bool(self.rows),
            "administers": self.actor.holds(Role.ADMINISTRATOR),
        }

    def people(self) -> list[tuple[str, str]]:
        """Give whom the ticked ones may be given to, and of whoever is away until when."""
        if not self.choices.is_anybody_away:
            return self.choices.employees
        words = AwayWords(self.whereabouts)
        named = [(pk, name, words.until(int(pk))) for pk, name in self.choices.employees]
        return [(pk, f"{name}: {away}" if away else name) for pk, name, away in named]

    def _shown(self) -> str:
        if not self.rows:
            return gettext("Nothing to show")
        numbers = {"first": f"{self.page.first:,}", "last": f"{self.page.last:,}", "total": counted_words(self.total)}
        return gettext("%(first)s to %(last)s of %(total)s") % numbers

    def _sort_query(self) -> str:
        kept = [(name, value) for name, value in self.address.params if name != "sort"]
        return f"{urlencode(kept)}&" if kept else ""

    def _is_narrowed(self) -> bool:
        return any(name not in ("sort", "size", "tab") for name, _ in self.address.params)


def counted_words(total: int) -> str:
    """Write a count, exact up to 10,000."""
    return f"{COUNT_LIMIT:,}+" if total > COUNT_LIMIT else f"{total:,}"


def list_view(view: View) -> View:
    """Guard a list: GET only, signed in; a list redrawn in place after the session ended goes to the sign-in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.headers.get("HX-Request") and not request.user.is_authenticated:
            return HttpResponse(headers={"HX-Redirect": request.get_full_path()})
        return login_required(view)(request, *args, **kwargs)

    return require_GET(guarded)


def read_listing(request: HttpRequest, kind: ListKind) -> Listing:
    """Ask for the page of a list that an address means."""
    actor, now = actor_for(request.user), timezone.now()
    choices = list_choices(now)
    address = read_address(request.GET.dict(), choices=choices, keep=kind.keep, sort=kind.sort)
    wording = DueWording(now=now)
    found = kind.build(_question(actor, now, address), address)
    segments = tuple(Segment(with_row_facts(part.rows, actor), part.keys) for part in found.segments)
    page, ignored = _page(segments, request, address.size)
    whereabouts = Whereabouts(now, calendar=wording.calendar)
    rows = present_rows(page.rows, wording=wording)
    rows = with_absences(rows, whereabouts) if choices.is_anybody_away else rows
    return Listing(
        kind=kind, actor=actor, now=now, choices=choices, address=address, wording=wording, found=found,
        total=found.count, page=page, rows=rows, whereabouts=whereabouts, ignored=ignored,
    )  # fmt: skip


def answer(request: HttpRequest, listing: Listing, template: str, **context: Any) -> HttpResponseBase:
    """Draw a list, or write it to a file where its address says so."""
    if request.GET.get("format") == "csv":
        return csv_response(listing.found, actor=listing.actor, wording=listing.wording, address=listing.url())
    return render(request, template, {**listing.context(), **context})


def _question(actor: Actor, now: datetime, address: ListAddress) -> ListQuestion:
    return ListQuestion(actor=actor, now=now, filters=address.filters, sort=address.sort)


def _page(segments: tuple[Segment, ...], request: HttpRequest, size: int) -> tuple[Page, list[str]]:
    """Read one page; a cursor that leads nowhere gives the first one, and says so."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    if not after and not before:
        return page_after(segments, size=size), []
    try:
        page = (
            page_after(segments, size=size, cursor=after) if after else page_before(segments, size=size, cursor=before)
        )
    except InvalidCursor:
        page = Page([], 1, "", "")
    if page.rows:
        return page, []
    return page_after(segments, size=size), [gettext("That page is no longer there; this is the first one.")]


def grouped(rows: list[ListRow], key: Callable[[ListRow], Any]) -> Iterator[tuple[Any, list[ListRow]]]:
    """Split rows where a key changes, in the order they come."""
    group: list[ListRow] = []
    for row in rows:
        if group and key(group[-1]) != key(row):
            yield key(group[-1]), group
            group = []
        group.append(row)
    if group:
        yield key(group[-1]), group
