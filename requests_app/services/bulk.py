"""One verb on many requests: each on its own, so that one refusal stops no other."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from requests_app.domain.refusals import ActionRefused
from requests_app.models import ServiceRequest
from requests_app.services.refusals import refusal_text


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """The requests the verb was done to, and how often each refusal was met, in words."""

    done: list[ServiceRequest]
    refused: Counter[str]


def apply_to_each(requests: Iterable[ServiceRequest], act: Callable[[ServiceRequest], object]) -> BulkOutcome:
    """Do a verb to each request through its own service, which is its own transaction."""
    done: list[ServiceRequest] = []
    refused: Counter[str] = Counter()
    for service_request in requests:
        try:
            act(service_request)
        except ActionRefused as refusal:
            refused[refusal_text(refusal)] += 1
        else:
            done.append(service_request)
    return BulkOutcome(done, refused)
