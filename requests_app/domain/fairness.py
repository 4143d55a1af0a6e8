"""What a person a complaint is about is owed before the city answers it (DOMAIN 4)."""

from collections.abc import Iterable

from requests_app.domain.vocabulary import FairnessKind

# In the order in which they are done.
OWED = (
    FairnessKind.TOLD,
    FairnessKind.REPRESENTATIVE_OFFERED,
    FairnessKind.STATEMENT,
    FairnessKind.COPY_GIVEN,
)
_HEARD = frozenset({FairnessKind.TOLD, FairnessKind.STATEMENT})


def still_owed(done: Iterable[str]) -> tuple[FairnessKind, ...]:
    """Give the steps not taken yet, in order."""
    taken = set(done)
    return tuple(kind for kind in OWED if kind not in taken)


def is_heard(done: Iterable[str]) -> bool:
    """Say whether a person was told of it and asked for a statement, so that an answer is not given over their head."""
    return set(done) >= _HEARD
