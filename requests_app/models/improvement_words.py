"""What each stored code of a suggestion is called on screen."""

from django.utils.translation import gettext_lazy as _

from requests_app.domain.improvements import ImprovementState
from requests_app.models.labels import Labels

IMPROVEMENT_STATES: Labels = {
    ImprovementState.OPEN: _("waits for a decision"),
    ImprovementState.ADOPTED: _("adopted, to be done"),
    ImprovementState.DONE: _("adopted and done"),
    ImprovementState.DECLINED: _("not adopted"),
}
