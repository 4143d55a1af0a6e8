"""When the people of the demo work and who stands in for them: by their place in the list, no chance in it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from requests_app.domain.calendars import WEEKDAYS, AlternateDayOff
from requests_app.domain.typed_hours import parse_hours
from requests_app.domain.work_patterns import WorkPattern, dump_work_pattern
from requests_app.models import Alternate, Employee

_FRIDAY = 4


def give_patterns(people: Sequence[Employee], *, today: date) -> None:
    """Let some people work four long days, some be off every other Friday, and a volunteer come in summer."""
    friday = today + timedelta(days=(_FRIDAY - today.weekday()) % 7)
    four_days = _pattern("7:00-17:30", days=4)
    nine_days = WorkPattern(_pattern("7:30-17:00", days=5).weekly_hours, (AlternateDayOff(friday.weekday(), friday),))
    for place, person in enumerate(people):
        if person.employment == Employee.Employment.VOLUNTEER:
            summer = _pattern("10:00-14:00", days=3)
            season = (date(today.year, 6, 1), date(today.year, 8, 31))
            person.work_pattern = dump_work_pattern(WorkPattern(summer.weekly_hours, (), *season))
        elif place % 5 in (0, 1):
            person.work_pattern = dump_work_pattern(four_days if place % 5 else nine_days)


def name_alternates(people: Sequence[Employee]) -> None:
    """Let two of three people have a colleague of their department stand in, and then its queue."""
    colleagues: dict[int, list[Employee]] = defaultdict(list)
    for person in people:
        if person.is_active and person.user_id:
            colleagues[person.department_id].append(person)
    rows = []
    for group in colleagues.values():
        for place, person in enumerate(group):
            if len(group) > 1 and place % 3:
                rows.append(Alternate(employee=person, position=1, person=group[(place + 1) % len(group)]))
                rows.append(Alternate(employee=person, position=2, department_id=person.department_id))
    Alternate.objects.bulk_create(rows)


def _pattern(hours: str, *, days: int) -> WorkPattern:
    return WorkPattern(tuple(parse_hours(hours) if day < days else () for day in range(len(WEEKDAYS))))
