"""What is read back to a customer, in English and Spanish."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from requests_app.domain.notice_texts import default_texts
from requests_app.domain.read_back import read_back_date, read_back_number

DUE = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
PINOLE = ZoneInfo("America/Los_Angeles")


def date_in(language: str, business_days: int | None) -> str:
    return read_back_date(
        DUE,
        business_days=business_days,
        time_zone=PINOLE,
        language=language,
        today=date(2026, 11, 23),
        texts=default_texts(language),
    )


@pytest.mark.parametrize(
    ("language", "business_days", "said"),
    [
        ("en", 1, "Our standard is one business day: by Tue 24 Nov, 5:00 pm."),
        ("en", 2, "Our standard is 2 business days: by Tue 24 Nov, 5:00 pm."),
        ("en", None, "We aim to answer by Tue 24 Nov, 5:00 pm."),
        ("es", 1, "Nuestra norma es de un día hábil: a más tardar el martes 24 de noviembre a las 5:00 p. m."),
        ("tl", 1, "Our standard is one business day: by Tue 24 Nov, 5:00 pm."),
    ],
)
def test_the_date_is_said_with_the_standard(language: str, business_days: int | None, said: str) -> None:
    assert date_in(language, business_days) == said


def test_the_number_is_said_in_the_customers_language() -> None:
    assert read_back_number("PN-7K4M-2XQR", texts=default_texts("es")) == "Su número de seguimiento es PN-7K4M-2XQR."
