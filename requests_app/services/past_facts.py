"""Keep what a request was counted as, before it is changed: reports as of a past day read it (III.d.i)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from requests_app.models import ImportedCase, PastFacts, ServiceRequest
from requests_app.models.past_facts import REQUEST_FACTS


def keep_past_facts(service_request: ServiceRequest, *, at: datetime) -> None:
    """Keep the facts of a locked request as they are before a change; what was known for no time leaves no row.

    To be called before the change, in its transaction.
    """
    if service_request.is_imported:
        cases = ImportedCase.objects.filter(service_request=service_request).select_related("service_request")
        keep_past_facts_of_cases(cases, at=at)
        return
    last = PastFacts.objects.filter(service_request=service_request).aggregate(at=Max("known_until_at"))["at"]
    row = _past(service_request, known_from_at=last or service_request.recorded_at, until_at=at)
    if row.known_from_at < at:
        row.save(force_insert=True)


def keep_past_facts_of_cases(cases: Iterable[ImportedCase], *, at: datetime) -> None:
    """Keep the facts of imported cases before another file changes them; two queries whatever their number."""
    known = {case.service_request_id: case for case in cases}
    spans = PastFacts.objects.filter(service_request__in=known).order_by().values_list("service_request")
    last = dict(spans.annotate(at=Max("known_until_at")))
    rows = []
    for pk, case in known.items():
        row = _past(case.service_request, known_from_at=last.get(pk, case.service_request.recorded_at), until_at=at)
        row.imported_due_at, row.agency = case.imported_due_at, case.agency
        rows.append(row)
    PastFacts.objects.bulk_create([row for row in rows if row.known_from_at < at], batch_size=200)


def _past(service_request: ServiceRequest, *, known_from_at: datetime, until_at: datetime) -> PastFacts:
    facts = {name: getattr(service_request, name) for name in REQUEST_FACTS}
    return PastFacts(service_request=service_request, known_from_at=known_from_at, known_until_at=until_at, **facts)
