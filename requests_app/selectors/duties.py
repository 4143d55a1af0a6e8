"""Which pages of running the service desk are whose: the one table behind the overview and its line in the rail."""

from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Role
from requests_app.selectors.access import Actor
from requests_app.selectors.compliance_duties import COMPLIANCE_DUTIES
from requests_app.selectors.coverage import COVERING
from requests_app.selectors.duty import Duty
from requests_app.selectors.staff_duties import STAFF_DUTIES

_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_DIRECTORY = frozenset({Role.ADMINISTRATOR, Role.HR})

DUTIES: tuple[Duty, ...] = (
    Duty(
        "upkeep",
        _("This month"),
        _("What needs somebody: holidays, leavers, mail, disk, backups. One button each."),
        "list-check",
        _ADMINISTRATOR,
    ),
    Duty(
        "coverage",
        _("Coverage"),
        _("Answers due on the next days whose owner is away, who stands in, and where nobody does."),
        "people",
        frozenset(COVERING),
    ),
    Duty(
        "watchdog_page",
        _("Health"),
        _("What should have happened and did not: clocks, owners, notices, greetings, calendars, the beat."),
        "bell",
        _ADMINISTRATOR,
    ),
    Duty(
        "first_run",
        _("First run"),
        _("What the policy leaves open, each question with its answer, to be confirmed."),
        "question-circle",
        _ADMINISTRATOR,
    ),
    Duty(
        "people_list",
        _("People"),
        _("Who works for the city, in what role, who stands in, who can sign in, who has left."),
        "people",
        _DIRECTORY,
    ),
    Duty(
        "department_tree",
        _("Departments"),
        _("The tree of departments and divisions, with head, supervisor and telephone."),
        "building",
        _DIRECTORY,
    ),
    Duty(
        "calendar_list",
        _("Calendars"),
        _("Business days, holidays, closures and hours, and which answer-by dates a change moves."),
        "calendar3",
        _DIRECTORY,
    ),
    Duty(
        "standard_list",
        _("Standards"),
        _("How soon an answer is owed, in versions with a date, and what another number would have meant."),
        "clock",
        _DIRECTORY,
    ),
    Duty(
        "category_list",
        _("Categories"),
        _("What people call about in their own words, and whom it goes to."),
        "journal-text",
        _DIRECTORY,
    ),
    Duty(
        "ladder",
        _("Reminder ladder"),
        _("Whom to remind before an answer is due, and whom to tell once it is late."),
        "bell",
        _DIRECTORY,
    ),
    Duty(
        "counter_devices",
        _("Counter computers"),
        _("Computers several people share: lock, and switch person with a PIN."),
        "pc-display",
        frozenset({Role.ADMINISTRATOR}),
    ),
    Duty(
        "city_settings",
        _("Settings of the city"),
        _("What the policy leaves open: target, limits and reminders; for administrators promises and sign-ins too."),
        "gear",
        _DIRECTORY,
    ),
    Duty("on_call", _("On-call numbers"), _("Whom to call in danger, at which hours."), "telephone", _ADMINISTRATOR),
    Duty(
        "referral_cards",
        _("Referral cards"),
        _("Other agencies people are sent to: what they handle, telephone, hours; each checked once a year."),
        "arrow-left-right",
        _ADMINISTRATOR,
    ),
    Duty(
        "notice_texts",
        _("Texts"),
        _("What customers are read back and what mails say, in English and Spanish."),
        "chat-dots",
        _ADMINISTRATOR,
    ),
    Duty(
        "mails",
        _("Mail"),
        _("Try whether mail leaves; what was given up, and why."),
        "envelope",
        _ADMINISTRATOR,
    ),
    Duty(
        "records_log",
        _("Records log"),
        _("Records requests with their determinations, extensions and exemptions."),
        "file-earmark-text",
        frozenset({Role.RECORDS_CLERK}),
    ),
    Duty(
        "disposals",
        _("Disposal of records"),
        _("What is due, who approves and consents, and the certificates."),
        "archive",
        frozenset({Role.RECORDS_CLERK, Role.HR, Role.ATTORNEY, Role.CITY_MANAGER, Role.DEPARTMENT_HEAD}),
    ),
    Duty(
        "retention_periods",
        _("Retention of records"),
        _("How many years each class is kept, and on what ground."),
        "hourglass-split",
        frozenset({Role.RECORDS_CLERK}),
    ),
    Duty(
        "purges",
        _("Purges"),
        _("Card and social security numbers that have to go for good."),
        "trash3",
        frozenset({Role.RECORDS_CLERK, Role.ATTORNEY, Role.HR}),
    ),
    Duty(
        "enterprise_catalog",
        _("Catalog of enterprise systems"),
        _("The entry of this product, ready to copy (SB 272)."),
        "journal-text",
        frozenset({Role.RECORDS_CLERK, Role.ADMINISTRATOR}),
    ),
    Duty(
        "packet_list",
        _("Sealed packets"),
        _("The figures of a closed month in a file that proves itself, with every revision and what changed."),
        "seal",
        frozenset({Role.HR, Role.CITY_MANAGER, Role.AUDITOR}),
    ),
    *COMPLIANCE_DUTIES,
    Duty(
        "excusal_list",
        _("Excuses"),
        _("Late answers of people who were away without notice: excuse them, or not, each with a reason."),
        "dash-circle",
        frozenset({Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR}),
    ),
    Duty(
        "what_if",
        _("What if"),
        _("What other days, another calendar or another target would have meant for the answers of a period."),
        "arrow-counterclockwise",
        frozenset({Role.HR, Role.CITY_MANAGER}),
    ),
    Duty(
        "approved_forms",
        _("Approved forms"),
        _("Forms and processes the city approved, and the city's own procedure form for complaints."),
        "file-earmark-text",
        frozenset({Role.RECORDS_CLERK, Role.ADMINISTRATOR}),
    ),
    Duty(
        "legal_holds",
        _("Legal holds"),
        _("Requests that must be kept for a claim, a case or an audit."),
        "shield-lock",
        frozenset({Role.RECORDS_CLERK}),
    ),
    Duty(
        "backups",
        _("Backups"),
        _("Whether a backup was proven to restore, and whether a restored copy may send."),
        "arrow-counterclockwise",
        _ADMINISTRATOR,
    ),
    Duty(
        "audit_trail",
        _("Audit trail"),
        _("Who did what, who read what is restricted, who signed in; and whether the record is whole."),
        "seal",
        frozenset({Role.AUDITOR, Role.HR, Role.ADMINISTRATOR}),
    ),
    Duty(
        "recovery_list",
        _("Lost second factors"),
        _("Confirm who somebody is who lost phone or passkey, so that they get in once and set up a new one."),
        "shield-lock",
        frozenset({Role.HR}),
    ),
    Duty(
        "policy_review_list",
        _("Review of the policy"),
        _("When the yearly review is due, its rounds and open questions, and the next version of the text."),
        "journal-text",
        frozenset({Role.HR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.AUDITOR}),
    ),
    Duty(
        "corrective_switch",
        _("Corrective action"),
        _("Whether a register is kept, and its lines: date, rule, file reference. For Human Resources only."),
        "lock",
        frozenset({Role.HR}),
    ),
    Duty(
        "attestation_list",
        _("Attestations of the policy"),
        _("Who has said that they read the policy, contractors, volunteers and people without a login included."),
        "clipboard-check",
        frozenset({Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR}),
    ),
    Duty(
        "feedback",
        _("Feedback"),
        _("What residents and colleagues say, how many answer, and which department has yet to ask."),
        "chat-dots",
        frozenset({Role.HR, Role.CITY_MANAGER, Role.AUDITOR, Role.SUPERVISOR, Role.DEPARTMENT_HEAD}),
    ),
    Duty(
        "greeting_list",
        _("Greetings"),
        _("Greetings and automatic replies of those who are away: set, looked at, taken down."),
        "voicemail",
        frozenset({Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR, Role.ADMINISTRATOR}),
    ),
    Duty(
        "records_exports",
        _("Public-records exports"),
        _("Copies of requests for whoever asked for them, with a log of what was withheld."),
        "archive",
        frozenset({Role.RECORDS_CLERK, Role.HR}),
    ),
    Duty(
        "opening_checklist",
        _("Opening checklist"),
        _("What the front desk signs each day the counter opens."),
        "clipboard-check",
        frozenset({Role.ADMINISTRATOR}),
    ),
    *STAFF_DUTIES,
)


def duties_of(actor: Actor) -> list[Duty]:
    """List the duties of an actor, in the order of the table."""
    return [duty for duty in DUTIES if actor.holds(*duty.roles)]
