"""Who serves at the counter, and who leads those who do (III.b.iii)."""

from requests_app.domain.vocabulary import Role
from requests_app.models import CounterDevice, RoleAssignment
from requests_app.selectors.access import Actor
from requests_app.selectors.contacts import may_log

_LEADS = (Role.SUPERVISOR, Role.DEPARTMENT_HEAD)


def leads_front_desk(actor: Actor) -> bool:
    """Say whether somebody supervises a department in which people of the front desk work (one query at most)."""
    led = actor.departments_as(*_LEADS)
    if not led:
        return False
    desk = RoleAssignment.objects.filter(
        role=Role.FRONT_DESK, employee__is_active=True, employee__department__in=led
    ).exclude(employee=actor.employee)
    return desk.exists()


def serves_counter(actor: Actor, *, device: CounterDevice | None) -> bool:
    """Say whether somebody works with the page of the front desk.

    The front desk does, who leads it, and on a counter computer every colleague who may log contacts.
    """
    if actor.holds(Role.FRONT_DESK):
        return True
    return may_log(actor) and (device is not None or leads_front_desk(actor))


def keeps_checklist(actor: Actor) -> bool:
    """Say whether somebody decides what stands on the opening checklist."""
    return actor.holds(Role.ADMINISTRATOR) or leads_front_desk(actor)
