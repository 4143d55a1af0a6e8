"""What a person a complaint is about is owed (DOMAIN 4)."""

import pytest

from requests_app.domain.fairness import OWED, is_heard, still_owed
from requests_app.domain.vocabulary import FairnessKind

TOLD, REPRESENTED, STATEMENT, COPY = OWED


def test_every_kind_is_owed() -> None:
    assert set(OWED) == set(FairnessKind)


@pytest.mark.parametrize(
    ("done", "owed", "heard"),
    [
        ([], OWED, False),
        ([TOLD], (REPRESENTED, STATEMENT, COPY), False),
        ([STATEMENT], (TOLD, REPRESENTED, COPY), False),
        ([STATEMENT, TOLD, TOLD], (REPRESENTED, COPY), True),
        (list(OWED), (), True),
    ],
)
def test_a_step_is_owed_until_it_is_done(done: list[FairnessKind], owed: tuple[FairnessKind, ...], heard: bool) -> None:
    assert still_owed(done) == owed
    assert is_heard(done) is heard
