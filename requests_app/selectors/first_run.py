"""What the policy leaves open, asked once when the city starts: each question with its answer, default and effect."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from requests_app.domain.calendars import BusinessCalendar
from requests_app.domain.choices import LocalChoices
from requests_app.domain.deadlines import Rule
from requests_app.domain.vocabulary import Milestone
from requests_app.domain.work_patterns import WorkPattern, describe_work_pattern
from requests_app.models import Calendar, Confirmation, Department, OnCallNumber
from requests_app.selectors.choices import current_choices
from requests_app.selectors.confirmations import newest_confirmations
from requests_app.selectors.standards import current_calendar_version, standards_in_force

RULES: dict[str, str | Promise] = {
    Rule.END_OF_NTH_BUSINESS_DAY: _("the day of receipt does not count; due at closing of the last day"),
    Rule.DEEMED_NEXT_BUSINESS_DAY: _("as before, but after closing the next business day is the day of receipt"),
    Rule.ROLLING_BUSINESS_HOURS: _("so many hours of open time from receipt"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing the policy leaves open; `url` leads to where the answer is changed."""

    key: str
    asked: str | Promise
    default: str | Promise
    effect: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with its answer as it stands, and who confirmed it last."""

    question: Question
    answer: str
    confirmation: Confirmation | None


@dataclass(frozen=True, slots=True)
class _City:
    choices: LocalChoices
    response: BusinessCalendar | None
    counter: BusinessCalendar | None
    today: date


QUESTIONS: tuple[Question, ...] = (
    Question(
        "business_days",
        _("Which days are business days, and when is closing time?"),
        _("Monday to Friday, 8:00 to 17:00"),
        _("Every answer-by date is counted in these days and ends at this hour."),
        "calendar_list",
    ),
    Question(
        "counter_hours",
        _("When is the counter open?"),
        _("Monday to Thursday, 8:00 to 16:30"),
        _("What visitors are told; answer-by dates do not depend on it."),
        "calendar_list",
    ),
    Question(
        "holidays",
        _("Which holidays does the city keep?"),
        _("the city’s own list, through the end of 2028"),
        _("A holiday is no business day. Beyond the last confirmed one no date can be given."),
        "calendar_list",
    ),
    Question(
        "counting_rule",
        _("How are the days counted?"),
        RULES[Rule.END_OF_NTH_BUSINESS_DAY],
        _("Decides whether a call after closing counts as received the next day."),
        "standard_list",
    ),
    Question(
        "target_rate",
        _("What share is meant by “generally”?"),
        _("95 %"),
        _("Reports compare with it; nothing else changes."),
        "city_settings",
    ),
    Question(
        "left_message",
        _("Does a message left on a voicemail count as an answer?"),
        _("yes"),
        _("Decides whether the clock stops there."),
        "city_settings",
    ),
    Question(
        "independent_recipient",
        _("Who decides when Human Resources or the city manager is concerned?"),
        _("nobody yet"),
        _("Escalations that nobody below may decide end there."),
        "city_settings",
    ),
    Question(
        "on_call",
        _("Whom does the front desk call in danger?"),
        _("911 and fictional numbers"),
        _("Shown on the log form while somebody is in danger."),
        "on_call",
    ),
    Question(
        "hr_contact",
        _("How is Human Resources reached?"),
        _("a fictional number"),
        _("Shown wherever the policy sends questions to Human Resources (III.f)."),
        "department_tree",
    ),
    Question(
        "audit_head",
        _("Where does the head of the audit trail go each day?"),
        _("nowhere yet"),
        _("Only a head kept elsewhere shows that the trail’s end was not cut off."),
        "city_settings",
    ),
)


def asked_questions(today: date) -> list[AskedQuestion]:
    """Give every question with its answer as it stands; a constant number of queries."""
    city, confirmed = _city(today), newest_confirmations()
    return [AskedQuestion(each, _ANSWERS[each.key](city), confirmed.get(f"first-run-{each.key}")) for each in QUESTIONS]


def open_questions() -> int:
    """Count the questions nobody has confirmed; one query."""
    confirmed = newest_confirmations()
    return sum(f"first-run-{each.key}" not in confirmed for each in QUESTIONS)


def _city(today: date) -> _City:
    response, counter = (current_calendar_version(slug) for slug in (Calendar.RESPONSE, Calendar.COUNTER))
    return _City(
        current_choices(),
        response.business_calendar() if response else None,
        counter.business_calendar() if counter else None,
        today,
    )


def _hours(calendar: BusinessCalendar | None) -> str:
    if calendar is None:
        return gettext("no calendar is confirmed")
    pattern = WorkPattern(calendar.weekly_hours, calendar.alternate_days_off)
    return describe_work_pattern(pattern, language=get_language() or "en")


def _holidays(city: _City) -> str:
    if city.response is None:
        return gettext("no calendar is confirmed")
    known = city.response.known_through
    return gettext("confirmed through %(on)s") % {"on": known.isoformat()}


def _rule(city: _City) -> str:
    in_force = standards_in_force(Milestone.RESPONSE, city.today)
    return "; ".join(dict.fromkeys(str(RULES[standard.rule]) for standard in in_force)) or gettext("no standard yet")


def _target(city: _City) -> str:
    return f"{(Decimal(str(city.choices.target_rate)) * 100).normalize():f} %"


def _message(city: _City) -> str:
    return gettext("yes") if city.choices.left_message_counts else gettext("no")


def _recipient(city: _City) -> str:
    known = [city.choices.independent_recipient_name, city.choices.independent_recipient_email]
    return ", ".join(filter(None, known)) or gettext("nobody yet")


def _numbers(city: _City) -> str:
    return "; ".join(map(str, OnCallNumber.objects.all())) or gettext("911 only")


def _hr(city: _City) -> str:
    department = Department.objects.filter(slug="human-resources").first()
    return f"{department.name}, {department.phone}" if department else gettext("no such department")


def _head(city: _City) -> str:
    return ", ".join(city.choices.audit_head_addresses) or gettext("nowhere yet")


_ANSWERS: dict[str, Callable[[_City], str]] = {
    "business_days": lambda city: _hours(city.response),
    "counter_hours": lambda city: _hours(city.counter),
    "holidays": _holidays,
    "counting_rule": _rule,
    "target_rate": _target,
    "left_message": _message,
    "independent_recipient": _recipient,
    "on_call": _numbers,
    "hr_contact": _hr,
    "audit_head": _head,
}
