"""Card and social-security numbers are recognised; phones, dates and case numbers are not."""

import pytest

from requests_app.domain.sensitive_text import has_card_or_social_security_number


@pytest.mark.parametrize(
    "text",
    [
        "card 4111 1111 1111 1111 exp 12/28",
        "4111-1111-1111-1111",
        "paid with 378282246310005",
        "her number is 219-09-9999",
        "219 09 9999",
    ],
)
def test_it_is_recognised(text: str) -> None:
    assert has_card_or_social_security_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "call 510-555-0143 after 5",
        "+1 (510) 555-0143 ext. 1234",
        "4111 1111 1111 1112",
        "case 2026-11-23-000123",
        "900-12-3456",
        "000000000000000",
        "٤١١١١١١١١١١١١١١١",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not has_card_or_social_security_number(text)
