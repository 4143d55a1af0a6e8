"""The differences between two versions of a calendar, in the reader's words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.domain.calendar_changes import Change, ChangeKind
from requests_app.domain.calendars import WEEKDAYS

WEEKDAY_NAMES: dict[str, str | Promise] = dict(
    zip(
        WEEKDAYS,
        (
            gettext_lazy("Monday"),
            gettext_lazy("Tuesday"),
            gettext_lazy("Wednesday"),
            gettext_lazy("Thursday"),
            gettext_lazy("Friday"),
            gettext_lazy("Saturday"),
            gettext_lazy("Sunday"),
        ),
        strict=True,
    )
)
_SENTENCES: dict[ChangeKind, str | Promise] = {
    ChangeKind.CLOSURE_ADDED: gettext_lazy("%(on)s: %(subject)s added"),
    ChangeKind.CLOSURE_REMOVED: gettext_lazy("%(on)s: %(subject)s removed"),
    ChangeKind.CLOSURE_CHANGED: gettext_lazy("%(on)s: %(before)s becomes %(after)s"),
    ChangeKind.WEEKLY_HOURS: gettext_lazy("%(subject)s: %(before)s becomes %(after)s"),
    ChangeKind.BUSINESS_DAY_HOURS: gettext_lazy("Hours one business day is worth: %(before)s becomes %(after)s"),
    ChangeKind.KNOWN_FROM: gettext_lazy("Closures known from: %(before)s becomes %(after)s"),
    ChangeKind.KNOWN_THROUGH: gettext_lazy("Closures known through: %(before)s becomes %(after)s"),
}


def change_words(change: Change) -> str:
    """Say one difference as a sentence without a full stop."""
    if change.kind is ChangeKind.PART_DAYS_COUNT:
        return _("Part days count as business days") if change.after else _("Part days no longer count")
    if change.kind is ChangeKind.ALTERNATE_DAY_OFF:
        return _alternate_words(change)
    return str(_SENTENCES[change.kind]) % {
        "on": long_date(change.on) if change.on else "",
        "subject": WEEKDAY_NAMES.get(change.subject, change.subject),
        "before": _value(change, change.before),
        "after": _value(change, change.after),
    }


def long_date(on: date) -> str:
    """Write a date with its year: Fri 24 Dec 2027."""
    return date_format(on, "D j M Y")


def _value(change: Change, value: str) -> str:
    if change.kind in (ChangeKind.KNOWN_FROM, ChangeKind.KNOWN_THROUGH):
        return long_date(date.fromisoformat(value))
    return value or _("closed")


def _alternate_words(change: Change) -> str:
    subject = WEEKDAY_NAMES[change.subject]
    if not change.after:
        return _("%(subject)s: no longer every second one off") % {"subject": subject}
    words = {"subject": subject, "after": long_date(date.fromisoformat(change.after))}
    return _("%(subject)s: every second one off, counted from %(after)s") % words
