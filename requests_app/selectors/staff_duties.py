"""Which pages about staff are whose duty: training, suggestions, thanks (III.c, III.d.iii)."""

from django.utils.translation import gettext_lazy as _

from requests_app.domain.vocabulary import Role
from requests_app.selectors.duty import Duty

STAFF_DUTIES: tuple[Duty, ...] = (
    Duty(
        "training_roster",
        _("Training"),
        _("Who took the customer-service courses, who still has to, and by when."),
        "clipboard-check",
        frozenset({Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR}),
    ),
    Duty(
        "improvement_list",
        _("Suggestions"),
        _("What staff proposes: discuss it, decide it in time with a reason, say when it is done."),
        "chat-dots",
        frozenset({Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR}),
    ),
    Duty(
        "commendations",
        _("Commendations"),
        _("Drafts for people who were thanked: finish the words, give them, or lay them aside."),
        "seal",
        frozenset({Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.HR}),
    ),
    Duty(
        "recognition_register",
        _("Recognition"),
        _("Commendations, thanks of colleagues and awards, by department; counted, without a target."),
        "seal",
        frozenset({Role.SUPERVISOR, Role.DEPARTMENT_HEAD, Role.CITY_MANAGER, Role.HR}),
    ),
)
