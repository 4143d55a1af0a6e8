"""Addresses of the product: nouns, then a verb."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import requests
from requests_app.views.look import set_look
from requests_app.views.request_verbs import VERBS

urlpatterns: list[URLPattern | URLResolver] = [
    path("look/", set_look, name="set_look"),
    path("requests/<str:number>/", requests.detail, name="request_detail"),
    *(
        path(f"requests/<str:number>/{verb}/", requests.act, {"verb": verb}, name=f"request_{verb.replace('-', '_')}")
        for verb in VERBS
    ),
]
