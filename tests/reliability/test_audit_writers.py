"""B12: whoever writes evidence waits for nobody: not for another writer, not for the sealer."""

import statistics
import threading
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import pytest
from django.db import connection, connections, transaction

from requests_app.models import AuditEntry, AuditHead, Department
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.verification import verify_trail
from requests_app.services.events import record_audit
from requests_app.services.seals import seal_audit_entries
from tests.factories import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
AT_ONCE = 8


def write_one() -> AuditEntry:
    with transaction.atomic():
        return record_audit("tried", Department, actor=SYSTEM, at=NOW, fields={"a": 1})


def elsewhere(pool: ThreadPoolExecutor, work: object) -> object:
    """Do something on a connection of its own, and give up soon if it waits for somebody."""

    def hung_up() -> object:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            return work()  # type: ignore[operator]  # a function without arguments
        finally:
            connections.close_all()

    return pool.submit(hung_up).result(timeout=30)


def test_b12_a_writer_waits_neither_for_another_nor_for_the_sealer_nor_the_sealer_for_a_writer() -> None:
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            slow = write_one()
            elsewhere(pool, write_one)
            assert elsewhere(pool, lambda: seal_audit_entries(now=NOW)) == {"sealed": 1}
            AuditHead.objects.select_for_update().get()  # as a sealer at work
            elsewhere(pool, write_one)
            assert elsewhere(pool, lambda: seal_audit_entries(now=NOW)) == {"sealed": 0}
        seal_audit_entries(now=NOW)
    slow.refresh_from_db()
    assert slow.sequence == 2, "the lowest id, sealed when it became visible"
    assert verify_trail(now=NOW).fault is None


def test_b12_two_sealers_at_once_seal_each_entry_once() -> None:
    for _ in range(60):
        write_one()
    together = threading.Barrier(3)

    def seal() -> int:
        try:
            together.wait(timeout=10)
            return seal_audit_entries(now=NOW, batch=7)["sealed"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        sealed = sum(future.result(timeout=60) for future in [pool.submit(seal) for _ in range(3)])
    assert sealed + seal_audit_entries(now=NOW)["sealed"] == 60
    assert verify_trail(now=NOW).fault is None


@pytest.mark.drill
def test_b12_eight_writers_and_a_sealer(full_size_drill: bool) -> None:
    each = 2000 if full_size_drill else 25
    alone = _measured(1, each, is_sealing=False)
    together = _measured(AT_ONCE, each, is_sealing=False)
    sealing = _measured(AT_ONCE, each, is_sealing=True)
    assert AuditEntry.objects.count() == (1 + 2 * AT_ONCE) * each
    for name, (rate, p50, p95) in {"1 writer": alone, "8 writers": together, "8 and a sealer": sealing}.items():
        print(f"\nB12 {name}: {rate:,.0f} entries/s, p50 {p50:.1f} ms, p95 {p95:.1f} ms")


def _measured(writers: int, each: int, *, is_sealing: bool) -> tuple[float, float, float]:
    times: list[float] = []
    done = threading.Event()

    def write() -> None:
        try:
            for _ in range(each):
                started = perf_counter()
                write_one()
                times.append((perf_counter() - started) * 1000)
        finally:
            connections.close_all()

    def seal() -> None:
        try:
            while not done.wait(0.05):
                seal_audit_entries(now=NOW)
        finally:
            connections.close_all()

    started = perf_counter()
    with ThreadPoolExecutor(writers + 1) as pool:
        sealer = pool.submit(seal) if is_sealing else None
        for future in [pool.submit(write) for _ in range(writers)]:
            future.result(timeout=300)
        done.set()
        if sealer:
            sealer.result(timeout=60)
    seconds = perf_counter() - started
    return len(times) / seconds, statistics.median(times), statistics.quantiles(times, n=20)[-1]
