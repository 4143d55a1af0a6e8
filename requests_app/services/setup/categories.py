"""What people call about, in their own words, and who deals with it."""

from requests_app.models import Category, Department
from requests_app.services.setup.subjects import CITY_SUBJECTS
from requests_app.services.setup.subjects_elsewhere import DANGER_SUBJECTS, REFERRED_SUBJECTS


def set_up_categories() -> int:
    """Add the categories that are missing and say how many those were."""
    departments = {department.slug: department for department in Department.objects.all()}
    known = set(Category.objects.values_list("slug", flat=True))
    named = set(Category.objects.values_list("name", flat=True))  # the city may have added its own meanwhile
    missing = [
        Category(
            slug=subject.slug,
            name=subject.name,
            name_es=subject.name_es,
            keywords=subject.keywords,
            kind=subject.kind.value,
            department=departments[subject.department],
            referral_agency=subject.referral_agency,
            is_hazard=subject.is_hazard,
            confidentiality=subject.confidentiality.value,
        )
        for subject in (*CITY_SUBJECTS, *DANGER_SUBJECTS, *REFERRED_SUBJECTS)
        if subject.slug not in known and subject.name not in named
    ]
    return len(Category.objects.bulk_create(missing))
