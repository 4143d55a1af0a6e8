"""Print who can sign in to the demo."""

from typing import Any

from django.core.management.base import BaseCommand

from requests_app.demo.logins import DEMO_LOGINS, DEMO_PASSWORD


class Command(BaseCommand):
    help = "Print the demo logins, one per role."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for role, email in DEMO_LOGINS:
            self.stdout.write(f"  {role!s:<16} {email}")
        self.stdout.write(f"  password for all: {DEMO_PASSWORD}")
