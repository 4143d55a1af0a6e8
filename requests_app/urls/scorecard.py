"""Addresses of the scorecard, of signatures under clauses, and of questions about the policy."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import clause_signatures, scorecard, scorecard_lists, staff_questions

urlpatterns: list[URLPattern | URLResolver] = [
    path("compliance/scorecard/", scorecard.scorecard_page, name="scorecard"),
    path("compliance/scorecard/<str:key>/", scorecard.clause_page, name="scorecard_clause"),
    path("compliance/scorecard/<str:key>/sign/", clause_signatures.clause_sign, name="clause_sign"),
    path("compliance/scorecard/<str:key>/<slug:code>/", scorecard_lists.clause_rows, name="scorecard_rows"),
    path("compliance/signatures/<int:pk>/withdraw/", clause_signatures.signature_withdraw, name="signature_withdraw"),
    path("policy/ask/", staff_questions.question_ask, name="question_ask"),
    path("policy/asked/", staff_questions.question_list, name="question_list"),
    path("policy/asked/<int:pk>/answer/", staff_questions.question_answer, name="question_answer"),
    path("policy/contact/confirm/", staff_questions.contact_confirm, name="contact_confirm"),
]
