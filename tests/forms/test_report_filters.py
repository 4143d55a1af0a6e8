"""The days a report is asked for: at most ten years at once, since every row is put into its month."""

from datetime import date

import pytest

from requests_app.domain.choices import DEFAULT_CHOICES
from requests_app.forms.report_filters import ReportFilterForm
from requests_app.selectors.reports.choices import ReportChoices

CHOICES = ReportChoices(departments=[], standards=[], codes={}, local=DEFAULT_CHOICES)


@pytest.mark.parametrize(
    ("first", "last", "is_taken"),
    [
        ("2016-12-31", "2026-11-30", True),
        ("2016-11-30", "2026-11-01", False),
        ("1970-01-01", "2100-12-31", False),
        ("2026-11-02", "2026-11-01", False),
    ],
)
def test_ten_years_are_the_most(first: str, last: str, is_taken: bool) -> None:
    form = ReportFilterForm({"from": first, "to": last}, choices=CHOICES, today=date(2026, 11, 23))
    assert form.is_valid() is is_taken
    assert ("to" in form.errors) is not is_taken
