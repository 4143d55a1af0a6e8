"""Health pages: whether this process lives, and whether everything it needs is there."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pinole_service.broker import broker_fault
from requests_app.models import SweepRun

# The sweep ticks every minute. Five missed ticks are no hiccup.
SWEEP_MAY_BE_OLD = timedelta(minutes=5)
SWEEP = "sweep_clocks"


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Answer as long as this process runs."""
    return JsonResponse({"status": "live"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, broker and sweep are well, else 503 and what is not; no login, no private word."""
    sweep = _sweep(timezone.now())
    parts = {
        "database": "unreachable" if sweep == "unknown" else "ok",
        "broker": broker_fault(settings.BROKER_URL) or "ok",
        "sweep": sweep,
    }
    well = all(state == "ok" for state in parts.values())
    return JsonResponse({"status": "ready" if well else "not ready", **parts}, status=200 if well else 503)


def _sweep(now: datetime) -> str:
    try:
        connection.ensure_connection()
        sweep = SweepRun.objects.filter(name=SWEEP).first()
    except DatabaseError:
        return "unknown"
    if sweep is None or sweep.last_finished_at is None:
        return "has not run yet"
    if sweep.last_error:
        return "failed"
    age = now - sweep.last_finished_at
    return "ok" if age <= SWEEP_MAY_BE_OLD else f"last ran {int(age.total_seconds() // 60)} minutes ago"
