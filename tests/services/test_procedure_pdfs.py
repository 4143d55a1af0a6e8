"""The procedure form as PDF: tagged, the same for the same data, in both languages."""

import subprocess
from collections.abc import Mapping
from datetime import datetime
from itertools import chain
from typing import Any

import pytest
from django.utils import translation

from requests_app.models import ApprovedForm, labels
from requests_app.models.event_words import EVENT_KINDS
from requests_app.selectors.escalation_chain import LEVEL_WORDS
from requests_app.selectors.procedure_form import procedure_form
from requests_app.services.procedure_pdfs import blank_pdf, form_pdf, form_title
from tests.cast import Cast, actor
from tests.complaint_cases import told_complaint
from tests.record_files import every_byte, words_in

pytestmark = pytest.mark.django_db


def drawn(cast: Cast, now: datetime, language: str = "en", own_form: ApprovedForm | None = None) -> bytes:
    found = told_complaint(cast, now=now)
    with translation.override(language):
        form = procedure_form(found, actor=actor(cast.hana))
    return form_pdf(form, own_form=own_form)


def test_it_is_tagged_and_says_what_it_is(cast: Cast, now: datetime) -> None:
    pdf = drawn(cast, now)
    inside = every_byte({"form.pdf": pdf})
    for word in ("/MarkInfo", "/StructTreeRoot", "/Lang", "pdfuaid:part", "/Title"):
        assert word in inside, word
    tags = subprocess.run(["pdfinfo", "-struct", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert {"H1", "H2", "H3", "Table", "TH"} <= set(tags.replace("(", " ").split())
    text = words_in(pdf)
    assert "Stand-in form" in text
    assert "Citizen request, concern or compliment" in text
    assert "1/3" in "".join(text.split())


def test_the_same_data_give_the_same_bytes(cast: Cast, now: datetime) -> None:
    found = told_complaint(cast, now=now)
    form = procedure_form(found, actor=actor(cast.hana))
    assert form_pdf(form, own_form=None) == form_pdf(form, own_form=None)


def test_it_is_drawn_in_spanish(cast: Cast, now: datetime) -> None:
    pdf = drawn(cast, now, "es")
    text = words_in(pdf)
    assert "Formulario provisional" in text
    assert "Número de seguimiento" in text
    assert "Firmas" in text
    assert "/Lang (es)" in every_byte({"form.pdf": pdf})


def test_no_label_is_left_in_english(cast: Cast, now: datetime) -> None:
    found, labels = told_complaint(cast, now=now), {}
    for language in ("en", "es"):
        with translation.override(language):
            form = procedure_form(found, actor=actor(cast.hana))
        lines = [line for part in form.parts for line in (*part.lines, *chain(*(one.lines for one in part.entries)))]
        steps = {line.label for line in form.parts[-1].lines}
        labels[language] = {*(part.title for part in form.parts), *(line.label for line in lines)} - steps | {
            *form.signatures
        }
    assert labels["en"] & labels["es"] == {""}
    assert len(labels["en"]) == len(labels["es"]) > 50


@pytest.mark.parametrize(("language", "said"), [("en", "Stand-in form"), ("es", "Formulario provisional")])
def test_the_blank_form_has_lines_to_write_on(language: str, said: str) -> None:
    pdf = blank_pdf(language, own_form=None)
    assert said in words_in(pdf)
    assert "/StructTreeRoot" in every_byte({"form.pdf": pdf})
    assert pdf == blank_pdf(language, own_form=None)


def test_the_citys_own_form_takes_the_place_of_the_stand_in_title(cast: Cast, now: datetime) -> None:
    own = ApprovedForm(name="HR form 7", name_es="Formulario 7", owner=cast.streets, external_number="7")
    text = words_in(drawn(cast, now, own_form=own))
    assert "The city’s own form is HR form 7" in text
    assert "Stand-in" not in text
    assert "Formulario 7" in form_title("es", own)


@pytest.mark.parametrize(
    "words",
    [labels.KINDS, labels.STATUSES, labels.COMPLAINT_SUBJECTS, labels.COMPLAINT_OUTCOMES, labels.ROOT_CAUSES,
     labels.FOLLOW_UP_OUTCOMES, labels.MILESTONES, labels.VERDICTS, labels.NO_REPLIES, EVENT_KINDS, LEVEL_WORDS],
)  # fmt: skip
def test_no_code_on_it_is_left_in_english(words: Mapping[Any, Any]) -> None:
    """A new code needs its Spanish word: the form is handed to residents."""
    told = {}
    for language in ("en", "es"):
        with translation.override(language):
            told[language] = [str(label) for label in words.values()]
    assert [label for label in told["en"] if label in told["es"]] == []
