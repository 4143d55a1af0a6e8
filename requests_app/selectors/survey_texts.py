"""The texts residents wrote; whoever asks has made sure that they go to Human Resources (III.c.ii)."""

from django.db.models import QuerySet

from requests_app.domain.periods import Period
from requests_app.domain.surveys import month_of
from requests_app.models import SurveyAnswer
from requests_app.selectors.feedback_figures import Departments


def survey_texts(*, period: Period, department_ids: Departments = None) -> QuerySet[SurveyAnswer]:
    """Give the answers of a period that hold words, newest month first, in no order within it."""
    found = SurveyAnswer.objects.filter(month__gte=month_of(period.from_on), month__lte=period.to_on)
    if department_ids is not None:
        found = found.filter(department__in=department_ids)
    return found.exclude(comment="").select_related("department").order_by("-month", "id")
