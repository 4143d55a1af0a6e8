"""Components drawn on their own: the least they take, and the most."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import time_machine
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import render_to_string

from requests_app.templatetags.due import city_time, city_words
from requests_app.templatetags.look import language_words, share_of, sort_state, undo_url

AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


class ContactForm(forms.Form):
    channel = forms.ChoiceField(
        label="How did it reach us?",
        choices=[("counter", "At the counter"), ("phone", "Phone"), ("voicemail", "Voicemail"), ("email", "E-mail"),
                 ("letter", "Letter")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    who = forms.CharField(label="Who is it?", help_text="Name, phone or e-mail")


def draw(source: str, **context: object) -> str:
    return Template("{% load look due %}" + source).render(Context(context))


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(datetime(2026, 11, 23, 22, 10, tzinfo=UTC), tick=False) as clock:
        yield clock


def test_an_instant_reads_in_the_citys_time_and_keeps_its_exact_value() -> None:
    assert city_time(AT) == '<time datetime="2026-11-26T01:00+00:00">Wed 25 Nov, 5:00 pm</time>'


def test_another_year_is_named() -> None:
    assert "2027" in city_words(AT.replace(year=2027))


def test_no_instant_draws_nothing() -> None:
    assert city_time(None) == ""
    assert city_words(None) == ""


@pytest.mark.parametrize("state", ["overdue", "today", "later", "met", "late", "excused", "none", "undated"])
def test_due_says_its_state_in_words_with_an_icon(state: str) -> None:
    due = SimpleNamespace(state=state, words="2 business days late", at=AT, at_text="")
    drawn = render_to_string("components/due.html", {"due": due})
    assert "<strong>2 business days late</strong>" in drawn
    assert "<time" in drawn
    assert 'aria-hidden="true"><use href="' in drawn


def test_due_without_an_instant_gives_its_reason() -> None:
    due = SimpleNamespace(
        state="undated", words="no date yet", at=None, at_text="the calendar of 2027 is not confirmed"
    )
    drawn = render_to_string("components/due.html", {"due": due})
    assert "the calendar of 2027 is not confirmed" in drawn
    assert "<time" not in drawn


def test_the_first_four_channels_are_tiles_with_digits_and_the_rest_are_behind_more() -> None:
    drawn = render_to_string(
        "components/channel_picker.html", {"field": ContactForm(initial={"channel": "phone"})["channel"]}
    )
    tiles, more = drawn.split("<details")
    assert tiles.count('type="radio"') == 4
    assert 'value="phone" data-digit="2" checked' in tiles
    assert 'value="letter"' in more
    assert 'class="channel-more">' in more


def test_a_chosen_channel_behind_more_is_not_hidden() -> None:
    drawn = render_to_string(
        "components/channel_picker.html", {"field": ContactForm(initial={"channel": "letter"})["channel"]}
    )
    assert '<details class="channel-more" open>' in drawn


def test_a_refused_channel_says_so_at_the_picker() -> None:
    drawn = render_to_string("components/channel_picker.html", {"field": ContactForm({})["channel"]})
    assert 'aria-describedby="id_channel_error"' in drawn
    assert 'id="id_channel_error">This field is required.' in drawn


def test_the_error_summary_leads_to_each_control_by_its_name() -> None:
    form = ContactForm({})
    drawn = render_to_string("components/error_summary.html", {"form": form})
    assert "Not saved yet: 2 things to fix" in drawn
    assert f'<a href="#id_channel_0">{form["channel"].label}: This field is required.</a>' in drawn
    assert f'<a href="#id_who">{form["who"].label}: This field is required.</a>' in drawn


def test_without_errors_there_is_no_summary() -> None:
    assert render_to_string("components/error_summary.html", {"form": ContactForm()}).strip() == ""


def test_a_combobox_is_a_plain_text_field_until_its_script_runs() -> None:
    drawn = render_to_string("components/combobox.html", {"field": ContactForm({})["who"], "url": "/x/"})
    assert 'class="form-control is-invalid"' in drawn
    assert 'role="combobox"' not in drawn
    assert 'aria-describedby="id_who_helptext id_who_error"' in drawn
    assert 'id="id_who_error"' in drawn


def test_what_users_typed_is_text_and_never_markup() -> None:
    drawn = draw(
        '{% include "components/message.html" with level="success" text=text undo_url="" csrf_token="" only %}'
        '{% include "components/promise_card.html" with date_text=text owner_line=text trace_steps=steps only %}'
        '{% include "components/empty.html" with title=text text=text action_url="" only %}',
        text="<b>x</b>", steps=["<b>x</b>"],
    )  # fmt: skip
    assert "<b>" not in drawn
    assert drawn.count("&lt;b&gt;x&lt;/b&gt;") == 6


def test_a_message_offers_undo_as_a_post_with_the_token() -> None:
    drawn = draw(
        '{% include "components/message.html" with level="success" text="Given." undo_url="/u/" csrf_token="t0" only %}'
    )
    assert '<form method="post" action="/u/">' in drawn
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="t0">' in drawn


@pytest.mark.parametrize(("tags", "url"), [("undo:/x/1/", "/x/1/"), ("big undo:/x/", "/x/"), ("big", ""), ("", "")])
def test_the_address_of_undo_rides_in_the_extra_tags(tags: str, url: str) -> None:
    assert undo_url(Message(constants.SUCCESS, "Given.", extra_tags=tags)) == url


@pytest.mark.parametrize(
    ("current", "aria", "following"),
    [("due", "ascending", "-due"), ("-due", "descending", "due"), ("age", "", "due"), ("", "", "due")],
)
def test_a_sort_header_turns_round_what_is_sorted(current: str, aria: str, following: str) -> None:
    state = sort_state("due", current)
    assert (state["aria"], state["next"]) == (aria, following)


@pytest.mark.parametrize(("value", "whole", "share"), [(1, 3, 33), (0, 5, 0), (7, 5, 100), (-1, 5, 0), (1, 0, 0)])
def test_a_bar_is_never_longer_than_its_track(value: float, whole: float, share: int) -> None:
    assert share_of(value, whole) == share


def test_a_tile_without_data_draws_no_bar() -> None:
    drawn = draw('{% include "components/stat_tile.html" with label="On time" figure="no data" none=True only %}')
    assert "no data" in drawn
    assert "<svg" not in drawn


def test_a_tile_draws_its_bar_with_attributes_alone() -> None:
    drawn = draw(
        '{% include "components/stat_tile.html" with label="On time" figure="93.9 %" share=93.9 target=95 only %}'
    )
    assert 'width="93.9"' in drawn
    assert 'x="95"' in drawn
    assert "style=" not in drawn


def test_in_spanish_a_bar_still_has_a_decimal_point() -> None:
    from django.utils import translation

    with translation.override("es"):
        drawn = draw(
            '{% include "components/stat_tile.html" with label="x" figure="93,9 %" share=share only %}', share=93.9
        )
    assert 'width="93.9"' in drawn


def test_a_list_of_one_page_has_no_pager() -> None:
    assert draw('{% include "components/pager.html" with shown="1 to 3 of 3" only %}').strip() == ""


class SearchForm(forms.Form):
    q = forms.CharField(required=False, widget=forms.TextInput(attrs={"type": "search"}))
    status, owner, kind, channel, place, day = (forms.CharField(required=False) for _ in range(6))


def test_many_filters_fold_after_the_fifth() -> None:
    shown, folded = render_to_string("components/filter_form.html", {"form": SearchForm({"owner": "me"})}).split(
        "<details"
    )
    assert "filter-search" in shown
    assert shown.count('class="form-label"') == 5
    assert folded.startswith(' class="filter-more">')
    assert folded.count('class="form-label"') == 2


def test_a_folded_filter_in_use_is_not_hidden() -> None:
    assert 'class="filter-more" open' in render_to_string(
        "components/filter_form.html", {"form": SearchForm({"day": "x"})}
    )


def test_few_filters_are_not_folded() -> None:
    assert "<details" not in render_to_string("components/filter_form.html", {"form": ContactForm()})


@pytest.mark.parametrize(("code", "words"), [("es", "Spanish"), ("en", "English"), ("xx", "xx")])
def test_a_language_is_named_in_words(code: str, words: str) -> None:
    assert language_words(code) == words
