"""Addresses of absences, greetings, excuses, coverage and the inbox."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
