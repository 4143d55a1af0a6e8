"""Valid forms of the training register, for the permission table."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.models import TrainingCourse
from tests.cast import Cast


def training_forms(cast: Cast) -> dict[str, dict[str, Any]]:
    """Give a form that each address of the register takes."""
    course = {
        "name": "Customer service",
        "kind": "both",
        "asked_from": "2025-04-01",
        "employments": ["employee", "contractor", "volunteer"],
        "is_active": "on",
    }
    answer = {
        "title": "Parking permits",
        "text_en": "They are $20.",
        "owner": cast.bob.pk,
        "review_by": "2027-11-01",
        "is_active": "on",
    }
    known = TrainingCourse.objects.values_list("pk", flat=True).first()
    return {
        "recognition_thank": {"person": cast.charlie.pk, "text": "You stayed late"},
        "award_new": {"person": cast.bob.pk, "name": "Of the year", "on": "2026-11-20", "occasion": "The storm"},
        "recognition_withdraw": {"reason": "Another Alice"},
        "shared_answer_new": {**answer, "title": "Bulky waste"},
        "shared_answer_change": {**answer, "version": 1},
        "improvement_new": {"title": "A sign", "text": "At the door", "department": cast.streets.pk},
        "improvement_comment": {"text": "Yes, please"},
        "improvement_decide": {"verdict": "adopted", "reason": "It is cheap"},
        "improvement_done": {"note": "It hangs there"},
        "training_course_new": {**course, "name": "Telephone"},
        "training_course": course,
        "training_record": {"course": known, "on": "2026-11-20", "people": [cast.alice.pk]},
        "training_import": {"file": SimpleUploadedFile("class.csv", b"name,course,date\nBob Teammate,x,2026-11-20\n")},
        "training_record_remove": {"reason": "Another Bob"},
    }
