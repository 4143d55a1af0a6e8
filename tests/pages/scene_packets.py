"""Files and packets of the report in every state, with as many changes as one can hold."""

from datetime import datetime

from requests_app.models import Packet, ReportFile
from tests.cast import Cast


def let_reports_leave(cast: Cast, *, now: datetime, text: str) -> None:
    """Leave a file that waits, one that is ready and one that is gone; and two revisions of a month."""
    asked = {"from": "2026-10-01", "to": "2026-10-31"}
    for size, finished_at in ((0, None), (9, now), (0, now)):
        ReportFile.objects.create(
            format="pdf", asked=asked, requested_by=cast.hana, requested_at=now, finished_at=finished_at, size=size
        )
    ReportFile.objects.create(format="pdf", asked=asked, month="2026-10", requested_at=now)
    figures = [{"table": "clocks", "where": text, "what": "met", "before": None, "after": 10**6}] * 300
    for revision in (1, 2):
        Packet.objects.create(
            month="2026-10", revision=revision, as_of=now, sealed_at=now, sealed_by=cast.hana, data_digest="0" * 64,
            manifest="{}", manifest_digest=str(revision) * 64, audit_sequence=0, audit_hash="0" * 64, content=b"",
            changes={"figures": figures, "clocks": []},
        )  # fmt: skip
