"""The departments of the city and their divisions."""

from dataclasses import dataclass

from requests_app.models import Department

ROOT_SLUG = "city-of-pinole"


@dataclass(frozen=True, slots=True)
class DepartmentFacts:
    """A department as first set up; the telephone numbers are fictional until an administrator enters the real ones."""

    slug: str
    name: str
    phone: str
    divisions: tuple[tuple[str, str], ...] = ()


DEPARTMENTS = (
    DepartmentFacts("city-manager", "City Manager", "510-555-0110"),
    DepartmentFacts("city-clerk", "City Clerk", "510-555-0120"),
    DepartmentFacts("human-resources", "Human Resources", "510-555-0130"),
    DepartmentFacts("finance", "Finance", "510-555-0140"),
    DepartmentFacts(
        "community-development",
        "Community Development",
        "510-555-0150",
        (("building", "Building"), ("planning", "Planning"), ("code-enforcement", "Code Enforcement")),
    ),
    DepartmentFacts(
        "public-works",
        "Public Works",
        "510-555-0160",
        (
            ("operations-and-maintenance", "Operations and Maintenance"),
            ("water-pollution-control-plant", "Water Pollution Control Plant"),
        ),
    ),
    DepartmentFacts("police", "Police", "510-555-0170", (("police-dispatch", "Dispatch Center"),)),
    DepartmentFacts(
        "community-services",
        "Community Services",
        "510-555-0180",
        (
            ("recreation", "Recreation"),
            ("senior-center", "Senior Center"),
            ("youth", "Youth"),
            ("swim-center", "Swim Center"),
        ),
    ),
    DepartmentFacts("community-tv", "Pinole Community TV", "510-555-0190"),
)


def set_up_departments() -> int:
    """Add the departments that are missing and say how many those were."""
    root, is_new = Department.objects.get_or_create(
        slug=ROOT_SLUG, defaults={"name": "City of Pinole", "phone": "510-555-0100"}
    )
    added = int(is_new)
    for facts in DEPARTMENTS:
        department, is_new = Department.objects.get_or_create(
            slug=facts.slug, defaults={"name": facts.name, "phone": facts.phone, "parent": root}
        )
        added += is_new
        for slug, name in facts.divisions:
            _, is_new = Department.objects.get_or_create(
                slug=slug, defaults={"name": name, "phone": facts.phone, "parent": department}
            )
            added += is_new
    return added
