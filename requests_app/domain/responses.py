"""Which touches count as an answer (III.b.ii.3, III.b.ii.4)."""

from requests_app.domain.choices import LocalChoices
from requests_app.domain.vocabulary import AttemptOutcome, Direction, NoReply


def is_qualifying(
    *, direction: Direction, is_automatic: bool, outcome: AttemptOutcome | None, choices: LocalChoices
) -> bool:
    """Say whether a touch is a personal answer to the customer.

    An automatic acknowledgement and an internal note never are. Whether a message left counts is a local choice.
    """
    if direction is not Direction.OUTBOUND or is_automatic:
        return False
    if outcome is AttemptOutcome.LEFT_MESSAGE:
        return choices.left_message_counts
    return outcome in (None, AttemptOutcome.REACHED)


def no_reply_reason(*, is_reply_wanted: bool, has_contact: bool, is_from_colleague: bool) -> NoReply | None:
    """Say why nobody waits for an answer, or None when somebody does; a colleague can always be reached."""
    if not is_reply_wanted:
        return NoReply.NOT_WANTED
    return None if has_contact or is_from_colleague else NoReply.NO_CONTACT_POINT
