"""The rows of adherence made visible: reports that leave the house, and packets that prove themselves."""

from tests.house.kept import Kept

_FILES = "tests/views/test_report_files.py"
_MONTHLY = "tests/services/test_monthly_reports.py"
_PACKETS = "tests/views/test_packets.py"
REPORTS = (
    Kept(
        "III.d.i",  # Human Resources is told each month, within seven business days
        "requests_app.domain.monthly_reports",
        (
            "tests/domain/test_monthly_reports.py::test_it_is_never_later_than_seven_business_days_after_the_end",
            f"{_MONTHLY}::test_it_is_asked_for_once_on_a_business_day_told_once_and_fetched_by_human_resources",
        ),
    ),
    Kept(
        "III.d.i",  # supervisors and Human Resources answer for adherence: with figures they can hand on
        "requests_app.views.reports.compliance",
        (
            f"{_FILES}::test_the_pdf_says_of_what_as_of_when_and_what_it_is_not_and_is_tagged",
            f"{_FILES}::test_each_gets_what_they_may_see_and_confidential_rows_are_told_in_the_trail",
        ),
    ),
    Kept(
        "III.d.i",  # and that can be proven later
        "requests_app.domain.packets",
        (
            f"{_PACKETS}::test_made_again_it_is_the_same_bytes_even_after_figures_have_changed",
            f"{_PACKETS}::test_whatever_is_changed_in_a_packet_is_found",
        ),
    ),
)
