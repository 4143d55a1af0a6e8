"""What a supervisor clears: overdue and due today, by person."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from requests_app.domain.vocabulary import Role
from requests_app.forms.lists import ListAddress
from requests_app.selectors import lists
from requests_app.selectors.away_words import AwayWords
from requests_app.selectors.coverage import COVERING, end_of, uncovered_clocks
from requests_app.selectors.excusal_page import count_to_decide
from requests_app.selectors.list_rows import ListRow
from requests_app.selectors.lists import ListQuestion, RequestList, Section
from requests_app.selectors.overdue_figures import OverdueFigures, business_days_ahead, overdue_figures
from requests_app.selectors.reminders_sent import RemindersSent, reminders_sent
from requests_app.selectors.whereabouts import Whereabouts
from requests_app.views.listing import Listing, ListKind, answer, grouped, list_view, read_listing

_TODAY = "today"


def _is_today(address: ListAddress) -> bool:
    return dict(address.params).get("tab") == _TODAY


def _build(question: ListQuestion, address: ListAddress) -> RequestList:
    return lists.overdue_list(question, today=_is_today(address))


OVERDUE = ListKind("overdue", _build, ("q", "department", "owner", "tab"))


@list_view
def overdue(request: HttpRequest) -> HttpResponseBase:
    """Show what is overdue or due today, grouped by who has it, with the days ahead."""
    listing = read_listing(request, OVERDUE)
    today = _is_today(listing.address)
    figures = overdue_figures(listing.question, today=today, calendar=listing.wording.calendar)
    return answer(
        request,
        listing,
        "lists/overdue.html",
        is_today=today,
        figures=figures,
        scope=_scope(figures, today=today),
        tabs=_tabs(listing, figures, today=today),
        days=_days(figures),
        groups=_groups(listing),
        people=listing.people(),
        leads=listing.actor.holds(*COVERING),
        uncovered=_uncovered(listing, figures),
        may_excuse=not today and listing.actor.holds(Role.SUPERVISOR, Role.DEPARTMENT_HEAD),
        excuses=count_to_decide(listing.actor, now=listing.wording.now) if figures.maybe_excuses else 0,
    )


def _tabs(listing: Listing, figures: OverdueFigures, *, today: bool) -> list[dict[str, Any]]:
    return [
        {"url": listing.url(tab=""), "label": gettext("Overdue"), "count": figures.overdue, "is_current": not today},
        {"url": listing.url(tab=_TODAY), "label": gettext("Due today"), "count": figures.today, "is_current": today},
    ]


def _scope(figures: OverdueFigures, *, today: bool) -> str:
    count = figures.today if today else figures.overdue
    parts = {
        "count": f"{count:,}",
        "people": _people(figures.people),
        "departments": _departments(figures.departments),
    }
    if today:
        return gettext("%(count)s due today, held by %(people)s in %(departments)s.") % parts
    return (
        ngettext(
            "%(count)s past its answer-by date, held by %(people)s in %(departments)s.",
            "%(count)s past their answer-by date, held by %(people)s in %(departments)s.",
            count,
        )
        % parts
    )


def _people(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def _departments(count: int) -> str:
    return ngettext("%(count)s department", "%(count)s departments", count) % {"count": count}


def _days(figures: OverdueFigures) -> list[dict[str, Any]]:
    address = reverse("request_list")
    return [
        {
            "label": day.label,
            "count": day.count,
            "share": day.share,
            "url": f"{address}?due_on={day.on}&sort=due" if day.count else "",
        }
        for day in figures.days
    ]


def _uncovered(listing: Listing, figures: OverdueFigures) -> int:
    """Count the answers due on the next business day whose owner is away then; 0 too where a filter hides them all."""
    calendar = listing.wording.calendar
    days = business_days_ahead(calendar, listing.now)
    if calendar is None or not days or not figures.maybe_uncovered or not listing.actor.holds(*COVERING):
        return 0
    tomorrow = Whereabouts(end_of(days[0], calendar), calendar=calendar)
    return len(list(uncovered_clocks(listing.actor, whereabouts=tomorrow, calendar=calendar)))


def _groups(listing: Listing) -> list[dict[str, Any]]:
    counts = listing.found.part_counts
    sent = reminders_sent(row.pk for row in listing.rows)
    words = AwayWords(listing.whereabouts) if listing.choices.is_anybody_away else None
    return [
        _group(rows, counts.get((section, owner_id or 0), len(rows)), sent, away=words.line(owner_id) if words else "")
        for (section, owner_id), rows in grouped(listing.rows, _group_key)
    ]


def _group_key(row: ListRow) -> tuple[int, int | None]:
    return row.section, row.owner_id


def _group(rows: list[ListRow], count: int, sent: Mapping[int, RemindersSent], *, away: str) -> dict[str, Any]:
    first = rows[0]
    name = first.owner if first.owner_id else gettext("Nobody yet")
    is_danger = first.section == Section.DANGER
    return {
        "key": f"{first.section}-{first.owner_id or 0}",
        "name": name,
        "title": gettext("Danger now: %(name)s") % {"name": name} if is_danger else name,
        "department": first.owner_department,
        "away": away,
        "is_owned": first.owner_id is not None,
        "count": count,
        "rows": [{"row": row, "reminders": sent.get(row.pk)} for row in rows],
    }
