"""The policy as people read it: the version in force, the others, what a draft changes, whom to ask (III.e, III.f)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from requests_app.domain.policies import VersionState, in_force
from requests_app.domain.vocabulary import Role
from requests_app.models import Department, Employee, PolicyVersion, RoleAssignment
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import HUMAN_RESOURCES


@dataclass(frozen=True, slots=True)
class PolicyContact:
    """Whom to ask about the policy: the department with its telephone, and who is there."""

    department: Department | None
    people: list[Employee]


def published_versions() -> QuerySet[PolicyVersion]:
    """Give what was ever published, the newest first."""
    return PolicyVersion.objects.filter(state=VersionState.PUBLISHED).select_related("published_by")


def versions_open_to(actor: Actor) -> QuerySet[PolicyVersion]:
    """Give what somebody may read: what is published; Human Resources the draft as well."""
    versions = PolicyVersion.objects.select_related("published_by", "changed_by")
    return versions if actor.holds(Role.HR) else versions.filter(state=VersionState.PUBLISHED)


def policy_in_force(on: date) -> PolicyVersion | None:
    """Give the version in force on a local date: what a case received then is judged by (III.e); one query."""
    return version_in_force(published_versions(), on)


def version_in_force(versions: Iterable[PolicyVersion], on: date) -> PolicyVersion | None:
    """Give the one of these versions that is in force on a date."""
    by_number = {version.number: version for version in versions if not version.is_draft}
    effective = {number: version.effective_from for number, version in by_number.items() if version.effective_from}
    number = in_force(effective, on)
    return None if number is None else by_number[number]


def version_before(version: PolicyVersion) -> PolicyVersion | None:
    """Give the published version before this one: what its changes are shown against."""
    return published_versions().filter(number__lt=version.number).order_by("-number").first()


def policy_draft() -> PolicyVersion | None:
    """Give the draft, where there is one."""
    return PolicyVersion.objects.filter(state=VersionState.DRAFT).select_related("changed_by").first()


def mark_of(version: PolicyVersion) -> str:
    """Give what tells whether a draft was changed since it was read."""
    return version.changed_at.isoformat()


def policy_contact() -> PolicyContact:
    """Give whom questions go to (III.f): who holds the role of Human Resources, by name."""
    held = RoleAssignment.objects.filter(role=Role.HR)
    people = Employee.objects.filter(pk__in=held.values("employee"), is_active=True).order_by("name")
    return PolicyContact(Department.objects.filter(slug=HUMAN_RESOURCES).first(), list(people))
