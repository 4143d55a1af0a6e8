"""What the figures about contacts mean: when they come in, how they are handled, and imported cases."""

from django.utils.translation import gettext_lazy as _

from requests_app.selectors.reports.definition import Definition

CONTACT_DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        code="contacts",
        group="contacts",
        name=_("Contacts logged"),
        meaning=_(
            "Requests logged, in the local month they reached the city and for the department that has them now. "
            "Imported cases are not among them; no standard narrows them."
        ),
        parts=("contacts",),
    ),
    Definition(
        code="answered_on_the_spot",
        group="contacts",
        name=_("Answered on the spot"),
        meaning=_("Requests finished while they were being logged, of all logged: the first contact was enough."),
        formula=_("answered on the spot ÷ contacts logged"),
        clause="III.b.iii.2",
        parts=("answered_on_the_spot", "resolved"),
    ),
    Definition(
        code="no_reply",
        group="contacts",
        name=_("Waiting for no reply"),
        meaning=_("No way to reach the person was given, or no reply was wanted: there is no clock to count."),
        parts=("no_reply",),
    ),
    Definition(
        code="load",
        group="contacts",
        name=_("When contacts come in"),
        meaning=_("Contacts logged by the local weekday and hour at which they reached the city."),
    ),
    Definition(
        code="language",
        group="contacts",
        name=_("By language"),
        meaning=_("The language of the request as recorded; English unless another was chosen."),
        clause="III.e",
    ),
    Definition(
        code="moves",
        group="handling",
        name=_("Moved to another department"),
        meaning=_(
            "How often a clock went to another department after it began and before the first answer, or till now "
            "where there is none. The clock runs on; “not ours” counts."
        ),
        clause="III.b.iii.2",
    ),
    Definition(
        code="gives",
        group="handling",
        name=_("Given on"),
        meaning=_(
            "How often the request was given to a person or a queue, or sent back, in that time. Handing it out from "
            "a queue counts; taking it oneself does not."
        ),
        clause="III.b.iii.2",
    ),
    Definition(
        code="logged_late",
        group="handling",
        name=_("Recorded long after"),
        meaning=_(
            "Typed in more than %(backdated_after_minutes)s minutes after it reached the city. A voicemail or letter "
            "often is; it says nothing against anybody."
        ),
        formula=_("recorded at − received at > %(backdated_after_minutes)s min"),
        clause="III.a.iii",
        parts=("logged_late",),
        is_local_choice=True,
    ),
    Definition(
        code="backdated",
        group="handling",
        name=_("Flagged as back-dated"),
        meaning=_("The history of the request says so, by the limit in force when it was typed in."),
        clause="III.a.iii",
        parts=("backdated",),
    ),
    Definition(
        code="typed_in_late",
        group="handling",
        name=_("Answers typed in long after"),
        meaning=_(
            "Answers after a wait whose verdict was recorded more than %(backdated_after_minutes)s minutes after the "
            "answer was given."
        ),
        formula=_("recorded at − answered at > %(backdated_after_minutes)s min"),
        clause="III.a.iii",
        is_local_choice=True,
    ),
    Definition(
        code="reopened",
        group="handling",
        name=_("Opened again"),
        meaning=_("Logged contacts that had been closed and were opened again, of those closed at least once."),
        formula=_("opened again ÷ closed at least once"),
        clause="III.a.ii",
        parts=("ended", "reopened"),
    ),
    Definition(
        code="imported",
        group="imported",
        name=_("Imported cases"),
        meaning=_(
            "Cases of another system, by its own department and target. On time: closed at or before the target. They "
            "have no clock and are in no other figure."
        ),
        formula=_("closed on time ÷ (closed on time + closed late + overdue)"),
        parts=("no_target", "on_time"),
    ),
    Definition(
        code="person_rate",
        group="people",
        name=_("Rate of a person"),
        meaning=_(
            "First responses that had to wait, by whose they were when they were decided; while undecided, by whose "
            "they are now. Off until Human Resources switch it on, with a dated note that the unions were told."
        ),
        formula=_("kept ÷ (kept + late + overdue)"),
        clause="III.d.i",
    ),
    Definition(
        code="person_rate_left_out",
        group="people",
        name=_("What is left out"),
        meaning=_(
            "What was excused, and everything where n is below %(small_number)s. Sworn staff and whoever has left, "
            "unless Human Resources count sworn staff too. What a reader may not see is in no rate shown to them. A "
            "department’s total is of two people or more; where a total less the lines beside it would tell of "
            "fewer, or of fewer than %(small_number)s answers, the smallest of the lines within it is withheld too."
        ),
        is_local_choice=True,
    ),
)
