"""Which background jobs wait, and which failed."""

from datetime import datetime

from django.db.models import Q, QuerySet

from requests_app.models import BackgroundJob

Status = BackgroundJob.Status


def jobs_waiting(now: datetime) -> QuerySet[BackgroundJob]:
    """Give the jobs to take up, oldest first; one whose worker is no longer heard from among them."""
    abandoned = Q(status=Status.RUNNING, lease_until__lte=now)
    return BackgroundJob.objects.filter(Q(status=Status.WAITING) | abandoned).order_by("pk")


def failed_jobs(*, since: datetime) -> QuerySet[BackgroundJob]:
    """Give the jobs that failed since an instant, newest first."""
    return BackgroundJob.objects.filter(status=Status.FAILED, finished_at__gte=since).order_by("-pk")


def unfinished_job(kind: str) -> BackgroundJob | None:
    """Give the newest job of a kind that waits or runs, or None."""
    return BackgroundJob.objects.filter(kind=kind, status__in=[Status.WAITING, Status.RUNNING]).order_by("-pk").first()


def latest_job(kind: str, *, parameters: dict[str, object]) -> BackgroundJob | None:
    """Give the job of a kind asked for last with these parameters, finished or not."""
    return BackgroundJob.objects.filter(kind=kind, parameters=parameters).order_by("-pk").first()
