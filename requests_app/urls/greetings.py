"""Addresses of greetings and automatic replies (III.b.ii.5)."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import greeting_figures, greeting_lists, greetings
from requests_app.views.greeting_verbs import GREETING_VERBS

urlpatterns: list[URLPattern | URLResolver] = [
    path("greetings/", greeting_lists.greeting_list, name="greeting_list"),
    path("absences/<int:pk>/greeting/", greetings.greeting, name="greeting"),
    *(
        path(
            f"absences/<int:pk>/greeting/{row.address}/",
            greetings.act_on_greeting,
            {"verb": verb},
            name=f"greeting_{verb}",
        )
        for verb, row in GREETING_VERBS.items()
    ),
    path("compliance/greetings/", greeting_figures.greeting_report, name="greeting_figures"),
    path("compliance/greetings/<slug:part>/", greeting_figures.greeting_rows, name="greeting_rows"),
]
