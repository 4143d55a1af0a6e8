"""What-if: a question asked of the clocks, what came of it, and which clocks would have been judged otherwise."""

from django.db import models
from django.urls import reverse

from requests_app.models.clocks import ResponseClock
from requests_app.models.directory import Department, Employee
from requests_app.models.jobs import BackgroundJob


class Replay(models.Model):
    """One question and its figures; it belongs to whoever asked, since it counts what that person may see."""

    address = models.JSONField(help_text="which clocks, as the filters of the compliance report")
    query = models.JSONField(help_text="which clocks, as selectors.reports.scope.ReportQuery")
    question = models.JSONField(help_text="what would be otherwise, as domain.replays.Question")
    scope_mark = models.TextField(help_text="how far the figures reach, as selectors.reports.replays.scope_mark")
    requested_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    submission_key = models.UUIDField(null=True, blank=True, unique=True)
    job = models.OneToOneField(BackgroundJob, null=True, blank=True, on_delete=models.SET_NULL, related_name="replay")
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict, blank=True, help_text="as domain.replay_figures.ReplayFigures")

    class Meta:
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["requested_by", "-requested_at"], name="replay_newest")]

    def __str__(self) -> str:
        return f"What if {self.pk}"

    def get_absolute_url(self) -> str:
        """Give the address of its page."""
        return reverse("replay", args=[self.pk])


class ReplayChange(models.Model):
    """A clock that would have been judged otherwise."""

    replay = models.ForeignKey(Replay, on_delete=models.CASCADE, related_name="changes")
    clock = models.ForeignKey(ResponseClock, on_delete=models.CASCADE, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="as recorded")
    would_be_due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True, blank=True)
    move = models.CharField(max_length=20, help_text="as domain.replays.MOVES")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["replay", "clock"], name="replay_clock_once")]

    def __str__(self) -> str:
        return f"{self.replay_id}: {self.clock_id} {self.move}"
