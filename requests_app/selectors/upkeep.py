"""What keeps the service desk in order this month: each thing with its state and the one act that mends it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.calendar_horizon import needed_through
from requests_app.models import Calendar, CalendarVersion, Employee, OnCallNumber, ReferralCard, SweepRun
from requests_app.selectors.backups import last_proven_restore
from requests_app.selectors.calendar_words import long_date
from requests_app.selectors.first_run import open_questions
from requests_app.selectors.notice_texts import texts_to_review
from requests_app.selectors.outgoing import failed_mails
from requests_app.selectors.referral_cards import cards_to_check
from requests_app.selectors.watchdog import watchdog_findings

GOOD, SOON, OVER = "good", "soon", "over"
UPDATE_CHECK = "update_check"
_PROVEN_WITHIN = timedelta(days=31)
_LOOKED_WITHIN = timedelta(days=8)
_UNUSED_FOR = timedelta(days=90)
_YEARLY = timedelta(days=365)
_SHOWN = 8
_LITTLE_ROOM, _NO_ROOM = 0.15, 0.05


@dataclass(frozen=True, slots=True)
class UpkeepItem:
    """One thing to look at; `is_act` when its button does something rather than leads somewhere."""

    title: str | Promise
    state: str
    said: str
    label: str | Promise
    url: str
    lines: tuple[str, ...] = ()
    is_act: bool = False


def upkeep_items(now: datetime) -> list[UpkeepItem]:
    """Give every thing, what needs somebody first; a constant number of queries."""
    questions: tuple[Callable[[datetime], UpkeepItem], ...] = (
        _holidays, _leavers, _failed_mail, _watchdog, _disk, _restore, _update, _first_run, _on_call, _cards, _texts,
    )  # fmt: skip
    items = [question(now) for question in questions]
    return sorted(items, key=lambda item: (OVER, SOON, GOOD).index(item.state))


def _holidays(now: datetime) -> UpkeepItem:
    needed = needed_through(timezone.localdate(now))
    missing = [calendar.name for calendar in Calendar.objects.order_by("slug") if not _knows(calendar, needed)]
    said = gettext("The holidays and closures of the next 12 months are confirmed.")
    if missing:
        said = gettext("Holidays and closures are not confirmed through %(through)s.") % {"through": long_date(needed)}
    return UpkeepItem(
        _("Holidays"), _worst(bool(missing)), said, _("Open the calendars"), reverse("calendar_list"), tuple(missing)
    )


def _knows(calendar: Calendar, needed: date) -> bool:
    version = CalendarVersion.objects.filter(calendar=calendar).order_by("-number").first()
    return version is not None and version.business_calendar().known_through >= needed


def _leavers(now: datetime) -> UpkeepItem:
    unused = Q(user__is_active=True) & Q(user__last_login__lt=now - _UNUSED_FOR)
    people = Employee.objects.filter(is_active=True).filter(unused | ~Q(work_pattern={})).select_related("user")
    today = timezone.localdate(now).isoformat()
    names = [
        employee.name
        for employee in people.order_by("name")
        if _season_is_over(employee, today) or _is_unused(employee, now)
    ]
    said = ngettext(
        "%(n)d person may have left: a season that is over, or a login not used for 90 days.",
        "%(n)d people may have left: a season that is over, or a login not used for 90 days.",
        len(names),
    ) % {"n": len(names)}
    none = gettext("Nobody looks as if they had left without being recorded.")
    return UpkeepItem(
        _("People who may have left"),
        _worst(bool(names)),
        said if names else none,
        _("Open the directory"),
        reverse("people_list"),
        _some(names),
    )


def _season_is_over(employee: Employee, today: str) -> bool:
    until = employee.work_pattern.get("season_until")
    return bool(until) and str(until) < today


def _is_unused(employee: Employee, now: datetime) -> bool:
    user = employee.user
    return user is not None and user.is_active and user.last_login is not None and user.last_login < now - _UNUSED_FOR


def _failed_mail(now: datetime) -> UpkeepItem:
    failed = failed_mails().filter(created_at__gte=now - _PROVEN_WITHIN).count()
    said = ngettext(
        "%(n)d mail was given up in the last 31 days.", "%(n)d mails were given up in the last 31 days.", failed
    ) % {"n": failed}
    return UpkeepItem(
        _("Failed mail"),
        _worst(bool(failed)),
        said if failed else gettext("No mail was given up in the last 31 days."),
        _("Open the mail page"),
        reverse("mails"),
    )


def _watchdog(now: datetime) -> UpkeepItem:
    findings = watchdog_findings(now)
    said = ngettext("%(n)d thing did not happen.", "%(n)d things did not happen.", len(findings)) % {"n": len(findings)}
    return UpkeepItem(
        _("Watchdog"),
        OVER if findings else GOOD,
        said if findings else gettext("Everything that should have happened did."),
        _("See what"),
        reverse("watchdog_page"),
        _some(findings),
    )


def _disk(now: datetime) -> UpkeepItem:
    usage = shutil.disk_usage(next(place for place in _places(settings.VAR_DIR) if place.exists()))
    free = usage.free / usage.total
    said = gettext("%(free)d of %(total)d GB free (%(share)d %%).") % {
        "free": usage.free // 10**9, "total": usage.total // 10**9, "share": int(100 * free),
    }  # fmt: skip
    state = OVER if free < _NO_ROOM else SOON if free < _LITTLE_ROOM else GOOD
    return UpkeepItem(_("Disk"), state, said, _("See the backups kept there"), reverse("backups"))


def _places(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents


def _restore(now: datetime) -> UpkeepItem:
    proven = last_proven_restore()
    is_fresh = proven is not None and proven.finished_at > now - _PROVEN_WITHIN
    on = timezone.localdate(proven.finished_at).isoformat() if proven else ""
    return UpkeepItem(
        _("Last proven restore"),
        GOOD if is_fresh else SOON if proven else OVER,
        gettext("A backup was proven to restore on %(on)s.") % {"on": on}
        if proven
        else gettext("No backup has been proven to restore yet."),
        _("Back up and try to restore"),
        reverse("restore_drill"),
        is_act=True,
    )


def _update(now: datetime) -> UpkeepItem:
    run = SweepRun.objects.filter(name=UPDATE_CHECK).first()
    state, said = _update_words(run, now)
    lines = (run.last_error,) if run and run.last_error else ()
    return UpkeepItem(_("Update"), state, said, _("Look for an update"), reverse("look_for_update"), lines, is_act=True)


def _update_words(run: SweepRun | None, now: datetime) -> tuple[str, str]:
    names = {"ours": settings.VERSION, "newest": run.counts.get("newest", "") if run else ""}
    if not settings.UPDATES_URL:
        return SOON, gettext("Version %(ours)s. Nobody looks for newer ones: UPDATES_URL is not set.") % names
    if run is None or not names["newest"] or (run.last_finished_at or now) < now - _LOOKED_WITHIN:
        return SOON, gettext("Version %(ours)s. Nobody could look for a newer one lately.") % names
    if names["newest"] == settings.VERSION:
        return GOOD, gettext("Version %(ours)s is the newest.") % names
    return SOON, gettext("Version %(newest)s is available; this is %(ours)s.") % names


def _first_run(now: datetime) -> UpkeepItem:
    left = open_questions()
    said = ngettext(
        "%(n)d question of the first run is not confirmed.", "%(n)d questions of the first run are not confirmed.", left
    ) % {"n": left}
    return UpkeepItem(
        _("First run"),
        _worst(bool(left)),
        said if left else gettext("Every question of the first run is confirmed."),
        _("Open the questions"),
        reverse("first_run"),
    )


def _on_call(now: datetime) -> UpkeepItem:
    last_year = timezone.localdate(now) - _YEARLY
    old = OnCallNumber.objects.filter(Q(checked_on__isnull=True) | Q(checked_on__lt=last_year))
    names = [f"{number.name}, {number.phone}" for number in old]
    return UpkeepItem(
        _("On-call numbers"),
        _worst(bool(names)),
        gettext("Some were not called for a year or more.") if names else gettext("All were called within a year."),
        _("Open the numbers"),
        reverse("on_call"),
        _some(names),
    )


def _cards(now: datetime) -> UpkeepItem:
    names = [
        gettext("%(agency)s, checked by nobody") % {"agency": card} if _is_orphan(card) else str(card)
        for card in cards_to_check(timezone.localdate(now))
    ]
    return UpkeepItem(
        _("Referral cards"),
        _worst(bool(names)),
        gettext("Some are to be checked again.") if names else gettext("All were checked within a year."),
        _("Open the cards"),
        reverse("referral_cards"),
        _some(names),
    )


def _is_orphan(card: ReferralCard) -> bool:
    return card.owner is None or not card.owner.is_active


def _texts(now: datetime) -> UpkeepItem:
    due = texts_to_review(timezone.localdate(now))
    said = ngettext("%(n)d text is to be read again.", "%(n)d texts are to be read again.", due) % {"n": due}
    none = gettext("No text is to be read again.")
    return UpkeepItem(
        _("Texts"), _worst(bool(due)), said if due else none, _("Open the texts"), reverse("notice_texts")
    )


def _worst(needs_somebody: bool) -> str:
    return SOON if needs_somebody else GOOD


def _some(lines: list[str]) -> tuple[str, ...]:
    if len(lines) <= _SHOWN:
        return tuple(lines)
    more = gettext("and %(n)d more") % {"n": len(lines) - _SHOWN}
    return (*lines[:_SHOWN], more)
