"""The seven lines of the city manager in words, each with the list or page behind its number."""

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.metrics import Tally
from requests_app.domain.vocabulary import RequestKind
from requests_app.selectors.choices import current_choices
from requests_app.selectors.glance import Glance, praised_since
from requests_app.selectors.home_lines import GOOD, OVER, SOON, HomeLine
from requests_app.selectors.list_filters import DANGER_CODE, FROM_COLLEAGUES, FROM_PUBLIC
from requests_app.views.report_figures import share_words


def glance_lines(figures: Glance, *, now: datetime) -> list[HomeLine]:
    """Say what is late, what is dangerous and how it goes: seven lines."""
    return [
        _hazards(figures),
        _late(figures),
        _complaints(figures),
        _escalations(figures),
        _trend(figures),
        _storm(figures, now),
        _praise(figures, now),
    ]


def _hazards(figures: Glance) -> HomeLine:
    n = figures.hazards
    said = ngettext("%(n)s danger is reported and not closed.", "%(n)s dangers are reported and not closed.", n)
    said = said if n else gettext("No danger is reported.")
    items = tuple((row.title, row.get_absolute_url()) for row in figures.hazard_rows)
    url, state = _list(danger=DANGER_CODE), OVER if n else GOOD
    return HomeLine("hazards", _("Dangers"), said % {"n": n}, state, _("See them"), url, count=n, items=items)


def _late(figures: Glance) -> HomeLine:
    own = figures.late_of_colleagues
    n = figures.late - own
    said = ngettext("%(n)s answer to the public is late.", "%(n)s answers to the public are late.", n) % {"n": n}
    said = said if n else gettext("No answer to the public is late.")
    beside = ngettext("And %(n)s to a colleague", "And %(n)s to colleagues", own) % {"n": own}
    items = ((beside, _list(due="overdue", asker=FROM_COLLEAGUES)),) if own else ()
    url, state = _list(due="overdue", asker=FROM_PUBLIC), OVER if n else GOOD
    return HomeLine("late", _("Late answers"), said, state, _("See them"), url, count=n, items=items)


def _complaints(figures: Glance) -> HomeLine:
    n = figures.complaints
    said = ngettext("%(n)s complaint is past its date.", "%(n)s complaints are past their date.", n) % {"n": n}
    said = said if n else gettext("No complaint is past its date.")
    url = _list(kind=RequestKind.COMPLAINT.value, due="overdue")
    state, title = OVER if n else GOOD, _("Complaints past their date")
    return HomeLine("complaints", title, said, state, _("See them"), url, count=n)


def _escalations(figures: Glance) -> HomeLine:
    n = figures.escalations
    said = ngettext("%(n)s waits for you to accept it.", "%(n)s wait for you to accept them.", n) % {"n": n}
    said = said if n else gettext("None waits for you.")
    url, state = reverse("escalations_waiting"), SOON if n else GOOD
    return HomeLine("escalations", _("Escalations"), said, state, _("Open them"), url, count=n)


def _trend(figures: Glance) -> HomeLine:
    small_number = current_choices().small_number
    words = {"this": _share(figures.this_month, small_number), "last": _share(figures.last_month, small_number)}
    said = gettext(
        "First answers on time, of logged contacts that had to wait: %(this)s this month, %(last)s last month."
    )
    return HomeLine("trend", _("Trend"), said % words, GOOD, _("Open the report"), reverse("compliance"))


def _share(tally: Tally, small_number: int) -> str:
    met, whole = tally.count("waited_met"), tally.count("waited_n")
    words = {"share": share_words(met, whole, small_number=small_number), "n": number_format(whole)}
    return gettext("%(share)s (n = %(n)s)") % words if whole else share_words(met, whole, small_number=small_number)


def _storm(figures: Glance, now: datetime) -> HomeLine:
    n, mean = figures.logged_today, figures.mean
    said = ngettext("%(n)s contact logged today", "%(n)s contacts logged today", n) % {"n": number_format(n)}
    state = GOOD
    if mean:
        choices = current_choices()
        state = OVER if n >= choices.storm_day_ratio * mean else SOON if n >= choices.busy_day_ratio * mean else GOOD
        usual = gettext("a business day of the last four weeks had %(mean)s in the mean.")
        said = f"{said}; {usual % {'mean': number_format(mean, 1)}}"
        if state == OVER:
            said = f"{gettext('A storm:')} {said}"
    today = timezone.localdate(now).isoformat()
    url = f"{reverse('compliance_contacts')}?{urlencode({'from': today, 'to': today, 'part': 'contacts'})}"
    return HomeLine("storm", _("Today"), said, state, _("See them"), url, count=n)


def _praise(figures: Glance, now: datetime) -> HomeLine:
    n, newest = figures.compliments, figures.compliment
    said = ngettext(
        "%(n)s compliment reached the city in 30 days.", "%(n)s compliments reached the city in 30 days.", n
    )
    items = ((newest.title, newest.get_absolute_url()),) if newest else ()
    since = praised_since(now).isoformat()
    url = _list(kind=RequestKind.COMPLIMENT.value, received_from=since)
    return HomeLine("praise", _("To praise"), said % {"n": n}, GOOD, _("See them"), url, count=n, items=items)


def _list(**params: str) -> str:
    return f"{reverse('request_list')}?{urlencode(params)}"
