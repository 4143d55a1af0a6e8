"""The house: settings, start, health, deployment."""
