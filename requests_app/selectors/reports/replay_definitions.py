"""What the figures of a what-if mean."""

from django.utils.translation import gettext_lazy as _

from requests_app.selectors.reports.definition import Definition

REPLAY_DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        code="replayed",
        group="replays",
        name=_("Replayed"),
        meaning=_(
            "Clocks with start and answer as recorded, the answer-by date worked out again on the calendar as "
            "confirmed now, with what is asked changed and nothing else."
        ),
    ),
    Definition(
        code="left_as_recorded",
        group="replays",
        name=_("Left as recorded"),
        meaning=_(
            "Clocks that would not come out as recorded when replayed with nothing changed (merged, corrected, a "
            "closure entered later, dates not known yet), so no question turns them."
        ),
    ),
    Definition(
        code="replay_beside",
        group="replays",
        name=_("Beside the replayed rate"),
        meaning=_("Excused, merged and cancelled clocks stay what they are. Below %(small_number)s is no percentage."),
    ),
    Definition(
        code="replay_dates",
        group="replays",
        name=_("Dates somebody gave"),
        meaning=_(
            "A promised or extended date does not move with the number of days or the rule; it moves to the next open "
            "day of another calendar."
        ),
    ),
    Definition(
        code="answers_due",
        group="replays",
        name=_("Answers due"),
        meaning=_(
            "By the day an answer is owed, excused ones among them; without those answered on the spot, merged or "
            "cancelled."
        ),
    ),
)
