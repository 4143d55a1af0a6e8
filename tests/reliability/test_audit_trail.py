"""B12: an audit trail tampered with in any way is noticed, and a million entries are walked within a minute."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import islice
from time import perf_counter

import pytest
from django.db import connection, transaction

from requests_app.domain.seals import Fault, FaultKind, Link, sign_head
from requests_app.models import AuditEntry, AuditHead
from requests_app.selectors.seals import audit_key, chain_end, link_of
from requests_app.selectors.verification import verify_trail
from tests.cast import Cast
from tests.factories import NOW
from tests.reliability.audit_trails import lift_guards, long_trail, put_guards_back, tamperings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drill]


def fault_after(tampering: object) -> Fault | None:
    """Tamper as the owner of the tables, verify, and take it back."""
    with transaction.atomic():
        lift_guards()
        tampering()  # type: ignore[operator]  # a partial
        fault = verify_trail(now=NOW).fault
        transaction.set_rollback(True)
    # That the guards are off is noticed too; it must not be all.
    return fault if fault and fault.kind is not FaultKind.UNGUARDED else None


def test_b12_every_way_of_tampering_is_noticed(cast: Cast, full_size_drill: bool) -> None:
    ways, entries = (1000, 40) if full_size_drill else (70, 8)
    long_trail(entries - AuditEntry.objects.count(), at=NOW)
    assert verify_trail(now=NOW).fault is None

    tried = list(islice(tamperings(), ways))
    found = {name: fault_after(tampering) for name, tampering in tried}

    assert len(found) == ways
    assert [name for name, fault in found.items() if fault is None] == []
    assert verify_trail(now=NOW).fault is None, "each was taken back"
    print(f"\nB12: {len(found)} ways to tamper, all noticed; {len(set(found.values()))} different findings")


def test_b12_a_tail_cut_off_together_with_the_kept_end_is_noticed_by_the_mailed_head(cast: Cast) -> None:
    long_trail(8, at=NOW)
    mailed = str(link_of(chain_end()))
    keep = AuditEntry.objects.get(sequence=5)
    shorter = Link(5, keep.chain_hash or "")
    with transaction.atomic():
        lift_guards()
        AuditEntry.objects.filter(sequence__gt=5).delete()
        # As if put back from a copy of the database of an hour ago, when this was its genuine end.
        genuine = sign_head(shorter, key=audit_key())
        AuditHead.objects.update(sequence=5, chain_hash=shorter.chain_hash, head_hmac=genuine)
        faults = [verify_trail(now=NOW, head=head).fault for head in ("", mailed, str(shorter))]
        transaction.set_rollback(True)
    assert [fault.kind if fault else None for fault in faults] == [
        FaultKind.UNGUARDED, FaultKind.HEAD_GIVEN, FaultKind.UNGUARDED,
    ]  # fmt: skip


def test_b12_the_first_broken_entry_is_named(cast: Cast) -> None:
    long_trail(8, at=NOW)
    third = AuditEntry.objects.get(sequence=3)
    change = partial(AuditEntry.objects.filter(sequence__in=[3, 5]).update, action="other")
    assert fault_after(change) == Fault(FaultKind.CONTENT, third.pk, 3)


def test_b12_several_processes_find_what_one_finds(cast: Cast) -> None:
    long_trail(24 - AuditEntry.objects.count(), at=NOW)
    places = [AuditEntry.objects.filter(sequence=number) for number in (1, 5, 6, 10, 11, 24)]
    with _guards_lifted():
        for place in places:
            kept = place.get()
            place.update(action="other")
            assert _found_by(2) == _found_by(1) == Fault(FaultKind.CONTENT, kept.pk, kept.sequence)
            place.delete()
            assert _found_by(2) == _found_by(1) is not None
            kept.save(force_insert=True)
    assert _found_by(2) is None


@contextmanager
def _guards_lifted() -> Iterator[None]:
    """Lift the guards outside a transaction, and put them back whatever happens: other tests stand behind them."""
    with transaction.atomic():
        lift_guards()
    try:
        yield
    finally:
        with transaction.atomic():
            put_guards_back()


def _found_by(processes: int) -> Fault | None:
    return verify_trail(now=NOW, processes=processes, part=5).fault


def test_b12_a_million_entries_are_walked_within_a_minute(cast: Cast, full_size_drill: bool) -> None:
    entries = 1_000_000 if full_size_drill else 2_000
    started = perf_counter()
    long_trail(entries, at=NOW)
    built, before = perf_counter(), _peak_megabytes()
    found = verify_trail(now=NOW + timedelta(minutes=1), processes=os.cpu_count() or 1)
    seconds = perf_counter() - built
    assert (found.fault, found.unsealed) == (None, 0)
    assert found.entries >= entries
    assert seconds < 60
    assert _peak_megabytes() - before < 100, "constant memory"
    rate = found.entries / seconds
    print(
        f"\nB12 on {connection.vendor}: {found.entries:,} entries walked in {seconds:.1f} s, {rate:,.0f} rows/s, "
        f"{_peak_megabytes() - before:.0f} MB more; put in in {built - started:.0f} s"
    )


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
