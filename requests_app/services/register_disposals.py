"""Destroy what a register has kept for its years, by the same four people as requests (Cal. Gov. Code 34090)."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.core import serializers
from django.db import transaction
from django.db.models import QuerySet

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.retention import RetentionCode
from requests_app.domain.vocabulary import Role
from requests_app.models import Department, DisposalList, Improvement, Notice, OutgoingMail, TrainingEvidence
from requests_app.selectors.access import Actor
from requests_app.selectors.directory import HUMAN_RESOURCES
from requests_app.selectors.registers import ended_by, held_registers, registers_due, rows_past
from requests_app.services.attachment_files import remove_files
from requests_app.services.events import record_audit


@transaction.atomic
def propose_register_disposal(*, code: RetentionCode, actor: Actor, at: datetime) -> DisposalList:
    """List what a register has kept for its years, as of now, for the head of Human Resources to approve.

    Raises ActionRefused where nothing is due or a hold keeps the register, and for whoever is not of Human Resources.
    """
    if actor.employee is None or not actor.holds(Role.HR):
        raise ActionRefused(Refusal.ROLE)
    department = Department.objects.select_for_update().get(slug=HUMAN_RESOURCES)  # one list of a register at a time
    due = next((each for each in registers_due(actor, now=at) if each.code is code), None)
    if due is None:
        raise ActionRefused(Refusal.NOTHING_DUE)
    if due.is_held:
        raise ActionRefused(Refusal.REGISTER_HELD)
    disposal = DisposalList.objects.create(
        department=department,
        is_confidential=True,
        register=code.value,
        ended_by_on=due.ended_by_on,
        proposed_by=actor.employee,
        proposed_at=at,
    )
    record_audit("disposal_proposed", disposal, actor=actor, at=at, fields={"register": code.value})
    return disposal


def destroy_register(disposal: DisposalList, *, at: datetime) -> None:
    """Destroy the rows of a resolved list, in the caller's transaction; the certificate keeps counts and a hash.

    A hold placed meanwhile keeps them all, and years made longer meanwhile keep what is younger.
    """
    code = RetentionCode(disposal.register)
    if code.value in held_registers():
        disposal.is_kept = True
        disposal.save(update_fields=["is_kept"])
        return
    listed_on = disposal.ended_by_on or ended_by(code, now=at)
    rows = rows_past(code, ended_by_on=min(listed_on, ended_by(code, now=at)))
    found = {name: list(each.values_list("pk", flat=True)) for name, each in rows.items()}
    disposal.content_hash = _hash(rows)
    disposal.counts = {name: len(keys) for name, keys in found.items() if keys}
    for name, each in rows.items():
        _destroy(each.model._default_manager.filter(pk__in=found[name]))
    disposal.save(update_fields=["content_hash", "counts"])


def _hash(rows: Mapping[str, QuerySet[Any]]) -> str:
    """Hash every row, so that a copy found later can be told to be one of what was destroyed."""
    found = hashlib.sha256()
    for each in rows.values():
        for row in each.order_by("pk").iterator(chunk_size=500):
            found.update(serializers.serialize("json", [row]).encode(errors="surrogatepass"))
    return found.hexdigest()


def _destroy(rows: QuerySet[Any]) -> None:
    if rows.model is TrainingEvidence:
        keys = list(rows.values_list("key", flat=True))
        transaction.on_commit(partial(remove_files, keys))
    if rows.model is Improvement:
        for pk in rows.values_list("pk", flat=True):
            told = Notice.objects.filter(dedupe_key__startswith=f"improvement:{pk}:")
            OutgoingMail.objects.filter(notices__in=told).update(subject="", body="")
            told.update(text="")
    rows.delete()
