"""Why a file of absences or one of its rows cannot be used, in words that say what to do."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.roster_files import UnusableRoster
from requests_app.selectors.absence_previews import PreviewRow
from requests_app.selectors.roster_words import file_words

Words = Mapping[str, str | Promise]
_FILE: Words = {
    "not_calendar": _("This calendar file cannot be read. Export it again from the calendar."),
    "no_events": _("The calendar holds no events."),
}
_ROW: Words = {
    "too_long": _("%(value)s: too long"),
    "nobody": _("neither an e-mail address nor a name: choose above whose calendar it is"),
    "unknown": _("nobody here is known as %(value)s"),
    "several": _("several people: %(value)s. Choose whose calendar it is, or write the e-mail address"),
    "not_yours": _("the absences of %(value)s are not yours to record"),
    "has_left": _("%(value)s has left"),
    "no_from": _("it does not say from when"),
    "no_until": _("it does not say until when"),
    "date": _("%(value)s is not a date like 2026-12-01 or 12/01/2026, nor with a time like 2026-12-01 13:00"),
    "order": _("it ends before it begins"),
    "kind": _("%(value)s is neither planned nor unforeseen"),
    "reason": _("%(value)s is none of: leave, illness, family, training, civic, other"),
    "alternate": _("%(value)s cannot stand in: write the e-mail address of somebody else who works here"),
    "no_alternate": _("nobody stands in for %(value)s: fill the column “alternate” or “why nobody” (III.b.ii.5.c)"),
    "taken": _("%(value)s is away for some of that time already"),
    "canceled": _("the event was canceled"),
    "zone": _("its time zone is not known"),
    "rule": _("it repeats in a way that is not supported: enter it by hand"),
    "too_many_rules": _("the calendar holds too many repeating events: export fewer"),
    "bad_event": _("the event cannot be read"),
    "known": _("in the register already"),
    "removed": _("was removed from the register, and stays so"),
    "changed_here": _("was changed in the register since, and stays so"),
}


def absence_file_words(unusable: UnusableRoster) -> str:
    """Say why nothing can be read from a file."""
    words = _FILE.get(unusable.code)
    return str(words) if words else file_words(unusable)


def absence_row_words(row: PreviewRow) -> str:
    """Say why a row cannot be used, or is left as it is."""
    return str(_ROW[row.code]) % {"value": row.value} if row.code else ""
