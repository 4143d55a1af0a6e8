"""Fill an empty database with demo data: staff, customers and a year of requests."""

from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from requests_app.demo.profile import DAYS, DEFAULT_REQUESTS
from requests_app.demo.seeding import Wish, seed_city_year
from requests_app.domain.city_calendar import KNOWN_FROM
from requests_app.models import Customer, Employee, ServiceRequest
from requests_app.services.setup import set_up_city

# Late enough that a day has happened, early enough that its last answers are still to come.
STORY_ENDS = time(16)
EARLIEST = KNOWN_FROM + timedelta(days=DAYS)


class Command(BaseCommand):
    help = "Fill an empty database with demo data, the same for the same seed and end date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--requests", type=int, default=DEFAULT_REQUESTS, metavar="N", help="default 6000")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="default 1")
        parser.add_argument(
            "--until", type=date.fromisoformat, default=None, metavar="DATE", help="last day, default today"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = monotonic()
        until_at = _until_at(options["until"], timezone.localtime())
        if options["requests"] < 1:
            raise CommandError("--requests must be at least 1.")
        if any(model._default_manager.exists() for model in (ServiceRequest, Customer, Employee)):
            raise CommandError("The database is not empty: demo data goes into a new database only.")
        set_up_city(at=until_at - timedelta(days=DAYS))
        total = options["requests"]
        seed_city_year(
            Wish(total, options["seed"], until_at),
            progress=lambda done: self._say(f"{done} of {total} requests", options),
        )
        self._say(f"Demo data through {until_at:%Y-%m-%d %H:%M} in {monotonic() - started:.1f} s. Logins:", options)
        if options["verbosity"]:
            call_command("demo_logins", stdout=self.stdout)

    def _say(self, text: str, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(text)
            self.stdout.flush()


def _until_at(until: date | None, now: datetime) -> datetime:
    """Give the instant the story stops at: four on its last day, or the last full hour if that is still to come."""
    until = until or now.date()
    if not EARLIEST <= until <= now.date():
        raise CommandError(f"--until must be a date from {EARLIEST} through today.")
    story_ends = datetime.combine(until, STORY_ENDS, tzinfo=now.tzinfo)
    return min(story_ends, now.replace(minute=0, second=0, microsecond=0))
