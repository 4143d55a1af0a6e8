"""Addresses of the scorecard, of signatures under clauses, and of questions about the policy."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import (
    clause_signatures,
    counted_contacts,
    logging_coverage,
    scorecard,
    scorecard_lists,
    staff_questions,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("compliance/scorecard/", scorecard.scorecard_page, name="scorecard"),
    path("compliance/scorecard/<str:key>/", scorecard.clause_page, name="scorecard_clause"),
    path("compliance/scorecard/<str:key>/sign/", clause_signatures.clause_sign, name="clause_sign"),
    path("compliance/scorecard/<str:key>/<slug:code>/", scorecard_lists.clause_rows, name="scorecard_rows"),
    path("compliance/signatures/<int:pk>/withdraw/", clause_signatures.signature_withdraw, name="signature_withdraw"),
    path("compliance/coverage/", logging_coverage.logging_coverage_page, name="logging_coverage"),
    path("compliance/coverage/days/", logging_coverage.counted_day_list, name="counted_days"),
    path("compliance/coverage/logged/", logging_coverage.logged_rows, name="logged_contacts"),
    path("compliance/coverage/count/", counted_contacts.count_new, name="count_new"),
    path("compliance/coverage/import/", counted_contacts.count_import, name="count_import"),
    path("compliance/coverage/import/template/", counted_contacts.count_template, name="count_template"),
    path("compliance/coverage/import/<int:upload_id>/", counted_contacts.count_preview_page, name="count_preview"),
    path("policy/ask/", staff_questions.question_ask, name="question_ask"),
    path("policy/asked/", staff_questions.question_list, name="question_list"),
    path("policy/asked/<int:pk>/answer/", staff_questions.question_answer, name="question_answer"),
    path("compliance/target/confirm/", scorecard.target_confirm, name="scorecard_target_confirm"),
    path("policy/contact/confirm/", staff_questions.contact_confirm, name="contact_confirm"),
]
