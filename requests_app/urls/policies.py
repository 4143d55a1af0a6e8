"""Addresses of the policy: its versions, its reviews, the questions kept for them."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import attestations, attested_list, policies, policy_drafts, policy_evidence, policy_reviews

urlpatterns: list[URLPattern | URLResolver] = [
    path("policy/", policies.policy_page, name="policy_page"),
    path("policy/versions/new/", policy_drafts.policy_draft_new, name="policy_draft_new"),
    path("policy/versions/<int:number>/", policies.policy_version, name="policy_version"),
    path("policy/versions/<int:number>/changes/", policies.policy_changes, name="policy_changes"),
    path("policy/versions/<int:number>/edit/", policy_drafts.policy_draft_edit, name="policy_draft_edit"),
    path("policy/versions/<int:number>/publish/", policy_drafts.policy_publish, name="policy_publish"),
    path("policy/reviews/", policy_reviews.policy_review_list, name="policy_review_list"),
    path("policy/reviews/open/", policy_reviews.policy_review_open, name="policy_review_open"),
    path("policy/reviews/<int:pk>/", policy_reviews.policy_review, name="policy_review"),
    path("policy/reviews/<int:pk>/packet.pdf", policy_evidence.policy_review_pdf, name="policy_review_pdf"),
    path("policy/reviews/<int:pk>/complete/", policy_reviews.policy_review_complete, name="policy_review_complete"),
    path("policy/questions/", policy_reviews.policy_question_list, name="policy_question_list"),
    path("policy/questions/<int:pk>/answer/", policy_reviews.policy_question_answer, name="policy_question_answer"),
    path("policy/attest/", attestations.policy_attest, name="policy_attest"),
    path("policy/attestations/", attestations.attestation_list, name="attestation_list"),
    path("policy/attestations/then/", attested_list.attested_list, name="attested_list"),
    path("policy/attestations/<int:pk>/", attestations.attestation_round, name="attestation_round"),
    path("policy/attestations/<int:pk>/paper/", attestations.attestation_paper, name="attestation_paper"),
    path("policy/attestations/<int:pk>/close/", attestations.attestation_close, name="attestation_close"),
    path(
        "policy/attestations/<int:pk>/paper/<int:employee_id>/take-back/",
        attestations.attestation_take_back,
        name="attestation_take_back",
    ),
]
