"""Ask where newer versions are announced; what came back is kept, nothing is installed."""

import json
import re
import urllib.error
import urllib.request
from datetime import datetime

from django.conf import settings

from requests_app.models import SweepRun
from requests_app.selectors.access import Actor
from requests_app.selectors.upkeep import UPDATE_CHECK
from requests_app.services.events import record_audit

_SECONDS = 10
_MOST_BYTES = 10_000
_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){1,3}")


class NoAnnouncement(Exception):
    """Nobody answered, or not with a version; the message says which."""


def look_for_update(*, actor: Actor, at: datetime) -> str:
    """Ask UPDATES_URL for the newest version and keep the answer. Raises NoAnnouncement, which is kept as well."""
    error, newest = "", ""
    try:
        newest = _announced()
    except NoAnnouncement as fault:
        error = str(fault)
    run, _ = SweepRun.objects.update_or_create(
        name=UPDATE_CHECK,
        defaults={
            "last_started_at": at,
            "last_finished_at": at,
            "counts": {"newest": newest} if newest else {},
            "last_error": error[:300],
        },
    )
    record_audit("update_looked_for", run, actor=actor, at=at)
    if error:
        raise NoAnnouncement(error)
    return newest


def _announced() -> str:
    if not settings.UPDATES_URL:
        raise NoAnnouncement("UPDATES_URL is not set.")
    try:
        with urllib.request.urlopen(settings.UPDATES_URL, timeout=_SECONDS) as answer:  # noqa: S310  # nosec B310  # settings refuse all but https
            found = json.loads(answer.read(_MOST_BYTES))
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise NoAnnouncement(f"No answer from UPDATES_URL: {error}") from error
    version = found.get("version") if isinstance(found, dict) else None
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise NoAnnouncement("UPDATES_URL did not answer with a version.")
    return version
