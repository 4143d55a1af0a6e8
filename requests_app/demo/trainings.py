"""The training register of the demo: two courses, most people in date, some late, somebody new (III.c.i)."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from requests_app.demo import profile
from requests_app.demo.world import World
from requests_app.domain.business_time import business_day_on_or_after
from requests_app.domain.calendar_errors import CalendarError
from requests_app.domain.trainings import CourseKind, Standing, TrainingRule, add_months
from requests_app.models import Employee, TrainingCourse, TrainingRecord, TrainingReminder
from requests_app.selectors.trainings import TrainingDesk, on_roster, rule_of
from requests_app.services.training_notices import reminder_of

_EVERYBODY = ["employee", "contractor", "volunteer"]


def seed_trainings(world: World, *, seed: int) -> None:
    """Add courses and who took them; what was due by the end of the story counts as told."""
    rng = Random(f"trainings {seed}")  # noqa: S311  # repeatable on purpose  # nosec B311
    today = timezone.localdate(world.until_at)
    keeper = world.roster.human_resources[0]
    courses = _courses(world, keeper, asked_from=add_months(today.replace(day=1), -18))
    desk = TrainingDesk(today)
    people = list(on_roster(today).order_by("pk"))
    records = [
        _record(world, person, course, on, keeper)
        for person in people
        for course in courses
        if person.employment in course.employments
        for on in _taken(rng, rule_of(course, desk.choices), person.hired_on, today)
    ]
    TrainingRecord.objects.bulk_create(records, batch_size=500)
    _count_as_told(world, people, TrainingDesk(today))


def _courses(world: World, keeper: Employee, *, asked_from: date) -> list[TrainingCourse]:
    facts = {"asked_from": asked_from, "changed_by": keeper, "changed_at": world.until_at - timedelta(days=540)}
    rows = [
        TrainingCourse(
            name="Serving the public", kind=CourseKind.BOTH.value, employments=_EVERYBODY, interval_months=12, **facts
        ),
        TrainingCourse(
            name="Calls, voicemail and e-mail", kind=CourseKind.ONBOARDING.value, employments=["employee"], **facts
        ),
    ]
    return TrainingCourse.objects.bulk_create(rows)


def _taken(rng: Random, rule: TrainingRule, started_on: date | None, today: date) -> list[date]:
    """Let somebody take a course about when it is due, again and again, until they put it off for good."""
    taken: list[date] = []
    while rng.random() >= (profile.TRAINING_PUT_OFF_SHARE if taken else profile.TRAINING_NEVER_SHARE):
        due_on = rule.due_on(started_on=started_on, last_on=taken[-1] if taken else None)
        on = due_on - timedelta(days=rng.randrange(-6, 28)) if due_on else None
        if on is None or on > today:
            break
        taken.append(_weekday(on))
    return taken


def _weekday(on: date) -> date:
    return on - timedelta(days=max(0, on.weekday() - 4))


def _record(world: World, person: Employee, course: TrainingCourse, on: date, keeper: Employee) -> TrainingRecord:
    at = min(_written_down(world, on), world.until_at)
    return TrainingRecord(employee=person, course=course, on=on, recorded_by=keeper, recorded_at=at)


def _written_down(world: World, on: date) -> datetime:
    """Give closing time of a day; of one before the calendar's first year five o'clock will do."""
    with suppress(CalendarError):
        return world.calendar.closing_at(business_day_on_or_after(world.calendar, on))
    return timezone.make_aware(datetime.combine(on, time(17)))


def _count_as_told(world: World, people: list[Employee], desk: TrainingDesk) -> None:
    rows = [
        reminder_of(person, line, at=world.until_at)
        for person in people
        for line in desk.row(person).lines
        if line.is_soon or line.standing is Standing.OVERDUE
    ]
    TrainingReminder.objects.bulk_create(rows)
