"""Wiring: settings, Celery, addresses. No rules live here."""
