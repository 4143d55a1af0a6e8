"""A page that takes a file says what to do when none was chosen."""

import pytest
from django import forms

from requests_app.forms.absence_uploads import AbsenceFileForm
from requests_app.forms.counted_contacts import CountFileForm
from requests_app.forms.roster_uploads import RosterFileForm
from requests_app.forms.training_uploads import TrainingFileForm


@pytest.mark.parametrize("form", [AbsenceFileForm, CountFileForm, RosterFileForm, TrainingFileForm])
def test_without_a_file_it_says_to_choose_one(form: type[forms.Form]) -> None:
    assert form.base_fields["file"].error_messages["required"] == "Choose a file first."
