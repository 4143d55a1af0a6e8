"""What the figures about complaints mean: each table of their register, its times, and what went up."""

from django.utils.translation import gettext_lazy as _

from requests_app.selectors.reports.definition import Definition

# The tables of the register; a table takes its title and its meaning from here.
TABLE_DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        code="complaint_subject",
        group="complaints",
        name=_("Subject"),
        meaning=_("What the complaint is about, as recorded now."),
        clause="III.b.v.1",
        parts=("complaints.subject",),
    ),
    Definition(
        code="complaint_department",
        group="complaints",
        name=_("Department"),
        meaning=_(
            "The department that has the complaint now, with its divisions; asked for by itself, division by division."
        ),
        clause="III.b.v.1",
        parts=("complaints.department",),
    ),
    Definition(
        code="complaint_outcome",
        group="complaints",
        name=_("Outcome"),
        meaning=_("The last written outcome; after a review that of the review."),
        clause="III.b.v.1",
        parts=("complaints.outcome",),
    ),
    Definition(
        code="complaint_stage",
        group="complaints",
        name=_("Stage"),
        meaning=_("The first stage, or the review by somebody who did not decide the first."),
        clause="III.b.v.2",
        parts=("complaints.stage",),
    ),
    Definition(
        code="complaint_acknowledgement",
        group="complaints",
        name=_("Acknowledgement"),
        meaning=_(
            "Each obligation to acknowledge a complaint personally, and how it was kept. The number is a local choice."
        ),
        clause="III.b.v.1",
        parts=("complaints.acknowledgement",),
        is_local_choice=True,
    ),
    Definition(
        code="complaint_answer",
        group="complaints",
        name=_("Answer"),
        meaning=_(
            "Each obligation to answer a complaint in writing, and how it was kept; opened again, it is owed once "
            "more. The number is a local choice."
        ),
        clause="III.b.v.1",
        parts=("complaints.answer",),
        is_local_choice=True,
    ),
    Definition(
        code="complaint_extended",
        group="complaints",
        name=_("Extension of the answer"),
        meaning=_("Obligations to answer whose date was put off once, with reasons told to the complainant."),
        clause="III.a.iii",
        parts=("complaints.extended",),
    ),
    Definition(
        code="complaint_escalation",
        group="complaints",
        name=_("Escalation"),
        meaning=_("The highest level a complaint was passed up to, by somebody or because nobody accepted it in time."),
        clause="III.b.v.2",
        parts=("complaints.escalation",),
    ),
    Definition(
        code="complaint_follow_up",
        group="complaints",
        name=_("Follow-up"),
        meaning=_("What the complainant said last after the answer; the answer stands in writing before it."),
        clause="III.b.v.3",
        parts=("complaints.follow_up",),
    ),
    Definition(
        code="complaint_root_cause",
        group="complaints",
        name=_("Cause"),
        meaning=_("What the complaint taught the city, as tagged with its last written outcome."),
        clause="III.a.ii, III.e",
        parts=("complaints.root_cause",),
    ),
)
COMPLAINT_DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        code="complaints",
        group="complaints",
        name=_("Complaints"),
        meaning=_(
            "Complaints and concerns that reached the city in the period, by the local date, and that the reader may "
            "know of. What nobody logged is not counted."
        ),
        clause="III.b.v.1",
    ),
    *TABLE_DEFINITIONS,
    Definition(
        code="complaint_kept",
        group="complaints",
        name=_("Kept, late, overdue now, open"),
        meaning=_(
            "Kept: done at or before the answer-by date. Late: after it. Overdue now: not done, and the date has "
            "passed. Open: not done, and the date has not passed."
        ),
        clause="III.b.v.1",
    ),
    Definition(
        code="complaint_times",
        group="complaints",
        name=_("Median, 9 of 10 within"),
        meaning=_(
            "Business time from start to end of what was kept or late, in business days of as many hours as the "
            "city’s calendar says: the value in the middle, and the one that nine of ten do not exceed."
        ),
        formula=_("nearest rank, 50 and 90 of 100"),
        clause="III.b.v.1",
    ),
    Definition(
        code="complaint_withheld",
        group="complaints",
        name=_("Withheld"),
        meaning=_(
            "Numbers from 1 to below %(small_number)s, and beside them as many others of the same table as it takes "
            "that none can be worked out. Nought is shown."
        ),
        is_local_choice=True,
    ),
    Definition(
        code="complaint_people",
        group="complaints",
        name=_("No complaint counts against a person"),
        meaning=_(
            "No figure goes by whom a complaint is about, who owns it or who decided it; “not upheld” enters no "
            "figure about anybody."
        ),
    ),
    Definition(
        code="escalated",
        group="scorecard",
        name=_("Passed upwards, of complaints that were late or not resolved"),
        meaning=_(
            "Owed: complaints of which an acknowledgement, an answer or a follow-up was or is late, or whose "
            "complainant said “not resolved”. Of them those that were passed up at all, by somebody or by time."
        ),
        formula=_("passed upwards ÷ (late or not resolved)"),
        clause="III.b.v.2",
        parts=("escalations.owed", "escalations.escalated"),
    ),
    Definition(
        code="followed-up",
        group="scorecard",
        name=_("Closed with a follow-up outcome, of answered complaints that were closed"),
        meaning=_("Complaints with a written outcome, by the day they were closed: those whose follow-up has one too."),
        formula=_("with a follow-up outcome ÷ answered and closed"),
        clause="III.b.v.3",
    ),
)
