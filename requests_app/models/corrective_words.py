"""Why something about the register of corrective action was refused, in words (III.d.ii)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.domain.corrective_actions import CorrectiveRefusal

CORRECTIVE_REFUSALS: Mapping[CorrectiveRefusal, str | Promise] = {
    CorrectiveRefusal.ROLE: _("Only Human Resources do that."),
    CorrectiveRefusal.OFF: _("The register is off."),
    CorrectiveRefusal.SWORN: _("Sworn staff are left out. Their discipline has a law of its own."),
    CorrectiveRefusal.ONESELF: _("Nobody keeps the register about themselves. Ask somebody else in Human Resources."),
    CorrectiveRefusal.NO_RULE: _("Cite the rule by its number, at most 40 characters: “Rule 12.3”."),
    CorrectiveRefusal.NO_REFERENCE: _(
        "Give the reference of the personnel file, at most 30 characters without blanks: “PF-2026-014”."
    ),
    CorrectiveRefusal.IN_FUTURE: _("That day is still to come. Check the date."),
    CorrectiveRefusal.CLOSED_BEFORE: _("It cannot be closed before it was taken. Check both dates."),
    CorrectiveRefusal.RECORDED_ALREADY: _("The register has that line already."),
}


def corrective_refusal_text(refusal: CorrectiveRefusal) -> str:
    """Put a refusal into the reader's language."""
    return str(CORRECTIVE_REFUSALS[refusal])
