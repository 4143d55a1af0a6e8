"""Wiring: settings, Celery, addresses. No rules live here."""

__version__ = "0.3.0"
