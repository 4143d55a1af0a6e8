"""Two keepers of the register at once: one row for two clicks, one procedure form whoever is quicker."""

from datetime import datetime
from functools import partial

import pytest

from requests_app.models import ApprovedForm
from requests_app.selectors.approved_forms import mark_of
from requests_app.services.approved_forms import (
    ApprovedFormEntry,
    FormNameTaken,
    add_approved_form,
    change_approved_form,
)
from requests_app.services.edits import ChangedMeanwhile
from tests.cast import Cast, actor
from tests.concurrency.conftest import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def entry(cast: Cast, name: str, **typed: object) -> ApprovedFormEntry:
    facts = {"name": name, "owner_id": cast.streets.pk, "external_number": "7", **typed}
    return ApprovedFormEntry(**facts)  # type: ignore[arg-type]


def test_two_clicks_add_one_form(cast: Cast, now: datetime) -> None:
    add = partial(add_approved_form, entry(cast, "Procedure"), file=None, actor=actor(cast.cleo), at=now)
    results = at_once(*[add] * 4)
    assert failures(results) == []
    assert ApprovedForm.objects.count() == 1


def test_of_two_forms_of_one_name_one_is_told(cast: Cast, now: datetime) -> None:
    results = at_once(
        *[
            partial(add_approved_form, entry(cast, "Procedure", purpose=purpose), file=None, actor=actor(who), at=now)
            for purpose, who in (("One", cast.cleo), ("Two", cast.ada))
        ]
    )
    assert failures(results, FormNameTaken) == []
    assert [type(result) for result in results].count(FormNameTaken) == 1
    assert ApprovedForm.objects.count() == 1


def test_two_procedure_forms_at_once_leave_one(cast: Cast, now: datetime) -> None:
    results = at_once(
        *[
            partial(
                add_approved_form, entry(cast, name, is_procedure_form=True), file=None, actor=actor(cast.cleo), at=now
            )
            for name in ("One", "Two", "Three")
        ]
    )
    assert failures(results) == []
    assert ApprovedForm.objects.filter(is_procedure_form=True).count() == 1
    assert ApprovedForm.objects.count() == 3


def test_of_two_edits_at_once_the_second_is_told(cast: Cast, now: datetime) -> None:
    form = add_approved_form(entry(cast, "Procedure"), file=None, actor=actor(cast.cleo), at=now)
    seen = mark_of(form)
    results = at_once(
        *[
            partial(
                change_approved_form, form.pk, entry(cast, "Procedure", purpose=purpose), file=None, seen=seen,
                actor=actor(cast.cleo), at=now,
            )
            for purpose in ("One", "Two")
        ]
    )  # fmt: skip
    assert failures(results, ChangedMeanwhile) == []
    assert [type(result) for result in results].count(ChangedMeanwhile) == 1
