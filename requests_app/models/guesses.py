"""Counts of guessed passwords and codes."""

from django.db import models


class GuessCount(models.Model):
    """How often was guessed within a window; `key` is a keyed hash, so the table names neither people nor addresses."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at:%Y-%m-%d %H:%M}"
