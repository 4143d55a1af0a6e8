"""What a compliance report is asked for, read from its address."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from requests_app.domain.periods import Month, Period, midnight
from requests_app.domain.vocabulary import Milestone
from requests_app.forms.report_filters import CUSTOM, ReportFilterForm
from requests_app.models.labels import MILESTONES, choices_of
from requests_app.selectors.reports.choices import ReportChoices
from requests_app.selectors.reports.scope import Narrowing, ReportQuery

_LONGEST_SHOWN = 40
# What every link of a report carries on, beside its dates.
NARROWING = ("department", "channel", "standard", "kind")


@dataclass(frozen=True, slots=True)
class ReportAddress:
    """The address of a report as read: what is wrong in it was left out, and is named in `ignored`."""

    cleaned: Mapping[str, Any]
    period: Period
    choices: ReportChoices
    now: datetime
    ignored: list[str]
    is_custom: bool = False
    narrowing: Narrowing = field(default_factory=Narrowing)

    @property
    def is_past(self) -> bool:
        """Say whether an earlier day's knowledge is asked for."""
        as_of = self.cleaned.get("as_of")
        return as_of is not None and as_of < timezone.localdate(self.now)

    def query(self, *, is_list: bool = False) -> ReportQuery:
        """Give the query; a list takes its milestone from the address, a report is about all of them."""
        department = self.choices.department(self.cleaned.get("department") or "")
        department_ids = department.with_divisions if department else None
        if department and self.cleaned.get("own"):
            department_ids = frozenset({department.pk})
        as_of = self.now
        if self.is_past:
            as_of = midnight(self.cleaned["as_of"] + timedelta(days=1), timezone.get_default_timezone())
        return ReportQuery(
            period=self.period,
            as_of=as_of,
            is_past=self.is_past,
            department_ids=department_ids,
            channel=self.cleaned.get("channel") or "",
            standard=self.cleaned.get("standard") or "",
            kind=self.cleaned.get("kind") or "",
            narrowing=self.narrowing if is_list else Narrowing(),
            milestone=self.cleaned.get("milestone") or "" if is_list else "",
            choices=self.choices.local,
        )

    @property
    def headline_milestone(self) -> str:
        """Give the milestone the headline counts: first responses, unless one standard was asked for."""
        return "" if self.cleaned.get("standard") else Milestone.RESPONSE.value

    def query_of_headline(self) -> ReportQuery:
        """Give the query narrowed to what the headline counts."""
        return replace(self.query(), milestone=self.headline_milestone)

    @property
    def target(self) -> Decimal:
        """Give the target of the headline: the city's, or that of the one standard asked for."""
        code = self.cleaned.get("standard")
        city = self.choices.target_rate  # behind "generally" in III.b.ii.3 and III.b.ii.4
        return next((each.target_rate for each in self.choices.standards if each.code == code), city)

    def link_params(self) -> dict[str, str]:
        """Give what every link of the report carries on, so that a list counts what its figure counted."""
        asked = {name: str(self.cleaned.get(name) or "") for name in NARROWING}
        dates = {"from": self.period.from_on.isoformat(), "to": self.period.to_on.isoformat()}
        if self.is_past:
            dates["as_of"] = self.cleaned["as_of"].isoformat()
        return {**dates, **{name: value for name, value in asked.items() if value}}

    @property
    def period_words(self) -> str:
        """Say the period: a month by its name, other dates from one to the other."""
        month = Month.of(self.period.from_on)
        if self.period == Period(month.first_on, min(month.last_on, timezone.localdate(self.now))):
            return date_format(month.first_on, "F Y")
        return self.dates_words

    @property
    def scope_words(self) -> str:
        """Say what a report is about: dates, department, channel, standard, kind."""
        return self._words(gettext("First response"))

    @property
    def list_scope_words(self) -> str:
        """Say what a list is about; without a standard or milestone in its address it is about all of them."""
        milestone = self.cleaned.get("milestone")
        labels: dict[str, Any] = dict(choices_of(MILESTONES))
        return self._words(str(labels[milestone]) if milestone else gettext("All standards"))

    @property
    def department_words(self) -> str:
        """Name the department, or say that it is all of them."""
        return self.form().label_of("department", self.cleaned.get("department") or "")

    def _words(self, unless_one_standard: str) -> str:
        form = self.form()
        standard = self.cleaned.get("standard") or ""
        words = [
            self.dates_words,
            self.department_words,
            form.label_of("channel", self.cleaned.get("channel") or ""),
            form.label_of("standard", standard) if standard else unless_one_standard,
            form.label_of("kind", self.cleaned.get("kind") or ""),
        ]
        return " · ".join(words)

    @property
    def dates_words(self) -> str:
        """Say the first and the last day."""
        dates = {"first": date_format(self.period.from_on, "j M Y"), "last": date_format(self.period.to_on, "j M Y")}
        return gettext("%(first)s to %(last)s") % dates

    def form(self) -> ReportFilterForm:
        """Give the filters to draw, filled with what was understood; free dates show once they are asked for."""
        shown = {name: value for name, value in self.cleaned.items() if value}
        if self.is_custom:
            shown |= {"period": CUSTOM, "from": self.period.from_on, "to": self.period.to_on}
        form = ReportFilterForm(shown, choices=self.choices, today=timezone.localdate(self.now))
        dates = ["from", "to"] if self.is_custom else []
        order = ["period", *dates, *NARROWING, "as_of"]
        form.fields = {name: form.fields[name] for name in order}
        return form


def known_at(given: Mapping[str, str], *, now: datetime) -> datetime | None:
    """Give the end of the past day whose knowledge an address asks for; None for today's, and for what is no day."""
    try:
        on = date.fromisoformat(given.get("as_of", ""))
    except ValueError:
        return None
    is_past = date.min < on < timezone.localdate(now)
    return midnight(on + timedelta(days=1), timezone.get_default_timezone()) if is_past else None


def read_report_address(given: Mapping[str, str], *, choices: ReportChoices, now: datetime) -> ReportAddress:
    """Read the address of a report or of a list behind one."""
    today = timezone.localdate(now)
    form = ReportFilterForm(given, choices=choices, today=today)
    ignored = [_ignored(form, name) for name in form.errors]
    cleaned = {name: value for name, value in form.cleaned_data.items() if name not in form.errors}
    is_free = bool(cleaned.get("from") and cleaned.get("to") and not cleaned.get("period"))
    return ReportAddress(
        cleaned=cleaned,
        period=_period(cleaned, today=today),
        choices=choices,
        now=now,
        ignored=ignored,
        is_custom=is_free or cleaned.get("period") == CUSTOM,
        narrowing=form.narrowing(),
    )


def _period(cleaned: Mapping[str, Any], *, today: date) -> Period:
    name = cleaned.get("period") or ""
    first, last = cleaned.get("from"), cleaned.get("to")
    if name in ("", CUSTOM) and first and last:
        return Period(first, last)
    this_month = Month.of(today)
    if name == "last_month":
        return Period.of_month(this_month.plus(-1))
    if name == "year_to_date":
        return Period(date(today.year, 1, 1), today)
    month = this_month if name in ("", CUSTOM) else Month.parse(name)
    return Period(month.first_on, min(month.last_on, today))


def _ignored(form: ReportFilterForm, name: str) -> str:
    return gettext("%(field)s “%(value)s” is not something this report knows; it was left out.") % {
        "field": form.fields[name].label or name,
        "value": str(form.data.get(name, ""))[:_LONGEST_SHOWN],
    }
