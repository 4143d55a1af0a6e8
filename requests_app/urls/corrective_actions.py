"""Addresses of the register of corrective action."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import corrective_actions

urlpatterns: list[URLPattern | URLResolver] = [
    path("corrective-actions/switch/", corrective_actions.corrective_switch_page, name="corrective_switch"),
    path("corrective-actions/", corrective_actions.corrective_action_list, name="corrective_action_list"),
    path("corrective-actions/counted/", corrective_actions.corrective_counted, name="corrective_counted"),
    path("corrective-actions/<int:pk>/", corrective_actions.corrective_action, name="corrective_action"),
]
