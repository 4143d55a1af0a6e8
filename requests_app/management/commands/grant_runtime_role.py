"""Narrow the role under which the product runs on PostgreSQL."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from requests_app.services.runtime_role import UnfitRole, grant_runtime_role


class Command(BaseCommand):
    help = (
        "Let a role of PostgreSQL do what the product does and no more: of the audit trail read, add and seal. "
        "Run it as the owner of the tables, after each migrate."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            grant_runtime_role(options["role"])
        except UnfitRole as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{options['role']} may run the product, and change nothing of the audit trail but its seals."
        )
