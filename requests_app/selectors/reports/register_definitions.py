"""What the figures of the registers mean: training, feedback, suggestions, recognition, and what machines counted."""

from django.utils.translation import gettext_lazy as _

from requests_app.selectors.reports.definition import Definition

REGISTER_DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        code="counted",
        group="coverage",
        name=_("Counted"),
        meaning=_(
            "Calls, voicemail and mails by day and department, as the machine says. The newest number for a day stands."
        ),
        parts=("coverage.counted", "coverage.days"),
    ),
    Definition(
        code="logged",
        group="coverage",
        name=_("Logged"),
        meaning=_(
            "Calls, voicemail and mails that came in and were logged here on the days that were counted, each contact "
            "for itself; a division without counts of its own counts for the department above it."
        ),
        formula=_("logged ÷ counted, at most all"),
        parts=("coverage.logged",),
    ),
    Definition(
        code="not_logged",
        group="coverage",
        name=_("Not logged"),
        meaning=_("Counted and not logged, day by day: more logged than counted on one day makes up for no other day."),
        parts=("coverage.missing",),
    ),
    Definition(
        code="few_logged",
        group="coverage",
        name=_("Days with improbably few"),
        meaning=_(
            "Business days with fewer than %(few_logged_per_cent)s of a hundred of what is usual: the median of that "
            "weekday in the period and the eight weeks before it, over business days. Small departments are not judged."
        ),
        parts=("coverage.usual",),
        is_local_choice=True,
    ),
    Definition(
        code="trained",
        group="training",
        name=_("In date with training, of those who owe it"),
        meaning=_(
            "Every course that is asked of the person was taken, and none is to be taken again yet. Of the roster, "
            "people without a login included; departments take in their divisions. Below %(small_number)s there is no "
            "percentage; of one person there is no share at all."
        ),
        formula=_("in date ÷ (in date + overdue)"),
        clause="II, III.c.i",
        parts=("training.in_date", "training.n"),
    ),
    Definition(
        code="training_overdue",
        group="training",
        name=_("Training overdue"),
        meaning=_("The day by which a course was to be taken, or taken again, is over. An absence puts no date off."),
        clause="III.c.i",
        parts=("training.overdue",),
    ),
    Definition(
        code="training_pending",
        group="training",
        name=_("Training not due yet"),
        meaning=_(
            "Something was not taken yet, and there is still time: %(training_onboarding_days)s days from the start; "
            "again every %(training_interval_months)s months. These stand beside the share, never in it."
        ),
        clause="III.c.i",
        parts=("training.pending",),
        is_local_choice=True,
    ),
    Definition(
        code="policy-signed",
        group="training",
        name=_("Have signed the newest version put to them, of the whole roster"),
        meaning=_(
            "Everybody on the roster, with a login or without: those who have attested the version of the newest "
            "round, themselves or on paper."
        ),
        formula=_("attested ÷ on the roster"),
        clause="II, III.e",
    ),
    Definition(
        code="feedback_asked",
        group="feedback",
        name=_("Asked"),
        meaning=_(
            "By mail or slip, once for a closed request, about ordinary matters that ended in an answer; no colleague, "
            "and nobody twice in %(survey_quiet_days)s days. A link works for %(survey_link_days)s days. A mail that "
            "was given up asked nobody."
        ),
        formula=_("response rate: answered ÷ asked"),
        clause="III.c.ii",
        parts=("feedback.asked", "feedback.by_slip", "feedback.answered"),
        is_local_choice=True,
    ),
    Definition(
        code="residents-agree",
        group="feedback",
        name=_("Residents who agree, of those who answered"),
        meaning=_(
            "“Agree” and “strongly agree”, of those who ticked that statement; by department and month of all "
            "statements together. Counted in the month of asking: a period counts the whole calendar months it "
            "touches, whatever its days. An opinion, never a share of compliance."
        ),
        formula=_("(agree + strongly agree) ÷ ticked"),
        clause="III.a.i, III.b.i.1, III.b.i.2, III.b.i.3, III.b.ii.1, III.b.ii.2",
        parts=("feedback.agree",),
    ),
    Definition(
        code="staff-agree",
        group="feedback",
        name=_("Colleagues who agree, of those who answered"),
        meaning=_(
            "The same of the anonymous pulse among staff, by the last day of a round, once it is over. An opinion, "
            "never a share of compliance."
        ),
        formula=_("(agree + strongly agree) ÷ ticked"),
        clause="III.b.iv.1, III.b.iv.2, III.b.iv.3, III.b.iv.4, III.b.iv.5",
    ),
    Definition(
        code="feedback_few",
        group="feedback",
        name=_("Too few to show"),
        meaning=_(
            "Below %(small_number)s answers there is n and nothing else. A month of few is told of with the months "
            "after it, and waits until they are enough. Where what is hidden could be worked out from the rest, the "
            "smallest of the rest is hidden with it, and so is a department that is asked for by itself."
        ),
        is_local_choice=True,
    ),
    Definition(
        code="feedback_nobody",
        group="feedback",
        name=_("Nobody stands behind a figure"),
        meaning=_(
            "Answers are kept without a request, a person or a day, so there is no list behind them. An opinion of "
            "those who answered, not by itself a finding of non-compliance."
        ),
    ),
    Definition(
        code="feedback-sought",
        group="feedback",
        name=_("Asked residents and staff in this half year, of departments"),
        meaning=_(
            "Departments right below the city, divisions with theirs, that asked both residents and staff in the half "
            "year the period ends in. Asking counts, not being answered."
        ),
        formula=_("asked both ÷ departments"),
        clause="III.c.ii",
        parts=("feedback.owed",),
        is_local_choice=True,
    ),
    Definition(
        code="decided-in-time",
        group="improvements",
        name=_("Decided in time with a reason, of suggestions due"),
        meaning=_(
            "Suggestions proposed in the period whose decision is due: within %(suggestion_decision_business_days)s "
            "business days. What still has time stands beside the share, never in it."
        ),
        formula=_("in time ÷ (in time + late + overdue)"),
        clause="III.a.v, III.c.iii",
        parts=tuple(f"improvements.{part}" for part in ("in_time", "late", "overdue", "waiting", "this_week", "due")),
        is_local_choice=True,
    ),
    Definition(
        code="adopted",
        group="improvements",
        name=_("Adopted, of suggestions proposed"),
        meaning=_("Suggestions proposed in the period that were adopted, done or not; the others declined or open."),
        formula=_("(adopted + done) ÷ proposed"),
        clause="III.a.v, III.c.iii",
        parts=tuple(f"improvements.{part}" for part in ("proposed", "adopted", "done", "declined")),
    ),
    Definition(
        code="referred",
        group="referrals",
        name=_("Referred with a card, of the last twelve months"),
        meaning=_(
            "Requests that ended as referred to another agency with its card, by the instant they were closed; one "
            "that was reopened counts no longer. Only requests are counted that the reader may read."
        ),
        parts=("referrals.referred",),
    ),
    Definition(
        code="commendation",
        group="recognition",
        name=_("Commendations given"),
        meaning=_(
            "Commendations out of ordinary compliments, by the day they were given and the department of whoever was "
            "commended. Permitted, not demanded: no target, and nobody is ranked. What was taken back counts no longer."
        ),
        clause="III.d.iii",
        parts=("recognition.commendation",),
    ),
    Definition(
        code="award",
        group="recognition",
        name=_("Awards given"),
        meaning=_("Awards recorded by Human Resources or the city manager, by the day they were given."),
        clause="III.d.iii",
        parts=("recognition.award",),
    ),
    Definition(
        code="thanks",
        group="recognition",
        name=_("Thanks between colleagues"),
        meaning=_("How often one colleague thanked another here, by the department of whoever was thanked. A sign."),
        clause="III.b.iv.5",
        parts=("recognition.thanks",),
    ),
)
