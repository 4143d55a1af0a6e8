"""What each stored code of the training register is called on screen."""

from django.utils.translation import gettext_lazy as _

from requests_app.domain.trainings import CourseKind, Standing
from requests_app.models.labels import Labels

COURSE_KINDS: Labels = {
    CourseKind.ONBOARDING: _("Once, on starting"),
    CourseKind.PERIODIC: _("Periodically"),
    CourseKind.BOTH: _("On starting, then periodically"),
}

STANDINGS: Labels = {
    Standing.IN_DATE: _("In date"),
    Standing.PENDING: _("Not due yet"),
    Standing.OVERDUE: _("Overdue"),
}
