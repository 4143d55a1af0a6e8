"""Requests of an Open311 GeoReport v2 server, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from requests_app.domain.imports.cases import BadRow, ForeignCase, check_order, coordinate, joined, required_id
from requests_app.domain.imports.local_times import read_instant, required_instant
from requests_app.domain.vocabulary import Channel


def read_case(item: object, zone: ZoneInfo) -> ForeignCase:
    """Read one request. Raises BadRow. An offset in a date wins over the zone.

    GeoReport v2 has no closing date: a closed request was closed when it was last updated, unless the server adds one.
    """
    if not isinstance(item, Mapping):
        raise BadRow("not an object")
    case_id = required_id(_text(item, "service_request_id"))
    opened_at = required_instant("requested_datetime", _text(item, "requested_datetime"), zone)
    closed_at = _closed_at(item, zone)
    check_order(opened_at, closed_at)
    name = joined(_text(item, "service_name")) or joined(_text(item, "service_code"))
    return ForeignCase(
        case_id=case_id,
        opened_at=opened_at,
        closed_at=closed_at,
        due_at=read_instant("expected_datetime", _text(item, "expected_datetime"), zone),
        title=name or joined(_text(item, "description")),
        agency=joined(_text(item, "agency_responsible")),
        category_text=name,
        channel=Channel.OPEN311,
        channel_text="open311",
        status_text=_text(item, "status"),
        outcome_note=" ".join(_text(item, "status_notes").split()),
        place=joined(_text(item, "address")),
        latitude=coordinate(_text(item, "lat")),
        longitude=coordinate(_text(item, "long")),
    )


def _closed_at(item: Mapping[str, object], zone: ZoneInfo) -> datetime | None:
    if _text(item, "status").casefold() != "closed":
        return None
    for name in ("closed_datetime", "closed_date", "updated_datetime"):
        if _text(item, name):
            return read_instant(name, _text(item, name), zone)
    return None


def _text(item: Mapping[str, object], name: str) -> str:
    """Return a value as text: servers disagree on whether an id or a coordinate is a number."""
    value = item.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()
