"""Customers who were found to be one, with all it takes to part them again."""

from django.db import models
from django.db.models import F, Q

from requests_app.models.customers import Customer
from requests_app.models.directory import Employee


class CustomerMerge(models.Model):
    """One customer going into another: nothing is deleted, so that undoing it is putting rows back."""

    survivor = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="mergings")
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    request_ids = models.JSONField(default=list, help_text="the requests that went over")
    own_requests = models.PositiveIntegerField(default=0, help_text="how many the one who stayed had before")
    point_ids = models.JSONField(default=list, help_text="the ways to reach them that went over")
    before = models.JSONField(default=dict, help_text="facts of the one who stayed, as they were")
    after = models.JSONField(default=dict, help_text="the same facts as the merge left them")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="customer_merged_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(survivor=F("merged")), name="customer_not_merged_with_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.survivor_id}, {self.merged_at:%Y-%m-%d %H:%M}"
