"""New York City 311 service requests, as exported ("Unique Key") or from the interface (unique_key)."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from requests_app.domain.imports.cases import ForeignCase, channel_of, check_order, coordinate, joined, required_id
from requests_app.domain.imports.local_times import read_instant, required_instant
from requests_app.domain.vocabulary import Channel

REQUIRED = ("unique_key", "created_date", "closed_date", "agency", "complaint_type", "status")

_CHANNELS = {"phone": Channel.PHONE, "online": Channel.WEB, "mobile": Channel.OPEN311}


def read_case(row: Mapping[str, str], zone: ZoneInfo) -> ForeignCase:
    """Read one row by its normalised column names. Raises BadRow."""
    case_id = required_id(row["unique_key"])
    opened_at = required_instant("created_date", row["created_date"], zone)
    closed_at = read_instant("closed_date", row["closed_date"], zone)
    check_order(opened_at, closed_at)
    return ForeignCase(
        case_id=case_id,
        opened_at=opened_at,
        closed_at=closed_at,
        due_at=read_instant("due_date", row.get("due_date", ""), zone),
        title=joined(row["complaint_type"], row.get("descriptor", "")),
        agency=joined(row.get("agency_name", "")) or joined(row["agency"]),
        category_text=joined(row["complaint_type"], row.get("descriptor", "")),
        channel=channel_of(row.get("open_data_channel_type", ""), _CHANNELS, Channel.WEB),
        channel_text=row.get("open_data_channel_type", "").strip(),
        status_text=row["status"].strip(),
        outcome_note=" ".join(row.get("resolution_description", "").split()),
        place=joined(row.get("incident_address", ""), row.get("borough", "")),
        latitude=coordinate(row.get("latitude", "")),
        longitude=coordinate(row.get("longitude", "")),
    )
