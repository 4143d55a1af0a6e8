"""Sealed packets: what goes into them, who reads them, and whether one is still what was sealed."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from requests_app.domain.packets import NotAPacket, Opened, file_faults, opened
from requests_app.domain.periods import Month, Period, midnight
from requests_app.domain.retention import RetentionCode, destroyable_on
from requests_app.domain.seals import EVIDENCE, salted, sign_birth
from requests_app.domain.vocabulary import Role
from requests_app.models import AuditEntry, Department, Packet, ResponseClock, ServiceRequest
from requests_app.selectors.reports.compliance import clock_rows
from requests_app.selectors.reports.facts import clock_facts
from requests_app.selectors.reports.first_contact import CONTACT_PARTS, first_contact, handling_by
from requests_app.selectors.reports.lists import contact_list
from requests_app.selectors.reports.past_facts import ordinary_at
from requests_app.selectors.reports.scope import ReportQuery, ReportScope
from requests_app.selectors.retention import current_retentions
from requests_app.selectors.seals import audit_key, sealed_entries

# No names are in them, and ordinary matters only.
READERS = (Role.HR, Role.CITY_MANAGER, Role.AUDITOR)
SEALED = "packet_sealed"
_MONTHS_OFFERED = 24
# All that the rates and times of a packet are made of, so that whoever has the file can reckon them again.
_OF_CLOCK = {
    "number": "service_request__number",
    "standard": "standard__code",
    "started_at": "started_at",
    "class": "kind",
    "on_the_spot": "is_answered_on_the_spot",
    "business_minutes": "business_minutes",
}


def ordinary_matters(*, as_of: datetime) -> ReportScope:
    """Give what was ordinary in the whole city at an instant: what every reader of a report of then may know.

    A matter restricted since is in it still, so that a packet made again is the one that was sealed.
    """
    ordinary = ordinary_at(as_of)
    return ReportScope(ResponseClock.objects.filter(service_request__in=ordinary), ordinary)


def known_until(now: datetime) -> datetime:
    """Give the instant a packet sealed now is as of: the beginning of today, so that the page can show the same."""
    return midnight(timezone.localdate(now), timezone.get_default_timezone())


def closed_months(now: datetime) -> list[Month]:
    """Give the months that are over, the latest first."""
    this_month = Month.of(timezone.localdate(now))
    return [this_month.plus(-offset) for offset in range(1, _MONTHS_OFFERED + 1)]


def had_begun(month: Month) -> bool:
    """Say whether anything had been logged by the end of a month: before that there is nothing to report."""
    _, ends_at = Period.of_month(month).bounds(timezone.get_default_timezone())
    return ServiceRequest.objects.filter(received_at__lt=ends_at).exists()


def packets() -> QuerySet[Packet]:
    """Give the packets without what is in them, the latest month first, and of one the latest revision first."""
    return Packet.objects.select_related("sealed_by").defer("content", "manifest")


def latest_packet(month: Month) -> Packet | None:
    """Give the last revision of a month."""
    return Packet.objects.filter(month=str(month)).order_by("-revision").first()


def packet_before(packet: Packet) -> Packet | None:
    """Give the revision before one."""
    return Packet.objects.filter(month=packet.month, revision=packet.revision - 1).first()


def kept_until(packet: Packet) -> date:
    """Give the first day on which it may go, by its own class of retention."""
    years = current_retentions()[RetentionCode.PACKET].years
    return destroyable_on(timezone.localdate(packet.sealed_at), years=years)


def packet_data(month: Month, *, as_of: datetime) -> dict[str, Any]:
    """Count a month as it was known at an instant: the figures, and by number each clock and contact behind them."""
    query = ReportQuery(period=Period.of_month(month), as_of=as_of, is_past=True)
    scope = ordinary_matters(as_of=as_of)
    slugs = dict(Department.objects.values_list("pk", "slug"))
    facts = clock_facts(scope, query)
    counted = facts.rows.values_list(*map(facts.path, _OF_CLOCK.values()))
    told = (dict(zip(_OF_CLOCK, row, strict=True)) for row in counted)
    clocks = [{**each, "started_at": each["started_at"].isoformat()} for each in told]
    contacts = [
        {"number": line.number, "on_the_spot": line.is_resolved, "no_reply": line.no_reply}
        for line in contact_list(scope, query, part="contacts").lines()
    ]
    return {
        "month": str(month),
        "as_of": as_of.isoformat(),
        "of": "ordinary matters, of logged contacts",
        "note": "Not by itself a finding of non-compliance.",
        "figures": {
            "clocks": clock_rows(scope, query, slugs=slugs),
            "contacts": _contact_rows(scope, query),
        },
        "clocks": sorted(clocks, key=lambda each: (each["number"], each["started_at"], each["standard"])),
        "contacts": sorted(contacts, key=lambda each: str(each["number"])),
    }


def _contact_rows(scope: ReportScope, query: ReportQuery) -> list[dict[str, Any]]:
    """Count the contacts of each channel."""
    handled = handling_by(scope, query, "channel")
    return [
        {"channel": channel, **{part: (counts | handled[channel])[part] for part in CONTACT_PARTS}}
        for (channel,), counts in sorted(first_contact(scope, query, ("channel",)).items())
    ]


def packet_faults(content: bytes) -> tuple[Opened | None, list[str]]:
    """Say what is wrong with a packet: file by file, and whether this city's audit trail knows it."""
    try:
        found = opened(content)
    except NotAPacket as error:
        return None, [str(error)]
    faults = file_faults(found)
    head = found.head
    if head.sequence and not sealed_entries().filter(sequence=head.sequence, chain_hash=head.chain_hash).exists():
        faults.append("manifest.json: the audit trail of this city does not pass through the seal it names.")
    if not _is_in_the_trail(found):
        faults.append("manifest.json: the audit trail of this city knows of no sealing of this manifest.")
    return found, faults


def _is_in_the_trail(found: Opened) -> bool:
    """Say whether an entry, itself unchanged, tells of the sealing of this very manifest."""
    entries = AuditEntry.objects.filter(action=SEALED, object_kind=Packet._meta.model_name)
    return any(
        entry.fields.get("manifest") == salted(entry.salt, found.manifest_digest)
        and entry.birth_hmac == sign_birth([getattr(entry, name) for name in EVIDENCE], key=audit_key())
        for entry in entries.iterator()
    )
