"""Let those who keep a register change it one after the other."""

from requests_app.domain.vocabulary import Role
from requests_app.models import RoleAssignment


def lock_registers_of_hr() -> None:
    """Hold the registers of Human Resources until the transaction ends.

    For what has no row yet to hold: of two who add the same, the second finds what the first added.
    """
    RoleAssignment.objects.select_for_update().filter(role=Role.HR).order_by("pk").first()
