"""Addresses of the scorecard: every clause, one clause, and the list behind a figure of it."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import scorecard, scorecard_lists

urlpatterns: list[URLPattern | URLResolver] = [
    path("compliance/scorecard/", scorecard.scorecard_page, name="scorecard"),
    path("compliance/scorecard/<str:key>/", scorecard.clause_page, name="scorecard_clause"),
    path("compliance/scorecard/<str:key>/<slug:code>/", scorecard_lists.clause_rows, name="scorecard_rows"),
]
