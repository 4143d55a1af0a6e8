"""Addresses of the suggestions of staff (III.c.iii)."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import improvements

urlpatterns: list[URLPattern | URLResolver] = [
    path("suggestions/", improvements.improvement_list, name="improvement_list"),
    path("suggestions/new/", improvements.improvement_new, name="improvement_new"),
    path("suggestions/<int:pk>/", improvements.improvement_detail, name="improvement_detail"),
    path("suggestions/<int:pk>/comment/", improvements.improvement_comment, name="improvement_comment"),
    path("suggestions/<int:pk>/decide/", improvements.improvement_decide, name="improvement_decide"),
    path("suggestions/<int:pk>/done/", improvements.improvement_done, name="improvement_done"),
]
