"""What the policy leaves open of the front desk, as fields: by when the checklist and the box are done."""

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.forms.fields import number_field as _number


class FrontDeskChoices(forms.Form):
    """The choices of the front desk; a field is named as its choice."""

    opening_check_minutes = _number(
        _("Minutes after the counter opens by which the opening checklist is signed"),
        _("Later the supervisor of the front desk is told (III.b.iii.3). Closed days are silent."),
        least=5,
        most=480,
    )
    voicemail_check_hour = _number(
        _("Hour of each business day by which the voicemail box is checked"),
        _("On the 24-hour clock. Later it stands as late at the front desk and for its supervisor (III.b.ii.3)."),
        least=1,
        most=23,
    )
