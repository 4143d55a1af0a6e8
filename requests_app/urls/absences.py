"""Addresses of absences, greetings, excuses, coverage and the inbox."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import absence_lists, absences

# The register of absences.
_REGISTER: list[URLPattern | URLResolver] = [
    path("absences/", absence_lists.absence_list, name="absence_list"),
    path("absences/new/", absences.absence_new, name="absence_new"),
    path("absences/<int:pk>/", absences.absence_detail, name="absence_detail"),
    path("absences/<int:pk>/change/", absences.absence_change, name="absence_change"),
    path("absences/<int:pk>/end/", absences.absence_end, name="absence_end"),
    path("absences/<int:pk>/remove/", absences.absence_remove, name="absence_remove"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *_REGISTER,
]
