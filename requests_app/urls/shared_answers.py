"""Addresses of the answers that colleagues share (III.b.iv.4)."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import shared_answers

urlpatterns: list[URLPattern | URLResolver] = [
    path("answers/", shared_answers.shared_answer_list, name="shared_answer_list"),
    path("answers/new/", shared_answers.shared_answer_new, name="shared_answer_new"),
    path("answers/<int:pk>/", shared_answers.shared_answer, name="shared_answer"),
    path("answers/<int:pk>/change/", shared_answers.shared_answer_change, name="shared_answer_change"),
]
