"""Addresses of feedback: the pages residents and staff answer on, and what is read of it."""

from django.urls import URLPattern, URLResolver, path

from requests_app.urls import converters  # noqa: F401  # the addresses below hold a number
from requests_app.views import feedback, feedback_duty, feedback_texts, pulses, survey_answers, survey_slips

urlpatterns: list[URLPattern | URLResolver] = [
    path("survey/thanks/", survey_answers.survey_thanks, name="survey_thanks"),
    path("survey/<slug:token>/", survey_answers.survey, name="survey"),
    path("survey/<slug:token>/stop/", survey_answers.survey_stop, name="survey_stop"),
    path("requests/<number:number>/survey/", survey_slips.survey_slip, name="request_survey"),
    path("pulse/<int:pk>/", pulses.pulse, name="pulse"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/duty/", feedback_duty.duty, name="feedback_duty"),
    path("feedback/texts/", feedback_texts.texts, name="feedback_texts"),
    path("feedback/pulse/new/", pulses.pulse_new, name="pulse_new"),
    path("feedback/pulse/<int:pk>/", pulses.pulse_round, name="pulse_round"),
]
