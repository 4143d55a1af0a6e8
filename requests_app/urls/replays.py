"""Addresses of what-if: a question over the clocks of the compliance report, and what came of it."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import replays

urlpatterns: list[URLPattern | URLResolver] = [
    path("compliance/what-if/", replays.what_if, name="what_if"),
    path("compliance/what-if/<int:pk>/", replays.replay, name="replay"),
    path("compliance/what-if/<int:pk>/requests/", replays.replay_rows, name="replay_rows"),
    path("compliance/what-if/<int:pk>/load-<str:look>-<str:size>.svg", replays.replay_chart, name="replay_chart"),
]
