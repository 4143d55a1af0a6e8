"""The register of approved forms and processes: who sees which, and the one that is the city's own (III.b.v.2)."""

from collections.abc import Iterable

from django.db.models import QuerySet

from requests_app.domain.fingerprints import fingerprint
from requests_app.domain.vocabulary import Role
from requests_app.models import ApprovedForm
from requests_app.selectors.access import Actor

KEEPERS = (Role.ADMINISTRATOR, Role.RECORDS_CLERK)


def approved_forms_open_to(actor: Actor) -> QuerySet[ApprovedForm]:
    """Give the forms an actor sees: those in use, and for whoever keeps the register the retired ones after them."""
    rows = ApprovedForm.objects.select_related("owner", "changed_by").order_by("-is_active", "name", "pk")
    return rows if actor.holds(*KEEPERS) else rows.filter(is_active=True)


def own_procedure_form() -> ApprovedForm | None:
    """Give the city's own form of the complaint procedure, once it is registered."""
    return ApprovedForm.objects.filter(is_procedure_form=True, is_active=True).first()


def is_name_taken(name: str, *, besides: int = 0) -> bool:
    """Say whether another form in use goes by a name."""
    return ApprovedForm.objects.filter(name__iexact=name, is_active=True).exclude(pk=besides).exists()


def form_file_keys(keys: Iterable[str]) -> set[str]:
    """Give those of the stored names that are files of the register."""
    return set(ApprovedForm.objects.filter(file_key__in=list(keys)).values_list("file_key", flat=True))


def mark_of(form: ApprovedForm) -> str:
    """Give the mark a form page sends back, so that another keeper's edit in between is noticed."""
    return fingerprint({field.name: str(getattr(form, field.attname)) for field in ApprovedForm._meta.local_fields})
