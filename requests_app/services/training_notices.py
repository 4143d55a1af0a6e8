"""Tell people of training that is due, and who leads them where they cannot be told themselves (III.c.i)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from requests_app.domain.business_time import may_tell
from requests_app.domain.trainings import Standing
from requests_app.domain.wording import format_date
from requests_app.models import Employee, Notice, TrainingReminder
from requests_app.selectors.leads import Leads
from requests_app.selectors.recipients import present
from requests_app.selectors.standards import response_calendar
from requests_app.selectors.trainings import TrainingDesk, TrainingLine, on_roster
from requests_app.selectors.whereabouts import Whereabouts
from requests_app.services.mail_texts import STAFF_LANGUAGE
from requests_app.services.notices import NoticeEntry, queue_notice

_MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class _News:
    """That one person owes one course by a date, which is near or over."""

    employee: Employee
    line: TrainingLine

    @property
    def is_overdue(self) -> bool:
        return self.line.standing is Standing.OVERDUE

    @property
    def mark(self) -> tuple[object, ...]:
        """Give what makes it told once."""
        return self.employee.pk, self.line.course.pk, self.line.state.due_on, self.is_overdue


@transaction.atomic
def tell_of_training(*, now: datetime) -> int:
    """Tell of each date once ahead of it and once when it is over, inside business hours; say how many were told.

    One notice a person, however many courses or colleagues it is about. May run twice or not at all: the rows of
    what was told make it once, and the next run puts it right.
    """
    calendar = response_calendar()
    if calendar is None or not may_tell(calendar, now):
        return 0
    news = list(_untold(TrainingDesk(timezone.localdate(now))))
    if not news:
        return 0
    letters: dict[Employee, list[_News]] = defaultdict(list)
    leads = Leads(Whereabouts(now))
    for each in news:
        for recipient in _recipients(each, leads):
            letters[recipient].append(each)
    told = {each.mark: each for letter in letters.values() for each in letter}
    TrainingReminder.objects.bulk_create(reminder_of(each.employee, each.line, at=now) for each in told.values())
    with translation.override(STAFF_LANGUAGE):
        return sum(_tell(recipient, letter, at=now) for recipient, letter in letters.items())


def reminder_of(employee: Employee, line: TrainingLine, *, at: datetime) -> TrainingReminder:
    """Give the row, not yet stored, that makes a date told once. Raises ValueError where there is no date."""
    if line.state.due_on is None:
        raise ValueError(line.course)
    is_overdue = line.standing is Standing.OVERDUE
    return TrainingReminder(
        employee=employee, course=line.course, due_on=line.state.due_on, is_overdue=is_overdue, told_at=at
    )


def _untold(desk: TrainingDesk) -> Iterator[_News]:
    """Give what there is to tell of everybody on the roster; an absence puts no date off."""
    if not desk.courses:
        return
    people = on_roster(desk.on).select_related("user").order_by("pk")
    due = [
        _News(person, line)
        for person in people
        for line in desk.row(person).lines
        if line.is_soon or line.standing is Standing.OVERDUE
    ]
    rows = TrainingReminder.objects.filter(due_on__in={each.line.state.due_on for each in due})
    told = set(rows.values_list("employee_id", "course_id", "due_on", "is_overdue"))
    yield from (each for each in due if each.mark not in told)


def _recipients(news: _News, leads: Leads) -> Iterator[Employee]:
    """Name the person, who reads it on return if they are away; their lead where they cannot, or it is over."""
    person = news.employee
    reads = present(person) and person.user is not None and person.user.is_active
    if reads:
        yield person
    lead = leads.nearest(person)
    if lead is not None and (not reads or (news.is_overdue and not leads.is_there(person))):
        yield lead


def _tell(recipient: Employee, letter: list[_News], *, at: datetime) -> bool:
    own = [each for each in letter if each.employee == recipient]
    others = [each for each in letter if each.employee != recipient]
    today = timezone.localdate(at)
    lines = [*(_own_words(each, today) for each in own), *(_words(each, today) for each in others)]
    if len(lines) > _MOST_LINES:
        lines = [*lines[:_MOST_LINES], gettext("and %(n)s more") % {"n": len(lines) - _MOST_LINES}]
    page = "training_roster" if others else "my_training"
    text = "\n".join([*lines, f"{settings.PUBLIC_URL.rstrip('/')}{reverse(page)}"])
    first = min(letter, key=lambda each: (each.employee.pk, each.line.course.pk))
    key = f"training:{recipient.pk}:{today}:{first.employee.pk}:{first.line.course.pk}"
    entry = NoticeEntry(kind=Notice.Kind.TRAINING, recipient=recipient, dedupe_key=key, text=text)
    return queue_notice(entry, at=at) is not None


def _own_words(news: _News, today: date) -> str:
    said = gettext("%(course)s: was to be taken by %(due)s.") if news.is_overdue else gettext("%(course)s: by %(due)s.")
    return said % _named(news, today)


def _words(news: _News, today: date) -> str:
    if news.is_overdue:
        return gettext("%(who)s: %(course)s was to be taken by %(due)s.") % _named(news, today)
    return gettext("%(who)s: %(course)s by %(due)s. Please pass it on.") % _named(news, today)


def _named(news: _News, today: date) -> Mapping[str, str]:
    due_on = news.line.state.due_on
    return {
        "who": news.employee.name,
        "course": news.line.course.name,
        "due": format_date(due_on, language=STAFF_LANGUAGE, today=today) if due_on else "",
    }
