"""What the policy leaves open: the default behind each choice, labelled `L` in every report that uses it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LocalChoices:
    """The local choices of DOMAIN 2; an instance is handed to the rules that depend on them."""

    left_message_counts: bool = True
    unowned_limit_business_hours: int = 4
    promise_limit_business_days: int = 10
    target_rate: float = 0.95  # behind "generally" in III.b.ii.3 and III.b.ii.4
    small_number: int = 5
    backdated_after_minutes: int = 60
    records_extension_limit_calendar_days: int = 14
    follow_up_attempts: int = 3  # III.b.v.3: after so many tries a complainant counts as not reached
    complaint_extension_limit_business_days: int = 10  # III.b.v.1, number a local choice
    counter_pin_hours: int = 12  # how long after a full sign-in a PIN opens that counter computer
    opening_check_minutes: int = 60  # III.b.iii.3: how long after the counter opens its checklist is late
    voicemail_check_hour: int = 10  # local hour of a business day by which the voicemail box is listened to
    counter_idle_minutes: int = 5  # after which a counter computer locks itself
    independent_recipient_name: str = ""  # for when HR or the city manager is concerned: DOMAIN 3
    independent_recipient_email: str = ""
    # NIST SP 800-63B-4, 2.2.3: at most an hour unused and 24 hours in all.
    sign_in_idle_minutes: int = 60
    sign_in_limit_hours: int = 12
    staff_reads_city_wide: bool = False  # DOMAIN 4: ordinary requests of every department, without their internal notes
    excusal_needs_whole_due_day: bool = True  # III.b.ii.3: without it any of the due day's hours is enough
    training_onboarding_days: int = 30  # III.c.i: how soon after the start; calendar days, number a local choice
    training_interval_months: int = 24  # III.c.i, "periodically": number a local choice
    holidays_address: str = ""  # III.a.iii: where customers find the days the offices are closed; named on receipts
    survey_by_mail: bool = True  # III.c.ii: residents are asked by mail after a request was closed
    survey_link_days: int = 30
    survey_quiet_days: int = 90  # nobody is asked twice within
    monthly_report_business_day: int = 3  # the business day of a month on which the report of the last one is made
    suggestion_decision_business_days: int = 30  # III.c.iii: from proposal to decision, number a local choice
    suggestion_reminder_business_days: int = 5  # how long before that day whoever decides is reminded
    suggestion_escalation_business_days: int = 5  # how long after it Human Resources are told as well
    feedback_reminder_calendar_days: int = 60  # III.c.ii: how long before a half-year ends its rounds are asked for
    busy_day_ratio: float = 1.5  # of the mean of a business day: from here a day is busy
    storm_day_ratio: float = 3.0  # and from here a storm
    few_logged_per_cent: int = 50  # of the weekday's median: below it a day has improbably few logged contacts
    audit_head_addresses: tuple[str, ...] = ()  # where the head of the audit trail is mailed each day


DEFAULT_CHOICES = LocalChoices()

# What Human Resources report on and remind of, theirs to choose (III.d.i). Not the small number: it also hides from
# them what a few colleagues said, and of two reports under two numbers the difference would tell.
REPORTING_CHOICES = frozenset({
    "target_rate",
    "few_logged_per_cent",
    "monthly_report_business_day",
    "training_onboarding_days",
    "training_interval_months",
    "suggestion_decision_business_days",
    "suggestion_reminder_business_days",
    "suggestion_escalation_business_days",
    "feedback_reminder_calendar_days",
    "busy_day_ratio",
    "storm_day_ratio",
})  # fmt: skip
