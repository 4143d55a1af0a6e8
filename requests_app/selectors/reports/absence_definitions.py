"""What the figures about greetings, and about excuses for late answers, mean."""

from django.utils.translation import gettext_lazy as _

from requests_app.domain.greeting_figures import PARTS
from requests_app.domain.greetings import Element
from requests_app.selectors.reports.definition import Definition

_TIMES = ("in_time", "late", "not_set")
_ELEMENTS = tuple(part for part in PARTS if part.startswith(tuple(f"{element.value}_" for element in Element)))


def _greetings(*parts: str) -> tuple[str, ...]:
    return tuple(f"greetings.{part}" for part in parts)


def _excusals(*parts: str) -> tuple[str, ...]:
    return tuple(f"excusals.{part}" for part in parts)


ABSENCE_DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        code="greeting_obliged",
        group="greetings",
        name=_("Absences that oblige to a greeting"),
        meaning=_(
            "An absence that covers at least one whole business day. Days off by one’s own work pattern and removed "
            "absences are none. Each counts on the day its greeting was due; one not due yet stands beside every share."
        ),
        clause="III.b.ii.5",
        parts=_greetings("obliged", "pending", "due", "planned", "unforeseen"),
    ),
    Definition(
        code="greeting_in_time",
        group="greetings",
        name=_("Said to be set in time"),
        meaning=_(
            "All texts set by then for the first time: before it starts where it was planned; by close of business of "
            "the first whole day where it was not, a local choice. Attested by whoever goes."
        ),
        formula=_("set in time ÷ (in time + late + not set)"),
        clause="III.b.ii.5",
        parts=_greetings("in_time", *(f"{kind}_{time}" for kind in ("planned", "unforeseen") for time in _TIMES)),
        is_local_choice=True,
    ),
    Definition(
        code="greeting_elements",
        group="greetings",
        name=_("The four elements"),
        meaning=_(
            "Checked in the words when they are set: nothing is set while one lacks. Left out with a reason counts as "
            "kept. What was never set lacks all four; a day of return that passed while the person was still away "
            "lacks b."
        ),
        formula=_("(there + left out with a reason) ÷ due"),
        clause="III.b.ii.5.a, III.b.ii.5.b, III.b.ii.5.c, III.b.ii.5.d",
        parts=_greetings(*_ELEMENTS),
    ),
    Definition(
        code="greeting_checked",
        group="greetings",
        name=_("Looked at by the supervisor, of those set"),
        meaning=_("Whoever leads them called and wrote; the last look counts: found right, or not."),
        formula=_("looked at ÷ set; right ÷ looked at"),
        clause="III.b.ii.5",
        parts=_greetings("set", "checked", "right", "wrong"),
    ),
    Definition(
        code="greeting_cleared",
        group="greetings",
        name=_("Taken down on return"),
        meaning=_("Taken down by close of business on the day of return, later, or still up."),
        formula=_("taken down in time ÷ returned"),
        clause="III.b.ii.5",
        parts=_greetings("returned", *(part for part in PARTS if part.startswith("cleared_"))),
    ),
    Definition(
        code="greeting_share",
        group="greetings",
        name=_("Shares of greetings"),
        meaning=_("Below %(small_number)s there is no percentage; of one person there is no share at all."),
        is_local_choice=True,
    ),
    Definition(
        code="excused_share",
        group="excusals",
        name=_("Share excused"),
        meaning=_(
            "Late or overdue answers under a standing excuse, of all that are late or overdue. It stands beside the "
            "on-time rate and changes nothing in it. Below %(small_number)s the count is shown instead of a "
            "percentage."
        ),
        formula=_("excused ÷ (late + overdue + excused)"),
        clause="III.b.ii.3, III.b.ii.4",
        parts=_excusals("missed", "excused", "n"),
    ),
    Definition(
        code="excusal_proposed",
        group="excusals",
        name=_("Proposed"),
        meaning=_(
            "Answers an unforeseen absence was said to explain: granted, refused, withdrawn or revoked, or undecided. "
            "A supervisor may also excuse without a proposal, so more can be excused than granted."
        ),
        clause="III.b.ii.3, III.b.ii.4",
        parts=_excusals("proposed", "granted", "refused", "withdrawn", "undecided"),
    ),
    Definition(
        code="excusal_after_breach",
        group="excusals",
        name=_("Absence recorded after it was late"),
        meaning=_("Of those proposed. Many of them are a reason to ask how absences are recorded."),
        formula=_("recorded after the answer was late ÷ proposed"),
        clause="III.d.i",
        parts=_excusals("after_breach"),
    ),
    Definition(
        code="excusal_people",
        group="excusals",
        name=_("No figure is about a person"),
        meaning=_(
            "Nothing here is counted by person, and the lists behind it name nobody. Not by itself a finding of "
            "non-compliance."
        ),
    ),
)
