"""Boston 311 service requests, in the headers of 2015 (CASE_ENQUIRY_ID) and of later years (case_enquiry_id)."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from requests_app.domain.imports.cases import ForeignCase, channel_of, check_order, coordinate, joined, required_id
from requests_app.domain.imports.local_times import read_instant, required_instant
from requests_app.domain.vocabulary import Channel

REQUIRED = ("case_enquiry_id", "open_dt", "closed_dt", "case_status", "reason", "type")

_CHANNELS = {
    "constituent call": Channel.PHONE,
    "citizens connect app": Channel.OPEN311,
    "self service": Channel.WEB,
    "twitter": Channel.SOCIAL,
    "email": Channel.EMAIL,
}


def read_case(row: Mapping[str, str], zone: ZoneInfo) -> ForeignCase:
    """Read one row by its normalised column names. Raises BadRow."""
    case_id = required_id(row["case_enquiry_id"])
    opened_at = required_instant("open_dt", row["open_dt"], zone)
    closed_at = read_instant("closed_dt", row["closed_dt"], zone)
    check_order(opened_at, closed_at)
    # The target has had two names over the years, and many types have none.
    target = row.get("target_dt") or row.get("sla_target_dt") or ""
    return ForeignCase(
        case_id=case_id,
        opened_at=opened_at,
        closed_at=closed_at,
        due_at=read_instant("target_dt", target, zone),
        title=joined(row.get("case_title", "")) or joined(row["type"]) or joined(row["reason"]),
        agency=joined(row.get("subject", ""), row.get("department", "")),
        category_text=joined(row["reason"], row["type"]),
        channel=channel_of(row.get("source", ""), _CHANNELS, Channel.WEB),
        channel_text=row.get("source", "").strip(),
        status_text=row["case_status"].strip(),
        outcome_note=" ".join(row.get("closure_reason", "").split()),
        place=joined(row.get("location", "")) or joined(row.get("location_street_name", "")),
        latitude=coordinate(row.get("latitude", "")),
        longitude=coordinate(row.get("longitude", "")),
    )
