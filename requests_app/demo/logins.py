"""Who can sign in to the demo, one per role. The password is public: never load demo data where real people work."""

from django.utils.translation import gettext_lazy as _

DEMO_PASSWORD = "pinole-demo-counter"  # noqa: S105  # printed at start; the demo has no secrets  # nosec B105
DEMO_LOGINS = [
    (_("Front desk"), "frontdesk@pinole.example"),
    (_("Staff"), "staff@pinole.example"),
    (_("Supervisor"), "supervisor@pinole.example"),
    (_("Human resources"), "hr@pinole.example"),
    (_("Administrator"), "admin@pinole.example"),
]
