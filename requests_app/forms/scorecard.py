"""What a scorecard is narrowed by: period, department, and which rows are shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.domain.scorecard import Standing
from requests_app.forms.report_filters import ReportFilterForm
from requests_app.forms.reports import ReportAddress
from requests_app.models.clause_words import STANDINGS
from requests_app.models.labels import choices_of

_KEPT = ("period", "from", "to", "department")


def scorecard_filters(
    address: ReportAddress, shown: Standing | None, *, with_standing: bool = True
) -> ReportFilterForm:
    """Give the filters of a report that a scorecard has, and its own, filled with what was understood."""
    form = address.form()
    form.fields = {name: form.fields[name] for name in form.fields if name in _KEPT}
    if with_standing:
        choices = [("", _("All clauses")), *choices_of(STANDINGS)]
        form.fields["standing"] = forms.ChoiceField(label=_("Shown"), required=False, choices=choices)
        form.data = {**form.data, "standing": shown.value if shown else ""}
    return form
