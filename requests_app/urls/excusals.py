"""Addresses of excuses: what waits for a decision, one's own proposal, and the figures for Human Resources."""

from django.urls import URLPattern, URLResolver, path

from requests_app.urls import converters  # noqa: F401  # the addresses below hold a number
from requests_app.views import excusal_figures, excusals

urlpatterns: list[URLPattern | URLResolver] = [
    path("excusals/", excusals.excusal_list, name="excusal_list"),
    path("excusals/decide/", excusals.excusal_decide, name="excusal_decide"),
    path("compliance/excusals/", excusal_figures.figures, name="excusal_figures"),
    path("compliance/excusals/<slug:part>/", excusal_figures.figure_rows, name="excusal_figure_rows"),
    path("requests/<number:number>/propose-excusal/", excusals.excusal_propose, name="request_propose_excusal"),
]
