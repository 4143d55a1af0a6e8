"""San Francisco 311 cases."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from requests_app.domain.imports.cases import ForeignCase, channel_of, check_order, coordinate, joined, required_id
from requests_app.domain.imports.local_times import read_instant, required_instant
from requests_app.domain.vocabulary import Channel

REQUIRED = ("caseid", "opened", "closed", "status", "category")

# Two generations of labels: "Voice In" became "Phone", "Open311" became "Mobile/Open311".
_CHANNELS = {
    "voice in": Channel.PHONE,
    "phone": Channel.PHONE,
    "open311": Channel.OPEN311,
    "mobile/open311": Channel.OPEN311,
    "web self service": Channel.WEB,
    "web": Channel.WEB,
    "twitter": Channel.SOCIAL,
    "e-mail in": Channel.EMAIL,
    "email": Channel.EMAIL,
    "mail in": Channel.LETTER,
    "mail": Channel.LETTER,
    "fax in": Channel.LETTER,
    "fax": Channel.LETTER,
    "walk in": Channel.COUNTER,
}


def read_case(row: Mapping[str, str], zone: ZoneInfo) -> ForeignCase:
    """Read one row by its normalised column names. Raises BadRow. The source has no targets."""
    case_id = required_id(row["caseid"])
    opened_at = required_instant("opened", row["opened"], zone)
    closed_at = read_instant("closed", row["closed"], zone)
    check_order(opened_at, closed_at)
    latitude, _, longitude = row.get("point", "").strip().strip("()").partition(",")
    return ForeignCase(
        case_id=case_id,
        opened_at=opened_at,
        closed_at=closed_at,
        due_at=None,
        title=joined(row.get("request_type", "")) or joined(row["category"]),
        agency=joined(row.get("responsible_agency", "")),
        category_text=joined(row["category"], row.get("request_type", ""), row.get("request_details", "")),
        channel=channel_of(row.get("source", ""), _CHANNELS, Channel.WEB),
        channel_text=row.get("source", "").strip(),
        status_text=row["status"].strip(),
        outcome_note=" ".join(row.get("status_notes", "").strip().strip('"').split()),
        place=joined(row.get("address", "")),
        latitude=coordinate(latitude),
        longitude=coordinate(longitude),
    )
