"""Addresses of recognition (III.b.iv.5, III.d.iii)."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import recognition, recognition_register

urlpatterns: list[URLPattern | URLResolver] = [
    path("recognition/", recognition.recognition, name="recognition"),
    path("recognition/thank/", recognition.recognition_thank, name="recognition_thank"),
    path("recognition/<slug:kind>/<int:pk>/take-back/", recognition.recognition_withdraw, name="recognition_withdraw"),
    path("recognition/awards/new/", recognition.award_new, name="award_new"),
    path("recognition/register/", recognition_register.recognition_register, name="recognition_register"),
    path("recognition/register/<slug:kind>/", recognition_register.recognition_rows, name="recognition_rows"),
]
