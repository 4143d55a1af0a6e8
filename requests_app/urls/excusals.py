"""Addresses of excuses: what waits for a decision, and proposing one for oneself."""

from django.urls import URLPattern, URLResolver, path

from requests_app.urls import converters  # noqa: F401  # the addresses below hold a number
from requests_app.views import excusals

urlpatterns: list[URLPattern | URLResolver] = [
    path("excusals/", excusals.excusal_list, name="excusal_list"),
    path("excusals/decide/", excusals.excusal_decide, name="excusal_decide"),
    path("requests/<number:number>/propose-excusal/", excusals.excusal_propose, name="request_propose_excusal"),
]
