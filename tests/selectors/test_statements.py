"""A question put into SQL once answers as the queryset it was made of, whatever it is asked with."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Count, DateTimeField, QuerySet

from requests_app.domain.vocabulary import Role
from requests_app.models import Absence, Employee, Notice
from requests_app.selectors.counts import nav_counts
from requests_app.selectors.statements import Statement, blank
from tests.cast import Cast, actor
from tests.factories import AbsenceFactory, ServiceRequestFactory, give_role


def absences(employee: Any, since: Any) -> QuerySet[Absence, tuple[int, str]]:
    return Absence.objects.filter(employee=employee, starts_at__gte=since).order_by("pk").values_list("pk", "kind")


def test_each_asking_has_its_own_values(cast: Cast, now: datetime, django_assert_num_queries: Any) -> None:
    for who in (cast.alice, cast.bob):
        for days in (1, 3):
            starts_at = now + timedelta(days=days)
            AbsenceFactory.create(employee=who, starts_at=starts_at, ends_at=starts_at + timedelta(hours=8))
    statement = Statement.asking(absences(blank("who", BigIntegerField()), blank("since", DateTimeField())))

    for who, since, expected in ((cast.alice, now, 2), (cast.bob, now + timedelta(days=2), 1), (cast.sam, now, 0)):
        with django_assert_num_queries(1):
            rows = statement.rows(who=who.pk, since=since)
        assert rows == list(absences(who, since))
        assert len(rows) == expected


def test_a_count_of_what_cannot_be_there_is_a_zero(db: None, django_assert_num_queries: Any) -> None:
    never = Notice.objects.filter(pk__in=[]).order_by().values("read_at").annotate(n=Count("pk")).values_list("n")
    never.query.group_by = None
    with django_assert_num_queries(1):
        assert Statement.asking(never).rows() == [(0,)]


def test_the_rail_counts_anew_for_whoever_has_become_somebody_else(cast: Cast, now: datetime) -> None:
    ServiceRequestFactory.create(department=cast.finance, owner=None)
    before = nav_counts(actor(cast.alice), now=now)
    give_role(cast.alice, Role.STAFF, cast.finance)

    assert (before.queue, nav_counts(actor(cast.alice), now=now).queue) == (0, 1)
    assert nav_counts(actor(Employee.objects.get(pk=cast.bob.pk)), now=now).queue == 0
