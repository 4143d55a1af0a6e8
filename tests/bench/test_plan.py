"""What is measured is planned by its number, and the same plan gives the same rows."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from requests_app.models import ServiceRequest
from tests.bench.fill import Plan, fill

UNTIL_AT = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_same_plan_gives_the_same_requests() -> None:
    first, second = (_told(Plan(told=60, copies=2, years=2, staff_sets=1)) for _ in range(2))
    assert first == second
    assert len(first) == 120


def _told(plan: Plan) -> list[tuple[object, ...]]:
    with transaction.atomic():
        fill(plan, until_at=UNTIL_AT)
        told = ServiceRequest.objects.order_by("pk").values_list("number", "title", "received_at", "closed_at")
        found: list[tuple[object, ...]] = list(told)
        transaction.set_rollback(True)
    return found


@pytest.mark.once
def test_a_million_is_ten_years_of_a_city_of_two_thousand() -> None:
    plan = Plan.of(1_000_000)
    assert (plan.told * plan.copies, plan.years) == (1_000_000, 10)
    assert plan.staff_sets * 110 == pytest.approx(2_000, rel=0.1)
    assert Plan.of(6_000) == Plan(told=6_000, copies=1, years=1, staff_sets=1)
