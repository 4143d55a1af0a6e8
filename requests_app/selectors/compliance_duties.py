"""The duties about compliance: figures, the scorecard, questions about the policy."""

from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Role
from requests_app.selectors.duty import Duty

COMPLIANCE_DUTIES: tuple[Duty, ...] = (
    Duty(
        "scorecard",
        _("Scorecard"),
        _("Every clause of the policy: how it is measured, the figure, and the evidence behind it."),
        "seal",
        frozenset({Role.HR, Role.CITY_MANAGER, Role.AUDITOR, Role.SUPERVISOR, Role.DEPARTMENT_HEAD}),
    ),
    Duty(
        "question_list",
        _("Questions about the policy"),
        _("What people asked, to be answered; and whether the contact everybody sees is right."),
        "question-circle",
        frozenset({Role.HR}),
    ),
    Duty(
        "complaint_register",
        _("Complaint register"),
        _("Complaints by subject, outcome and time taken, and the half-yearly report to the council."),
        "bar-chart",
        frozenset({Role.HR, Role.CITY_MANAGER, Role.AUDITOR}),
    ),
    Duty(
        "excusal_figures",
        _("Excused answers"),
        _("What share of late answers each department excuses, and how many absences were recorded only afterwards."),
        "bar-chart",
        frozenset({Role.HR}),
    ),
)
