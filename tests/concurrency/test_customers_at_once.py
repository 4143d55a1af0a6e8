"""Two customers merged in opposite directions at once: one wins, the other is told; a call logged meanwhile stays."""

from datetime import datetime
from functools import partial
from typing import Any

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.vocabulary import Channel
from requests_app.models import Customer, CustomerMerge, ServiceRequest
from requests_app.services.customer_merges import MergeEntry, merge_customers
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from tests.cast import Cast, actor
from tests.concurrency.conftest import Log, at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_of_opposite_merges_one_wins_and_no_request_is_left_behind(cast: Cast, log: Log, now: datetime) -> None:
    first, second = (log(title) for title in ("Lamp out", "Kerb broken"))
    one, two = (Customer.objects.get(requests=request) for request in (first, second))
    fay, sam = actor(cast.fay), actor(cast.sam)

    def merging(survivor: Customer, merged: Customer, who: Any) -> CustomerMerge:
        entry = MergeEntry(survivor_id=survivor.pk, survivor_version=1, merged_id=merged.pk, merged_version=1)
        return merge_customers(entry, actor=who, at=now)

    entry = ContactEntry(
        channel=Channel.PHONE,
        title="Meanwhile",
        received_at=now,
        customer=CustomerEntry(customer_id=two.pk),
        for_employee_id=cast.alice.pk,
    )
    results = at_once(
        partial(merging, one, two, fay), partial(merging, two, one, sam), partial(log_request, entry, actor=fay, at=now)
    )

    refused = [result for result in results if isinstance(result, ActionRefused)]
    assert failures(results, ActionRefused) == []
    assert [each.refusal for each in refused] == [Refusal.CUSTOMER_GONE]
    standing = CustomerMerge.objects.get()
    assert set(ServiceRequest.objects.values_list("customer", flat=True)) == {standing.survivor_id}
    assert ServiceRequest.objects.count() == 3
