"""Long passwords that are easy to guess all the same."""

import pytest

from requests_app.domain.passwords import Weakness, weakness_of

ALICE = ("Alice", "Owner", "alice", "pinole", "example")


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("correct horse battery staple", None),
        ("drei kleine Entchen", None),
        ("pinole-demo-counter", Weakness.OWN_WORDS),
        ("PinolePinole2026!", Weakness.OWN_WORDS),
        ("City of Pinole 94564", Weakness.OWN_WORDS),
        ("administratorpassword", Weakness.OWN_WORDS),
        ("AliceOwner2026!!", Weakness.OWN_WORDS),
        ("alice likes purple tomatoes", None),
        ("aaaaaaaaaaaaaaaaaaaa", Weakness.REPEATED),
        ("121212121212121212", Weakness.REPEATED),
        ("", Weakness.REPEATED),
    ],
)
def test_what_a_guesser_of_this_city_would_try_is_refused(password: str, weakness: Weakness | None) -> None:
    assert weakness_of(password, ALICE) == weakness
