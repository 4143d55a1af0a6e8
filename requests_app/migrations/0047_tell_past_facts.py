"""Tell from the stories of requests, and from the revisions of their clocks, what they were counted as before."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, OuterRef, Q, Subquery

_CHUNK = 2000


def date_verdicts(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A verdict was recorded with the revision that bears it; of a clock's last one the clock itself knows better."""
    revisions = apps.get_model("requests_app", "ClockRevision").objects
    revisions.exclude(verdict="open").update(verdict_recorded_at=F("recorded_at"))
    newest = revisions.filter(clock=OuterRef("clock")).order_by("-number").values("number")[:1]
    unlike = revisions.filter(number=Subquery(newest)).exclude(verdict="open")
    unlike = unlike.exclude(recorded_at=F("clock__verdict_recorded_at")).select_related("clock")
    for revision in unlike.order_by("pk").iterator(chunk_size=_CHUNK):
        revision.verdict_recorded_at = revision.clock.verdict_recorded_at
        revision.save(update_fields=["verdict_recorded_at"])


def tell_past_facts(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write what was, for each request whose department, level, channel or receipt was changed after its logging."""
    past_facts = apps.get_model("requests_app", "PastFacts")
    rows = []
    for service_request, changes in _changed(apps):
        rows += [past_facts(**row) for row in _spans(service_request, changes)]
        if len(rows) >= _CHUNK:
            past_facts.objects.bulk_create(rows)
            rows = []
    past_facts.objects.bulk_create(rows)


def _changed(apps: Apps) -> Iterator[tuple[Any, list[Any]]]:
    """Give each request that has a telling event after its first one, with all of these in the order they happened."""
    event, request = apps.get_model("requests_app", "Event"), apps.get_model("requests_app", "ServiceRequest")
    later = event.objects.filter(Q(data__has_key="department") | Q(data__has_key="confidentiality") | Q(kind="corrected"))
    ids = later.exclude(kind="logged").order_by("service_request").values_list("service_request", flat=True).distinct()
    for part in _chunks(ids.iterator(chunk_size=_CHUNK)):
        requests = request.objects.in_bulk(part)
        told = event.objects.filter(service_request__in=part).order_by("service_request", "at", "pk")
        moves = _moves(apps, part)
        for pk, events in groupby(told, key=lambda each: each.service_request_id):
            found = requests[pk]
            found.moves = moves
            yield found, list(events)


def _chunks(ids: Iterator[int]) -> Iterator[list[int]]:
    part: list[int] = []
    for pk in ids:
        part.append(pk)
        if len(part) == 500:
            yield part
            part = []
    if part:
        yield part


def _moves(apps: Apps, ids: list[int]) -> dict[tuple[int, datetime], Any]:
    """Give the corrections of clocks, by request and instant: what the receipt was said to be from then on."""
    revisions = apps.get_model("requests_app", "ClockRevision").objects
    found = revisions.filter(reason="corrected", clock__service_request__in=ids).select_related("clock")
    return {(each.clock.service_request_id, each.recorded_at): each for each in found}


def _spans(service_request: Any, events: list[Any]) -> Iterator[dict[str, Any]]:
    """Give the facts of each span of time that ended with a change of them."""
    states = _states(service_request, events)
    starts_at = service_request.recorded_at
    for (_at, facts), (until_at, changed) in zip(states, states[1:], strict=False):
        if facts == changed or until_at <= starts_at:
            continue
        yield {
            "service_request": service_request,
            "known_from_at": starts_at,
            "known_until_at": until_at,
            "kind": service_request.kind,
            "language": service_request.language,
            "closed_at": service_request.closed_at,
            **facts,
        }
        starts_at = until_at


def _states(service_request: Any, events: list[Any]) -> list[tuple[datetime, dict[str, Any]]]:
    """Give the facts after each event, the last as they are now; several of one instant are one, the latest."""
    found: dict[datetime, dict[str, Any]] = {}
    told = {
        "department_id": _first_told(events, "department") or service_request.department_id,
        "confidentiality": _first_told(events, "confidentiality") or service_request.confidentiality,
    }
    receipts = _receipts(service_request, events)
    for event in events:
        if department := _department(event):
            told["department_id"] = department
        told["confidentiality"] = event.data.get("confidentiality") or told["confidentiality"]
        found[event.at] = {**told, **receipts[event.pk]}
    last = max(found)
    found[last] = {**_receipt(service_request), "department_id": service_request.department_id,
                   "confidentiality": service_request.confidentiality}
    return sorted(found.items())


def _receipts(service_request: Any, events: list[Any]) -> dict[int, dict[str, Any]]:
    """Give what the receipt was said to be after each event, found backwards from what it is said to be now."""
    found, now = {}, _receipt(service_request)
    for event in reversed(events):
        found[event.pk] = now
        revision = service_request.moves.get((service_request.pk, event.at)) if event.kind == "corrected" else None
        was_moved = revision and (revision.started_at, revision.channel) == (now["received_at"], now["channel"])
        if was_moved and event.data.get("started_at") and event.data.get("channel"):
            received_at = datetime.fromisoformat(event.data["started_at"])
            now = {"received_at": received_at, "channel": event.data["channel"]}
    return found


def _receipt(service_request: Any) -> dict[str, Any]:
    return {"received_at": service_request.received_at, "channel": service_request.channel}


def _first_told(events: list[Any], name: str) -> Any:
    values = (_department(event) if name == "department" else event.data.get(name) for event in events)
    return next((value for value in values if value), None)


def _department(event: Any) -> int | None:
    value = str(event.data.get("department") or "")
    return int(value) if value.isascii() and value.isdigit() else None


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0046_past_facts")]
    operations = [
        migrations.RunPython(date_verdicts, migrations.RunPython.noop),
        migrations.RunPython(tell_past_facts, migrations.RunPython.noop),
    ]
