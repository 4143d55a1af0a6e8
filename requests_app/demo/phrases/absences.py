"""Words of the demo about absences."""

NO_STAND_IN = "The front desk takes what comes in."
