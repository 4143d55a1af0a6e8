"""Addresses of greetings and automatic replies (III.b.ii.5)."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import greeting_figures, greeting_lists, greetings

urlpatterns: list[URLPattern | URLResolver] = [
    path("greetings/", greeting_lists.greeting_list, name="greeting_list"),
    path("absences/<int:pk>/greeting/", greetings.greeting, name="greeting"),
    path("absences/<int:pk>/greeting/text/", greetings.greeting_change, name="greeting_change"),
    path("absences/<int:pk>/greeting/write/", greetings.greeting_write, name="greeting_write"),
    path("absences/<int:pk>/greeting/leave-out/", greetings.greeting_drop, name="greeting_drop"),
    path("absences/<int:pk>/greeting/reason/", greetings.greeting_decline, name="greeting_decline"),
    path("absences/<int:pk>/greeting/set/", greetings.greeting_set, name="greeting_set"),
    path("absences/<int:pk>/greeting/check/", greetings.greeting_check, name="greeting_check"),
    path("absences/<int:pk>/greeting/clear/", greetings.greeting_clear, name="greeting_clear"),
    path("compliance/greetings/", greeting_figures.greeting_report, name="greeting_figures"),
    path("compliance/greetings/<slug:part>/", greeting_figures.greeting_rows, name="greeting_rows"),
]
