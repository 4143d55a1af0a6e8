"""Addresses of feedback: the pages residents answer on, and what Human Resources and the departments read of it."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import survey_answers

urlpatterns: list[URLPattern | URLResolver] = [
    path("survey/thanks/", survey_answers.survey_thanks, name="survey_thanks"),
    path("survey/<slug:token>/", survey_answers.survey, name="survey"),
    path("survey/<slug:token>/stop/", survey_answers.survey_stop, name="survey_stop"),
]
