"""What the figures about answers owed mean: what is counted, on time, beside the rate, time to answer."""

from django.utils.translation import gettext_lazy as _

from requests_app.selectors.reports.definition import Definition

_RESPONSE = "III.b.ii.3, III.b.ii.4"
ANSWER_DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        code="logged_contacts",
        group="basis",
        name=_("Of logged contacts"),
        meaning=_(
            "Every figure is made of what was logged here. What nobody logged is invisible: no figure says how much "
            "that is."
        ),
    ),
    Definition(
        code="clock",
        group="basis",
        name=_("A clock"),
        meaning=_(
            "One obligation on one request, started by a contact that waits for an answer. It counts in the local "
            "month it started in, and for the department that had it when it was decided; while open, for the "
            "department that has it now."
        ),
        clause="III.a.iv",
        parts=("received",),
    ),
    Definition(
        code="as_of",
        group="basis",
        name=_("As known on"),
        meaning=_(
            "Counts what had been recorded by the end of that day, and what was overdue or excused then, by the "
            "department, channel, kind, language, targets and choices of that day. Who may see a request is judged "
            "as of now: what was restricted since is left out for whoever may not know of it."
        ),
    ),
    Definition(
        code="small_number",
        group="basis",
        name=_("Small numbers"),
        meaning=_(
            "With n below %(small_number)s there is no percentage and no verdict against the target, here and in the "
            "files; with n of nought there is no data. Percentages are rounded down."
        ),
        is_local_choice=True,
    ),
    Definition(
        code="finding",
        group="basis",
        name=_("A miss to explain"),
        meaning=_(
            "The policy says “generally” and “unless absent”: a late answer is a miss to explain. It is not by itself "
            "a finding of non-compliance."
        ),
        clause=_RESPONSE,
    ),
    Definition(
        code="on_time",
        group="rate",
        name=_("On time"),
        meaning=_(
            "The share of answers owed that were kept. The headline leaves out what was answered on the spot; the "
            "share of all contacts stands beneath it. The target of %(target)s behind “generally” is a local choice."
        ),
        formula=_("kept ÷ (kept + late + overdue)"),
        clause=_RESPONSE,
        parts=("n", "waited_n", "waited_missed", "waited_answered"),
        is_local_choice=True,
    ),
    Definition(
        code="kept",
        group="rate",
        name=_("Kept"),
        meaning=_(
            "A personal answer was given at or before the answer-by date. An automatic reply and an internal note are "
            "no answers."
        ),
        formula=_("answered at ≤ answer by"),
        clause=_RESPONSE,
        parts=("met", "waited_met"),
    ),
    Definition(
        code="late",
        group="rate",
        name=_("Late"),
        meaning=_("A personal answer was given after the answer-by date, and no excuse stands."),
        formula=_("answered at > answer by"),
        clause=_RESPONSE,
        parts=("late", "waited_late"),
    ),
    Definition(
        code="overdue",
        group="rate",
        name=_("Overdue"),
        meaning=_("Not answered, the answer-by date has passed, and no excuse stands."),
        formula=_("no answer, and now > answer by"),
        clause=_RESPONSE,
        parts=("overdue", "waited_overdue"),
    ),
    Definition(
        code="open",
        group="beside",
        name=_("Open, not yet due"),
        meaning=_("Not answered, and the answer-by date has not passed or is not worked out yet."),
        parts=("open",),
    ),
    Definition(
        code="excused",
        group="beside",
        name=_("Late answer excused"),
        meaning=_(
            "Late or overdue, with a supervisor’s decision and reason that stands. An answer that was on time counts "
            "as kept all the same."
        ),
        clause=_RESPONSE,
        parts=("excused",),
    ),
    Definition(
        code="cancelled",
        group="beside",
        name=_("Cancelled"),
        meaning=_("Nobody needs the answer any more: withdrawn, spam or a wrong number, with the reason."),
        parts=("cancelled",),
    ),
    Definition(
        code="merged",
        group="beside",
        name=_("Merged"),
        meaning=_(
            "The request turned out to be the same matter as another. Merging never takes a decided clock out of the "
            "rate."
        ),
        parts=("merged",),
    ),
    Definition(
        code="corrected",
        group="beside",
        name=_("Corrected"),
        meaning=_("A supervisor changed a recorded fact, with a reason; a mark on a clock counted as it is now."),
        parts=("corrected",),
    ),
    Definition(
        code="recorded_late",
        group="beside",
        name=_("Recorded late"),
        meaning=_("Answered on time, but typed in after the answer-by date; a mark on a clock that counts as kept."),
        clause=_RESPONSE,
        parts=("recorded_late",),
    ),
    Definition(
        code="holding_only",
        group="beside",
        name=_("Holding answer only"),
        meaning=_(
            "Somebody was named and a date given; the full answer came later or is still to come. The policy says "
            "acknowledge and answer, so the two are told apart."
        ),
        clause="III.b.ii.4",
        parts=("holding_only",),
    ),
    Definition(
        code="median",
        group="times",
        name=_("Median time to answer"),
        meaning=_(
            "Whole minutes of business time from start to answer, of kept and late clocks that had to wait: the value "
            "in the middle."
        ),
        formula=_("nearest rank, 50 of 100"),
        clause=_RESPONSE,
        parts=("timed",),
    ),
    Definition(
        code="p90",
        group="times",
        name=_("9 of 10 answered within"),
        meaning=_("Of the same clocks, the business time that nine of ten do not exceed."),
        formula=_("nearest rank, 90 of 100"),
        clause=_RESPONSE,
    ),
    Definition(
        code="histogram",
        group="times",
        name=_("How long answers took"),
        meaning=_(
            "The same answers sorted by hours of business time; each bar begins where the one before ends and leaves "
            "its end out."
        ),
        clause=_RESPONSE,
    ),
)
