"""What a scorecard compares, and how it judges."""

from datetime import date
from decimal import Decimal

import pytest

from requests_app.domain.clauses import Measure
from requests_app.domain.periods import Period
from requests_app.domain.scorecard import Frame, Pair, Standing, standing

TARGET = Decimal("0.95")


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ((date(2026, 11, 1), date(2026, 11, 23)), (date(2026, 10, 1), date(2026, 10, 31))),
        ((date(2026, 3, 1), date(2026, 3, 31)), (date(2026, 2, 1), date(2026, 2, 28))),
        ((date(2026, 1, 1), date(2026, 2, 28)), (date(2025, 11, 3), date(2025, 12, 31))),
        ((date(2026, 11, 5), date(2026, 11, 9)), (date(2026, 10, 31), date(2026, 11, 4))),
    ],
)
def test_a_month_is_compared_with_the_month_before_and_other_dates_with_as_many_days(
    period: tuple[date, date], before: tuple[date, date]
) -> None:
    assert Frame(Period(*period)).before == Period(*before)


def test_days_counted_by_segment_add_up_to_every_stretch() -> None:
    for first, last in ((date(2026, 11, 5), date(2026, 11, 9)), (date(2024, 6, 7), date(2026, 11, 9))):
        frame = Frame(Period(first, last))
        per_day: dict[int, Pair] = {}
        for ordinal in range(frame.whole.from_on.toordinal(), frame.whole.to_on.toordinal() + 1):
            segment = frame.segment_of(date.fromordinal(ordinal))
            per_day[segment] = per_day.get(segment, Pair()) + Pair(1, 1)
        series = frame.series(per_day)
        days = [(slot.to_on - slot.from_on).days + 1 for slot in frame.slots]
        assert [pair.whole for pair in (series.now, series.before, *series.months)] == days


@pytest.mark.parametrize(
    ("pair", "measure", "target", "expected"),
    [
        (Pair(95, 100), Measure.AUTO, TARGET, Standing.ON_TARGET),
        (Pair(94, 100), Measure.AUTO, TARGET, Standing.UNDER_TARGET),
        (Pair(4, 4), Measure.AUTO, TARGET, Standing.TOO_FEW),
        (Pair(0, 0), Measure.AUTO, TARGET, Standing.TOO_FEW),
        (Pair(7, 7), Measure.AUTO, None, Standing.NO_TARGET),
        (None, Measure.AUTO, TARGET, Standing.NOT_MEASURED),
        (Pair(100, 100), Measure.INDICATOR, TARGET, Standing.NO_TARGET),
        (Pair(3, 3), Measure.COUNT, None, Standing.NO_TARGET),
        (Pair(1, 1), Measure.ATTESTED, None, Standing.ATTESTED),
        (Pair(0, 9), Measure.ATTESTED, None, Standing.NOT_MEASURED),
        (Pair(9, 9), Measure.NONE, TARGET, Standing.NOT_MEASURED),
    ],
)
def test_only_what_is_computed_and_has_a_target_is_judged(
    pair: Pair | None, measure: Measure, target: Decimal | None, expected: Standing
) -> None:
    assert standing(pair, measure=measure, target=target, small_number=5) is expected


def test_a_share_about_one_person_is_not_judged() -> None:
    found = standing(Pair(9, 9), measure=Measure.AUTO, target=TARGET, small_number=5, is_about_one=True)
    assert found is Standing.TOO_FEW
