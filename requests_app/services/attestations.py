"""Open a round of attestations, attest, record signatures on paper, close the round (II, III.e)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from requests_app.domain.attestations import CheckQuestion, wrong_answers
from requests_app.domain.policies import PolicyRefusal, PolicyRefused
from requests_app.models import Attestation, AttestationRound, Employee, PolicyVersion
from requests_app.selectors.access import Actor
from requests_app.selectors.attestations import check_of, running_round
from requests_app.services.events import record_audit
from requests_app.services.policies import lock_policy, require_hr


@transaction.atomic
def open_attestation_round(
    *, version: PolicyVersion, due_on: date, questions: Sequence[CheckQuestion], actor: Actor, at: datetime
) -> AttestationRound:
    """Ask everybody on the roster to attest a published version; a second click gives back the round of the first.

    Raises PolicyRefused for a draft, a day that is over, and while another round runs.
    """
    require_hr(actor)
    lock_policy()
    today = timezone.localdate(at)
    running = running_round()
    if running is not None:
        if (running.version_id, running.due_on) == (version.pk, due_on):
            return running
        raise PolicyRefused(PolicyRefusal.ROUND_RUNS)
    if version.is_draft:
        raise PolicyRefused(PolicyRefusal.STILL_A_DRAFT)
    if due_on < today:
        raise PolicyRefused(PolicyRefusal.DUE_BEFORE_TODAY)
    opened = AttestationRound.objects.create(
        version=version,
        due_on=due_on,
        check_questions=[asdict(question) for question in questions],
        opened_on=today,
        opened_by=actor.employee,
    )
    record_audit(
        "attestation_round_opened", opened, actor=actor, at=at, fields={"version": version.number, "due_on": due_on}
    )
    return opened


@transaction.atomic
def close_attestation_round(round_id: int, *, actor: Actor, at: datetime) -> AttestationRound:
    """Close a round; nobody is asked any more, and what it came to stays. A second click changes nothing."""
    require_hr(actor)
    found = AttestationRound.objects.select_for_update().get(pk=round_id)
    if found.closed_on is not None:
        return found
    found.closed_on, found.closed_by = timezone.localdate(at), actor.employee
    found.save(update_fields=["closed_on", "closed_by"])
    record_audit("attestation_round_closed", found, actor=actor, at=at)
    return found


@transaction.atomic
def attest(round_id: int, *, given: Mapping[int, int], actor: Actor, at: datetime) -> Attestation:
    """Attest for oneself; once is enough. Wrong answers to the check are refused and leave no trace.

    Raises PolicyRefused.
    """
    if actor.employee is None:
        raise PolicyRefused(PolicyRefusal.NOT_ON_THE_ROSTER)
    found = _lock_running(round_id)
    if wrong_answers(check_of(found), given):
        raise PolicyRefused(PolicyRefusal.WRONG_ANSWERS)
    attestation, is_new = Attestation.objects.get_or_create(
        attestation_round=found,
        employee=actor.employee,
        defaults={"attested_on": timezone.localdate(at), "recorded_at": at, "recorded_by": actor.employee},
    )
    if is_new:
        record_audit("attested", attestation, actor=actor, at=at, fields={"round": found.pk})
    return attestation


@transaction.atomic
def record_paper_attestations(
    round_id: int, *, employee_ids: Collection[int], attested_on: date, actor: Actor, at: datetime
) -> int:
    """Record signatures on paper, and say how many were new; who attested already is passed over.

    Raises PolicyRefused for a day before the round or still to come.
    """
    require_hr(actor)
    found = _lock_running(round_id)
    if not found.opened_on <= attested_on <= timezone.localdate(at):
        raise PolicyRefused(PolicyRefusal.SIGNED_OUTSIDE)
    recorded = 0
    for person in Employee.objects.filter(pk__in=employee_ids, is_active=True).order_by("pk"):
        attestation, is_new = Attestation.objects.get_or_create(
            attestation_round=found,
            employee=person,
            defaults={
                "attested_on": attested_on, "is_on_paper": True, "recorded_at": at, "recorded_by": actor.employee,
            },
        )  # fmt: skip
        if is_new:
            record_audit("attested_on_paper", attestation, actor=actor, at=at, fields={"round": found.pk})
            recorded += 1
    return recorded


@transaction.atomic
def take_back_paper_attestation(round_id: int, *, employee_id: int, actor: Actor, at: datetime) -> None:
    """Take back a signature that was recorded for the wrong person; what somebody attested themselves stays."""
    require_hr(actor)
    found = _lock_running(round_id)
    for row in Attestation.objects.filter(attestation_round=found, employee=employee_id, is_on_paper=True):
        record_audit("paper_attestation_taken_back", row, actor=actor, at=at, fields={"employee": employee_id})
        row.delete()


def _lock_running(round_id: int) -> AttestationRound:
    found = AttestationRound.objects.select_for_update().get(pk=round_id)
    if found.closed_on is not None:
        raise PolicyRefused(PolicyRefusal.ROUND_CLOSED)
    return found
