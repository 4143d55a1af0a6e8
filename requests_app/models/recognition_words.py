"""What each kind of recognition is called on screen."""

from django.utils.translation import gettext_lazy as _

from requests_app.domain.recognition import RecognitionKind
from requests_app.models.labels import Labels

RECOGNITION_KINDS: Labels = {
    RecognitionKind.COMMENDATION: _("Commendations"),
    RecognitionKind.THANKS: _("Thanks of colleagues"),
    RecognitionKind.AWARD: _("Awards"),
}
