"""Show a year's closures as the holiday rules give them, and confirm them when told to."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from requests_app.domain.calendar_errors import InvalidCalendar
from requests_app.domain.holidays import closures_for_year, collisions
from requests_app.models import Calendar
from requests_app.selectors.access import SYSTEM
from requests_app.services.calendars import confirm_year, recompute_open_clocks


class Command(BaseCommand):
    help = "Show the city's holidays of a year with collisions; with --confirm, add them to a calendar and confirm it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the year, the calendar and whether to confirm."""
        parser.add_argument("year", type=int)
        parser.add_argument("--calendar", default=Calendar.RESPONSE, help="response (deadlines) or counter")
        parser.add_argument("--confirm", action="store_true", help="add what is missing and confirm the calendar")

    def handle(self, *args: Any, **options: Any) -> None:
        """List the closures, warn of collisions, confirm if asked."""
        closures = closures_for_year(options["year"])
        for closure in closures:
            self.stdout.write(f"{closure.on:%a %d %b %Y}  {closure.name}")
        for collision in collisions(closures):
            together = " and ".join(collision.names)
            self.stderr.write(f"warning: {together} fall on {collision.on:%a %d %b %Y}; move one, or lose a day off.")
        if options["confirm"]:
            self._confirm(options["calendar"], options["year"])
        else:
            self.stdout.write("Nothing was changed. Add --confirm to confirm this list.")

    def _confirm(self, slug: str, year: int) -> None:
        calendar = Calendar.objects.filter(slug=slug).first()
        if calendar is None:
            raise CommandError(f"There is no calendar named {slug}. Run setup_city first.")
        now = timezone.now()
        try:
            version = confirm_year(calendar_id=calendar.pk, year=year, actor=SYSTEM, at=now)
        except InvalidCalendar as error:
            raise CommandError(str(error)) from error
        moved = recompute_open_clocks(calendar_id=calendar.pk, actor=SYSTEM, at=now)
        self.stdout.write(f"Confirmed as version {version.number}. {moved} answer-by dates moved later.")
