"""Evidence is sealed into one chain, in an order of its own, by whoever comes first."""

from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from requests_app.models import AuditEntry, AuditHead, Department, SweepRun
from requests_app.selectors.access import SYSTEM
from requests_app.selectors.verification import InvalidHead, verify_trail
from requests_app.services.events import birth_hmac, record_audit
from requests_app.services.seals import BrokenChain, seal_audit_entries
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def written(number: int, at: datetime = NOW) -> list[AuditEntry]:
    return [record_audit("tried", Department, actor=SYSTEM, at=at, fields={"n": n}) for n in range(number)]


def test_what_waits_is_sealed_once_and_the_trail_is_whole() -> None:
    written(5)
    assert seal_audit_entries(now=NOW, batch=2) == {"sealed": 5}
    assert seal_audit_entries(now=NOW) == {"sealed": 0}
    assert list(AuditEntry.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]
    found = verify_trail(now=NOW)
    assert (found.fault, found.entries, found.unsealed, found.head.sequence) == (None, 5, 0, 5)


def test_an_empty_trail_is_whole() -> None:
    assert verify_trail(now=NOW).fault is None
    assert seal_audit_entries(now=NOW) == {"sealed": 0}
    assert verify_trail(now=NOW).fault is None


def test_who_becomes_visible_late_is_sealed_late_whatever_its_id() -> None:
    """A transaction that began first and ended last: its id is the lowest, its place in the chain the last."""
    early, late = written(2)
    with connection.cursor() as cursor:
        # Its id is taken before the others are sealed, as a transaction's would be.
        cursor.execute("SELECT max(id) FROM requests_app_auditentry")
        reserved = cursor.fetchone()[0] + 1
    last = record_audit("tried", Department, actor=SYSTEM, at=NOW)
    _appears(reserved + 5)
    seal_audit_entries(now=NOW)
    _appears(reserved + 2)
    seal_audit_entries(now=NOW)
    order = list(AuditEntry.objects.order_by("sequence").values_list("pk", flat=True))
    assert order == [early.pk, late.pk, last.pk, reserved + 5, reserved + 2]
    assert verify_trail(now=NOW).fault is None


def _appears(pk: int) -> None:
    entry = AuditEntry(pk=pk, at=NOW, action="tried", object_kind="department", salt=f"{pk:032x}")
    entry.birth_hmac = birth_hmac(entry)
    entry.save(force_insert=True)


def test_what_waits_too_long_for_its_seal_is_a_fault() -> None:
    (entry,) = written(1)
    assert verify_trail(now=NOW + timedelta(minutes=9)).fault is None
    fault = verify_trail(now=NOW + timedelta(minutes=11)).fault
    assert str(fault) == (f"entry {entry.pk} has waited too long for its seal: the sweep that seals does not run.")


def test_nothing_is_sealed_onto_a_chain_whose_end_was_changed() -> None:
    written(2)
    seal_audit_entries(now=NOW)
    AuditHead.objects.update(sequence=1)
    written(1)
    with pytest.raises(BrokenChain):
        seal_audit_entries(now=NOW)
    AuditHead.objects.all().delete()
    with pytest.raises(BrokenChain):
        seal_audit_entries(now=NOW)


def test_the_command_names_the_head_and_takes_it_back_from_the_text_of_a_mail(
    capsys: pytest.CaptureFixture[str],
) -> None:
    written(3)
    seal_audit_entries(now=NOW)
    call_command("verify_audit", "--head", "")
    said = capsys.readouterr().out
    assert said.startswith("Whole: 3 entries, 0 of them waiting for their seal, in ")
    call_command("verify_audit", "--head", said)
    call_command("verify_audit", "--head", AuditHead.objects.get().chain_hash)
    assert SweepRun.objects.get(name="verify_audit").counts == {"entries": 3}


def test_the_command_fails_with_what_is_broken_and_remembers_it() -> None:
    written(3)
    seal_audit_entries(now=NOW)
    other = f"3-{'a' * 64}"
    with pytest.raises(CommandError, match="does not pass through the head given") as raised:
        call_command("verify_audit", "--head", other)
    assert raised.value.returncode == 1
    assert SweepRun.objects.get(name="verify_audit").last_error.startswith("The chain does not pass")


def test_a_head_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="holds no head"):
        call_command("verify_audit", "--head", "yesterday's")
    with pytest.raises(InvalidHead):
        verify_trail(now=NOW, head="12")


def test_an_entry_is_sealed_only_with_the_transaction_that_wrote_it() -> None:
    with transaction.atomic():
        written(1)
        transaction.set_rollback(True)
    assert seal_audit_entries(now=NOW) == {"sealed": 0}
