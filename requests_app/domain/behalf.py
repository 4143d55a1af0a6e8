"""Who acts for whom: what belongs to the owner of a request is done on the owner's behalf (III.a.iv)."""

from requests_app.domain.event_kinds import EventKind

# Dealing with the customer and the matter. Not among them: what one does in one's own name, as a note, taking or
# giving a request, a reminder, and what a supervisor decides about the owner.
OWNERS_WORK = frozenset(
    {
        EventKind.CONTACTED_AGAIN,
        EventKind.ANSWERED,
        EventKind.ATTEMPTED,
        EventKind.WAITING,
        EventKind.RESUMED,
        EventKind.CLOSED,
        EventKind.REOPENED,
        EventKind.MERGED,
        EventKind.DETERMINED,
        EventKind.EXTENDED,
        EventKind.SNOOZED,
    }
)


def acts_for(kind: EventKind, *, actor_id: int | None, owner_id: int | None) -> int | None:
    """Give the id of the owner in whose place somebody else acts; None for the owner and for the system."""
    if kind not in OWNERS_WORK or actor_id is None or owner_id == actor_id:
        return None
    return owner_id
