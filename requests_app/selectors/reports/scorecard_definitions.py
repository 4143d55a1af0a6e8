"""What the figures mean that only the scorecard shows; the others stand where their own page counts them."""

from django.utils.translation import gettext_lazy as _

from requests_app.selectors.reports.definition import Definition

SCORECARD_DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        code="city_target",
        group="scorecard",
        name=_("The city’s target"),
        meaning=_(
            "The policy gives a number of days and says “generally”; the share behind that word, %(city_target)s, is a "
            "local choice that Human Resources confirm. Standards have their own. Every other judged share is compared "
            "with the city’s, which the policy does not ask for either."
        ),
        clause="III.b.ii.3, III.b.ii.4",
        is_local_choice=True,
    ),
    Definition(
        code="response",
        group="scorecard",
        name=_("Every first response"),
        meaning=_("The headline on-time rate over all standards together: first responses that had to wait."),
        formula=_("kept ÷ (kept + late + overdue)"),
        clause="III.a.ii",
    ),
    Definition(
        code="wrong-information",
        group="scorecard",
        name=_("Complaints caused by wrong information, of those with an outcome"),
        meaning=_("Complaints with a written outcome, by the day they came in: those tagged with that cause. A sign."),
        clause="III.a.ii, III.b.ii.2",
    ),
    Definition(
        code="manner",
        group="scorecard",
        name=_("Complaints caused by manner, of those with an outcome"),
        meaning=_("Complaints with a written outcome, by the day they came in: those tagged with that cause. A sign."),
        clause="III.b.i.1",
    ),
    Definition(
        code="staff-conduct",
        group="scorecard",
        name=_("Complaints about conduct, of complaints"),
        meaning=_("Complaints by the day they came in: those about how somebody behaved, upheld or not. A sign."),
        clause="III.a.i",
    ),
    Definition(
        code="compliments",
        group="scorecard",
        name=_("Compliments, of logged contacts"),
        meaning=_("Logged contacts by the day they came in: those of the kind compliment. A sign."),
        clause="III.a.i, III.b.i.1",
    ),
    Definition(
        code="dated",
        group="scorecard",
        name=_("With an answer-by date to tell, of contacts that had to wait"),
        meaning=_(
            "First responses that had to wait, by the day they began: those with an answer-by date worked out, which "
            "slip and reading-back name. That somebody told it is not recorded."
        ),
        formula=_("with a date ÷ had to wait"),
        clause="III.a.iii",
    ),
    Definition(
        code="receipted",
        group="scorecard",
        name=_("Given a receipt with standard and date, of contacts that had to wait"),
        meaning=_(
            "First responses that had to wait, by the day they began: those of which a receipt that names the date was "
            "mailed or printed. What was only read out is not recorded, so this has no target."
        ),
        formula=_("with a receipt that names a date ÷ had to wait"),
        clause="III.a.iii",
    ),
    Definition(
        code="recorded-soon",
        group="scorecard",
        name=_("Recorded soon after it came in, of logged contacts"),
        meaning=_(
            "Logged contacts typed in within %(backdated_after_minutes)s minutes of reaching the city: what is typed "
            "in later is an honest record only as far as memory goes. A voicemail or letter often is late."
        ),
        formula=_("recorded at − received at ≤ %(backdated_after_minutes)s min"),
        clause="III.a.iii",
        is_local_choice=True,
    ),
    Definition(
        code="put-off-openly",
        group="scorecard",
        name=_("Put off with reasons told, of complaint answers owed"),
        meaning=_(
            "Answers to complaints by the day they came to be owed: those whose date was put off, which is possible "
            "only once and with the reasons told to the complainant. Neither good nor bad, so without a target."
        ),
        clause="III.a.iii",
    ),
    Definition(
        code="told",
        group="scorecard",
        name=_("Told whether the date was kept"),
        meaning=_(
            "What a page to look up one’s own request would say. The city has no such page yet, and a receipt is given "
            "before anybody knows: so nothing records that it was told."
        ),
        clause="III.a.iii",
    ),
    Definition(
        code="owned",
        group="scorecard",
        name=_("Taken by somebody in time, of logged contacts"),
        meaning=_(
            "Logged contacts by the day they came in: those that somebody took before the limit for work without an "
            "owner, %(unowned_limit_business_hours)s business hours."
        ),
        formula=_("never past the limit without an owner ÷ logged"),
        clause="III.a.iv",
        is_local_choice=True,
    ),
    Definition(
        code="restricted-reads",
        group="scorecard",
        name=_("Opened by somebody with no other part in it, of openings of restricted requests"),
        meaning=_(
            "Each opening of a restricted request by somebody who never acted on it, wrote in it or owned it. Whether "
            "there was a need is to be explained; who it was is not told here."
        ),
        clause="III.b.i.4",
    ),
    Definition(
        code="signed-privacy",
        group="scorecard",
        name=_("Signed that people know the rules of privacy"),
        meaning=_("Signatures under the clause that stand for days of the period. Whether it is so, nobody computed."),
        clause="III.b.i.4",
    ),
    Definition(
        code="signed-texts",
        group="scorecard",
        name=_("Signed that the texts were read, in English and Spanish"),
        meaning=_("Signatures under the clause that stand for days of the period. Whether it is so, nobody computed."),
        clause="III.b.ii.1",
    ),
    Definition(
        code="full-answers",
        group="scorecard",
        name=_("Full answers rather than holding ones, of those answered"),
        meaning=_(
            "Answered e-mail and other writing that had to wait: those of which the first answer was the full one. The "
            "policy says acknowledge and answer, so the two are told apart."
        ),
        clause="III.b.ii.4",
    ),
    Definition(
        code="on-the-spot",
        group="scorecard",
        name=_("Answered on the spot, of logged contacts"),
        meaning=_("As in the report: requests finished while they were being logged. A sign of how far help went."),
        clause="III.b.iii.2",
    ),
    Definition(
        code="passed-on",
        group="scorecard",
        name=_("Given to somebody else at least once, of logged contacts"),
        meaning=_("Logged contacts by the day they came in: those given to another person or a queue, ever. A sign."),
        clause="III.b.iii.2",
    ),
    Definition(
        code="not-ours",
        group="scorecard",
        name=_("Sent back as not ours, of logged contacts"),
        meaning=_("Logged contacts by the day they came in: those a department sent back as not its own. A sign."),
        clause="III.b.iii.2",
    ),
    Definition(
        code="tally",
        group="scorecard",
        name=_("Answered on the spot, of visitors greeted (tally at the counter)"),
        meaning=_(
            "One tap for each visitor greeted at the counter: those tapped as answered at once. A sign; no logged "
            "contact is among them, and no other figure counts them."
        ),
        clause="III.b.iii.1",
    ),
    Definition(
        code="waiting",
        group="scorecard",
        name=_("Called to the counter, of visitors who checked in in sample weeks"),
        meaning=_(
            "Visitors who checked in at the counter in a week of the sample: those called. Beside it the median of how "
            "long they waited, in minutes, unless fewer than %(small_number)s were called. A sign."
        ),
        clause="III.b.iii.1",
    ),
    Definition(
        code="opening",
        group="scorecard",
        name=_("Opening checklist signed, of days the counter opened"),
        meaning=_("Days on which the counter opened by its calendar: those on which somebody signed the checklist."),
        formula=_("signed ÷ opened"),
        clause="III.b.iii.3",
    ),
    Definition(
        code="reminders",
        group="scorecard",
        name=_("Answered since, of reminders sent"),
        meaning=_("Reminders and notices of the ladder, by the day they were sent: those whose answer came since."),
        clause="III.d.i",
    ),
    Definition(
        code="excuses",
        group="scorecard",
        name=_("Decided, of excuses proposed"),
        meaning=_("Proposals that stand and can be decided, by the day they were made: those somebody decided."),
        clause="III.d.i",
    ),
    Definition(
        code="corrective",
        group="scorecard",
        name=_("Lines in the register of corrective action"),
        meaning=_(
            "Lines by the day acted on, for Human Resources while they keep the register; from 1 to below "
            "%(small_number)s only that there are some. Sworn staff are left out unless the register takes them in."
        ),
        clause="III.d.ii",
    ),
    Definition(
        code="review",
        group="scorecard",
        name=_("The yearly review is in date"),
        meaning=_(
            "Twelve months from the approval, or from the last review that was completed, are not over at the end of "
            "the period; of the running one, today."
        ),
        clause="III.e",
    ),
    Definition(
        code="contact",
        group="scorecard",
        name=_("Contact confirmed within a year"),
        meaning=_("Somebody of Human Resources confirmed within the year before how they are reached."),
        clause="III.f",
    ),
    Definition(
        code="asked",
        group="scorecard",
        name=_("Answered, of questions asked"),
        meaning=_("Questions about the policy asked here, by the day they were asked: those answered since."),
        formula=_("answered ÷ asked"),
        clause="III.f",
    ),
)
