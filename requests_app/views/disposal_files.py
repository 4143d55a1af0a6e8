"""A disposal list as a file: every request by number and dates, and nothing of its content."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext

from requests_app.models import DisposalList


def certificate_headings() -> list[str]:
    """Name the columns."""
    return [
        gettext("Tracking number"),
        gettext("Kind"),
        gettext("Received"),
        gettext("Closed"),
        gettext("Class"),
        gettext("Years"),
        gettext("Destroyed"),
        gettext("Kept because"),
        gettext("Rows emptied"),
        gettext("SHA-256 of what was destroyed"),
    ]


def certificate_rows(disposal: DisposalList) -> Iterator[list[object]]:
    """Give the lines, in the order of the list."""
    for item in disposal.items.iterator(chunk_size=500):
        yield [
            item.number,
            item.get_kind_display(),
            f"{timezone.localtime(item.received_at):%Y-%m-%d}",
            f"{timezone.localtime(item.closed_at):%Y-%m-%d}",
            item.get_retention_display(),
            item.years,
            f"{timezone.localtime(item.destroyed_at):%Y-%m-%d %H:%M}" if item.destroyed_at else "",
            item.get_kept_because_display() if item.kept_because else "",
            sum(item.counts.values()),
            item.content_hash,
        ]
