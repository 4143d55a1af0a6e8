"""Addresses of the front desk: the tally at the counter, the opening checklist, and the figures of both."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import (
    counter_figures,
    front_desk,
    incidents,
    opening_checks,
    referral_cards,
    voicemail_days,
    voicemail_round,
    waiting_times,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("front-desk/", front_desk.front_desk, name="front_desk"),
    path("front-desk/tap/", front_desk.counter_tap, name="counter_tap"),
    path("front-desk/taps/<int:pk>/undo/", front_desk.counter_tap_undo, name="counter_tap_undo"),
    path("front-desk/opening/sign/", opening_checks.opening_sign, name="opening_sign"),
    path("front-desk/opening/sign-noting/", opening_checks.opening_sign_noting, name="opening_sign_noting"),
    path("front-desk/opening/correct/", opening_checks.opening_correct, name="opening_correct"),
    path("front-desk/opening/items/", opening_checks.opening_checklist, name="opening_checklist"),
    path("front-desk/voicemail/", voicemail_round.voicemail_round, name="voicemail_round"),
    path("front-desk/voicemail/preview/", voicemail_round.voicemail_preview, name="voicemail_preview"),
    path("front-desk/voicemail/message/", voicemail_round.voicemail_message, name="voicemail_message"),
    path("front-desk/voicemail/finish/", voicemail_round.voicemail_finish, name="voicemail_finish"),
    path("front-desk/referrals/", referral_cards.card_list, name="referral_cards"),
    path("front-desk/referrals/new/", referral_cards.card_new, name="referral_card_new"),
    path("front-desk/referrals/<slug:slug>/", referral_cards.card_page, name="referral_card"),
    path("front-desk/referrals/<slug:slug>/edit/", referral_cards.card_edit, name="referral_card_edit"),
    path("front-desk/referrals/<slug:slug>/checked/", referral_cards.card_checked, name="referral_card_checked"),
    path("incidents/", incidents.incident_list, name="incident_list"),
    path("incidents/new/", incidents.incident_new, name="incident_new"),
    path("incidents/<int:pk>/", incidents.incident_page, name="incident"),
    path("incidents/<int:pk>/edit/", incidents.incident_edit, name="incident_edit"),
    path("incidents/<int:pk>/answer/", incidents.incident_answer, name="incident_answer"),
    path("incidents/<int:pk>/end/", incidents.incident_end, name="incident_end"),
    path("incidents/<int:pk>/unlink/", incidents.incident_unlink, name="incident_unlink"),
    path("front-desk/visitors/", waiting_times.visitor_check_in, name="visitor_check_in"),
    path("front-desk/visitors/<int:pk>/<slug:step>/", waiting_times.visitor_step, name="visitor_step"),
    path("compliance/counter/waiting/", waiting_times.waiting_samples, name="waiting_samples"),
    path("compliance/counter/waiting/<int:pk>/end/", waiting_times.waiting_sample_end, name="waiting_sample_end"),
    path("compliance/coverage/voicemail/", voicemail_days.voicemail_day_list, name="voicemail_days"),
    path("compliance/counter/", counter_figures.counter_page, name="counter_figures"),
    path("compliance/counter/taps/", counter_figures.counter_tap_list, name="counter_taps"),
    path("compliance/counter/visitors/", counter_figures.visitor_wait_list, name="visitor_waits"),
    path("compliance/counter/opening/", counter_figures.opening_day_list, name="opening_days"),
]
