"""A question and its answer in the reader's words."""

from collections.abc import Mapping

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from requests_app.domain.calendars import WEEKDAYS
from requests_app.domain.replays import Question
from requests_app.selectors.calendar_words import WEEKDAY_NAMES
from requests_app.selectors.standard_words import RULE_WORDS
from requests_app.views.report_figures import whole_per_cent

MOVE_WORDS: Mapping[str, str | Promise] = {
    "became_late": gettext_lazy("Kept, would be late"),
    "became_kept": gettext_lazy("Late, would be kept"),
    "became_overdue": gettext_lazy("Open, would be overdue"),
    "became_open": gettext_lazy("Overdue, would not be due yet"),
}
MOVE_HEADS: Mapping[str, str | Promise] = {
    "became_late": gettext_lazy("Kept, now late"),
    "became_kept": gettext_lazy("Late, now kept"),
    "became_overdue": gettext_lazy("Open, now overdue"),
    "became_open": gettext_lazy("Overdue, now open"),
}


def question_words(question: Question, calendars: Mapping[str, str]) -> list[str]:
    """Say what would be otherwise, one thing a line."""
    words = []
    if question.number is not None:
        words.append(ngettext("%(n)s day allowed", "%(n)s days allowed", question.number) % {"n": question.number})
    if question.rule is not None:
        words.append(gettext("Counted another way: %(rule)s") % {"rule": _lowered(str(RULE_WORDS[question.rule]))})
    if question.calendar:
        name = calendars.get(question.calendar, question.calendar)
        words.append(gettext("Another calendar: %(name)s") % {"name": name})
    if question.closed_weekdays:
        days = ", ".join(str(WEEKDAY_NAMES[WEEKDAYS[number]]) for number in sorted(question.closed_weekdays))
        words.append(gettext("Closed on %(days)s as well") % {"days": days})
    if question.left_out:
        words.append(gettext("Not closed on %(days)s") % {"days": ", ".join(sorted(question.left_out))})
    if question.closed_on:
        dates = ", ".join(date_format(on, "j M Y") for on in sorted(question.closed_on))
        words.append(gettext("Closed on %(days)s as well") % {"days": dates})
    if question.target is not None:
        words.append(gettext("Target %(target)s") % {"target": whole_per_cent(question.target)})
    return words


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def difference(before: int, after: int) -> str:
    """Say a change of a number with its sign."""
    change = after - before
    sign = "+" if change > 0 else "\N{MINUS SIGN}" if change < 0 else "\N{PLUS-MINUS SIGN}"
    return f"{sign}{number_format(abs(change), use_l10n=True, force_grouping=True)}"
