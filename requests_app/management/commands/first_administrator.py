"""Let the first administrator of a new installation in; everybody else is let in on the pages."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from requests_app.domain.refusals import ActionRefused
from requests_app.models import Department
from requests_app.services.logins import AdministratorExists, invite_first_administrator
from requests_app.services.refusals import refusal_text


class Command(BaseCommand):
    """Invite one person as administrator where nobody can sign in yet; asked again, give a new link."""

    help = "Make the first administrator of a new installation and print the link that sets the password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address to sign in with, and the name."""
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--name", default="", help="as colleagues write it; without, the address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Invite the person and print the link, which is mailed as well."""
        email = options["email"].strip()
        try:
            validate_email(email)
            url = invite_first_administrator(email=email, name=options["name"].strip(), at=timezone.now())
        except ValidationError as invalid:
            raise CommandError(f"{email} is no e-mail address.") from invalid
        except Department.DoesNotExist as missing:
            raise CommandError("There is no department yet. Run setup_city first.") from missing
        except AdministratorExists as exists:
            raise CommandError(
                "An administrator has signed in before: people are let in under Administration, People."
            ) from exists
        except ActionRefused as refused:
            raise CommandError(refusal_text(refused)) from refused
        self.stdout.write(f"{email} administers the city. The link to choose a password, mailed as well:\n{url}")
