"""Fields are drawn by cheaper templates than the libraries', and look the same: only blanks between tags differ."""

import re
from pathlib import Path
from typing import Any

import crispy_bootstrap5
import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Engine
from django.template.loader import render_to_string

_CHOICES = [("a", "A & B"), ("Group", [("c", "C"), ("d", "<D>")])]
_LIBRARY = Engine(
    dirs=[str(Path(crispy_bootstrap5.__file__).parent / "templates")],
    libraries={
        "crispy_forms_field": "crispy_forms.templatetags.crispy_forms_field",
        "crispy_forms_filters": "crispy_forms.templatetags.crispy_forms_filters",
        "l10n": "django.templatetags.l10n",
    },
)


class Everything(forms.Form):
    required_css_class = "needed"

    text = forms.CharField(help_text="A <em>word</em>")
    nameless = forms.CharField(label="", required=False)
    number = forms.IntegerField(required=False)
    long = forms.CharField(widget=forms.Textarea, required=False, help_text="As long as you like")
    secret = forms.CharField(widget=forms.PasswordInput)
    at = forms.SplitDateTimeField(required=False)
    choice = forms.ChoiceField(choices=_CHOICES, help_text="One")
    choices = forms.MultipleChoiceField(choices=_CHOICES, required=False)
    one = forms.ChoiceField(choices=_CHOICES, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(choices=_CHOICES, widget=forms.CheckboxSelectMultiple, required=False)
    agreed = forms.BooleanField(help_text="Tick it")
    maybe = forms.BooleanField(required=False)
    file = forms.FileField(help_text="A picture")
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


FILLED = {"text": "w", "number": "4", "choice": "c", "choices": ["a", "d"], "one": "d", "several": ["a"], "maybe": "on"}


@pytest.mark.parametrize("data", [None, {}, FILLED, {"number": "x", "choice": "z"}], ids=str)
@pytest.mark.parametrize("auto_id", ["note_%s", False])
@pytest.mark.parametrize("name", Everything.base_fields)
def test_a_field_is_drawn_as_the_library_draws_it(name: str, auto_id: str | bool, data: dict[str, Any] | None) -> None:
    def context() -> dict[str, Any]:
        field = Everything(data, auto_id=auto_id)[name]
        return {"field": field, "form_show_errors": True, "form_show_labels": True, "label_class": ""}

    ours = render_to_string("bootstrap5/field.html", context())

    assert _without_blanks(ours) == _without_blanks(
        _LIBRARY.get_template("bootstrap5/field.html").render(Context(context()))
    )


@pytest.mark.parametrize("name", ["choice", "choices", "number", "maybe", "hidden", "secret", "file"])
def test_a_widget_is_drawn_as_django_draws_it(name: str) -> None:
    def drawn(**options: Any) -> str:
        return str(
            Everything(FILLED, **options)[name].as_widget(attrs={"required": True, "data-a": "<b>", "hidden": False})
        )

    assert _without_blanks(drawn()) == _without_blanks(drawn(renderer=DjangoTemplates()))
    assert ("selected" in drawn()) == (name in {"choice", "choices"})


def _without_blanks(html: str) -> str:
    return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", html))
