"""How a list of records goes from due to destroyed: each step its own role, and its own person (Gov. Code 34090)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from requests_app.domain.vocabulary import Role


class DisposalState(StrEnum):
    """Where a disposal list stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    CONSENTED = "consented"
    RESOLVED = "resolved"
    DESTROYED = "destroyed"
    WITHDRAWN = "withdrawn"


class DisposalStep(StrEnum):
    """What takes a list further."""

    APPROVE = "approve"
    CONSENT = "consent"
    RESOLVE = "resolve"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Way:
    """Where a step leads, and whose it is; `is_departmental` where the role must be held in the list's department."""

    to: DisposalState
    roles: frozenset[Role]
    is_departmental: bool = False


_HEAD, _ATTORNEY = frozenset({Role.DEPARTMENT_HEAD}), frozenset({Role.ATTORNEY})
_RECORDERS = frozenset({Role.RECORDS_CLERK, Role.CITY_MANAGER})
_ANY = Way(DisposalState.WITHDRAWN, frozenset({Role.RECORDS_CLERK, Role.HR, Role.ATTORNEY}))
DISPOSAL_TABLE: Mapping[tuple[DisposalState, DisposalStep], Way] = {
    (DisposalState.PROPOSED, DisposalStep.APPROVE): Way(DisposalState.APPROVED, _HEAD, is_departmental=True),
    (DisposalState.APPROVED, DisposalStep.CONSENT): Way(DisposalState.CONSENTED, _ATTORNEY),
    # The council resolves; whoever records its resolution starts the destruction.
    (DisposalState.CONSENTED, DisposalStep.RESOLVE): Way(DisposalState.RESOLVED, _RECORDERS),
    (DisposalState.PROPOSED, DisposalStep.WITHDRAW): _ANY,
    (DisposalState.APPROVED, DisposalStep.WITHDRAW): _ANY,
    (DisposalState.CONSENTED, DisposalStep.WITHDRAW): _ANY,
}
RUNNING = frozenset({DisposalState.PROPOSED, DisposalState.APPROVED, DisposalState.CONSENTED, DisposalState.RESOLVED})


def way_of(state: str, step: DisposalStep) -> Way | None:
    """Give where a step leads from a state, or None where it is not possible."""
    return DISPOSAL_TABLE.get((DisposalState(state), step))
