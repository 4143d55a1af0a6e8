"""Halves of a year, as the council is reported to."""

from datetime import date

import pytest

from requests_app.domain.periods import Half, Period


def test_a_half_has_six_months_and_its_neighbours() -> None:
    assert Half.of(date(2026, 6, 30)) == Half(2026, 1)
    assert Half.of(date(2026, 7, 1)) == Half(2026, 2)
    assert Half(2026, 1).period == Period(date(2026, 1, 1), date(2026, 6, 30))
    assert Half(2026, 2).period == Period(date(2026, 7, 1), date(2026, 12, 31))
    assert Half(2026, 1).plus(-1) == Half(2025, 2)
    assert str(Half.parse("2026-2").plus(1)) == "2027-1"


@pytest.mark.parametrize("text", ["", "2026", "2026-3", "26-1", "0000-1", "2026-1-1", "2026-१", "x"])
def test_what_is_no_half_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the text says nothing more
        Half.parse(text)
