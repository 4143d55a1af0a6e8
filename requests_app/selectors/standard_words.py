"""What a standard asks for, in the reader's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.deadlines import Rule
from requests_app.domain.vocabulary import Milestone, Unit
from requests_app.models import ServiceStandard

RULE_WORDS: dict[Rule, str | Promise] = {
    Rule.END_OF_NTH_BUSINESS_DAY: _("By close of business on the last day counted; the day it comes in is day 0"),
    Rule.DEEMED_NEXT_BUSINESS_DAY: _(
        "The same, but what comes after closing counts as come in on the next business day"
    ),
    Rule.ROLLING_BUSINESS_HOURS: _("By the clock: so many open hours from the minute it comes in"),
}


def asked_words(standard: ServiceStandard) -> str:
    """Say how long an answer may take: 2 business days."""
    if standard.milestone == Milestone.PROMISED_ANSWER:
        return gettext("by the date given")
    return days_words(standard.number, Unit(standard.unit))


def days_words(number: int, unit: Unit) -> str:
    """Say a number of days with its unit."""
    if unit is Unit.CALENDAR_DAYS:
        words = ngettext("%(n)s calendar day", "%(n)s calendar days", number)
    else:
        words = ngettext("%(n)s business day", "%(n)s business days", number)
    return words % {"n": number}
