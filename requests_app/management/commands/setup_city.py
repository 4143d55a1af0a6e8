"""Set up the city's departments, calendars, standards, ladder, categories and on-call numbers."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from requests_app.services.setup import set_up_city


class Command(BaseCommand):
    help = "Add the reference data that is missing: departments, calendars, standards, ladder, categories, numbers."

    def handle(self, *args: object, **options: object) -> None:
        set_up_city(at=timezone.now())
        self.stdout.write("The city is set up.")
