"""Tags of the look: icons from the one sprite, and the words a component needs about itself."""

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BaseForm, BoundField, Field
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from requests_app.domain.redaction import split_at_marks
from requests_app.domain.vocabulary import Channel
from requests_app.models.labels import LANGUAGES

register = template.Library()

_CHANNEL_ICONS: Mapping[str, str] = {
    Channel.COUNTER: "person-walking",
    Channel.PHONE: "telephone",
    Channel.VOICEMAIL: "voicemail",
    Channel.EMAIL: "envelope",
    Channel.WEB: "globe2",
    Channel.LETTER: "envelope-paper",
    Channel.TEXT: "chat-dots",
    Channel.SOCIAL: "megaphone",
    Channel.COUNCIL: "bank",
    Channel.OPEN311: "globe2",
}
_DUE_ICONS: Mapping[str, str] = {
    "overdue": "exclamation-octagon-fill",
    "today": "alarm",
    "later": "clock",
    "met": "check-circle-fill",
    "late": "check-circle",
    "excused": "dash-circle",
    "none": "dash-circle",
    "undated": "question-circle",
}
_MESSAGE_ICONS: Mapping[str, str] = {
    "success": "check-circle-fill",
    "warning": "exclamation-triangle-fill",
    "error": "exclamation-octagon-fill",
}
_UNDO_PREFIX = "undo:"
_FILTERS_SHOWN = 5


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw a symbol of the sprite; a word must stand beside it, for it is hidden from assistive technology."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f" {extra}" if extra else "",
        static("img/icons.svg"),
        name,
    )


@register.filter
def channel_icon(channel: str) -> str:
    """Name the icon of a channel."""
    return _CHANNEL_ICONS.get(channel, "chat-dots")


@register.filter
def due_icon(state: str) -> str:
    """Name the icon of a due state."""
    return _DUE_ICONS.get(state, "clock")


@register.filter
def message_icon(level: str) -> str:
    """Name the icon of a message level."""
    return _MESSAGE_ICONS.get(level, "info-circle-fill")


@register.filter
def undo_url(message: Message) -> str:
    """Give the address that takes the act back: the extra tag `undo:<address>`, or nothing."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix(_UNDO_PREFIX) for tag in tags if tag.startswith(_UNDO_PREFIX)), "")


@register.simple_tag
def control(field: BoundField, **attributes: str) -> SafeString:
    """Draw a field's control alone, with the classes crispy would give it; empty attributes are left out."""
    css_class = "form-control is-invalid" if field.errors else "form-control"
    return field.as_widget(attrs={"class": css_class, **{name: value for name, value in attributes.items() if value}})


@register.simple_tag
def form_errors(form: BaseForm) -> list[tuple[str, str]]:
    """List a form's errors as (id of the control or "", text), in the order of the fields.

    What every field says alike when left out names its field: the list stands away from the labels.
    """
    found = [("", str(text)) for text in form.non_field_errors()]
    left_out = str(Field.default_error_messages["required"])
    for field in form:
        texts = [f"{field.label}: {text}" if text == left_out else str(text) for text in field.errors]
        found += [(_error_target(field), text) for text in texts]
    return found


@register.simple_tag
def filter_fields(form: BaseForm) -> dict[str, Any]:
    """Part a filter form's fields: those `shown`, those `folded` away, and whether one of the latter is in use."""
    fields = form.visible_fields()
    folded = fields[_FILTERS_SHOWN:]
    if len(folded) == 1:  # one field takes no more room than the line that would hide it
        folded = []
    return {
        "shown": fields[: len(fields) - len(folded)],
        "folded": folded,
        "is_open": any(field.value() for field in folded),
    }


def _error_target(field: BoundField) -> str:
    # A fieldset of radios has no id_for_label of its own; its first radio takes the focus.
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def sort_state(key: str, current: str) -> dict[str, str]:
    """Say how a column is sorted (`aria`: ascending, descending or "") and the sort key its header leads to (`next`).

    Keys are column names; a leading minus is descending, as in the address.
    """
    if current == key:
        return {"aria": "ascending", "next": f"-{key}", "icon": "arrow-up"}
    if current == f"-{key}":
        return {"aria": "descending", "next": key, "icon": "arrow-down"}
    return {"aria": "", "next": key, "icon": ""}


@register.filter
def as_json(value: object) -> str:
    """Give a value as JSON for a data attribute, which a script may read where the policy allows no inline script."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def share_of(value: float, whole: float) -> int:
    """Give `value` as a whole percentage of `whole`, between 0 and 100: the width of an SVG bar."""
    if not whole:
        return 0
    return max(0, min(100, round(100 * value / whole)))


@register.simple_tag
def look_choices(look: str) -> list[dict[str, Any]]:
    """List the three looks with the one in use marked."""
    words = {"": gettext("as this computer"), "light": gettext("light"), "dark": gettext("dark")}
    return [{"value": value, "label": label, "current": value == look} for value, label in words.items()]


@register.filter
def language_words(code: str) -> str:
    """Name a language by its code; one the city has no name for goes by the code."""
    return str(LANGUAGES.get(code, code)) if code != "en" else gettext("English")


@register.filter
def black_bars(text: object) -> SafeString:
    """Show what was taken out of a text as a bar with its reason in words; everything else is escaped."""
    shown = (
        format_html('<span class="redacted">{}</span>', part) if is_mark else format_html("{}", part)
        for part, is_mark in split_at_marks(str(text))
    )
    return format_html_join("", "{}", ((part,) for part in shown))
