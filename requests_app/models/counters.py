"""Shared counter computers: which browsers are registered, who signed in there, and the PINs people switch with."""

from django.db import models

from requests_app.models.directory import Employee


class CounterDevice(models.Model):
    """One browser of a computer that several people share; it proves itself by a token in a cookie."""

    name = models.CharField(max_length=80)
    place = models.CharField(max_length=120, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token; the token is not kept")
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class CounterPin(models.Model):
    """The PIN of one person, for registered counter computers only."""

    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, related_name="counter_pin")
    pin_hash = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"PIN of {self.employee}"


class CounterSeat(models.Model):
    """One person at one counter computer: the last full sign-in there, and the guesses since."""

    device = models.ForeignKey(CounterDevice, on_delete=models.CASCADE, related_name="seats")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="counter_seats")
    signed_in_at = models.DateTimeField(help_text="last sign-in with password or passkey")
    auth_hash = models.CharField(max_length=128, help_text="changes with the password, which ends what the PIN may do")
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    return_to = models.CharField(max_length=500, blank=True, help_text="where this person was when it was locked")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "employee"], name="counter_seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.employee}, {self.device}"
