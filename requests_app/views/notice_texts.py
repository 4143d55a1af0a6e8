"""The texts people get, in English and Spanish: read them, change one, go back to the default."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.domain.notice_texts import LANGUAGES, TEXTS, TextCode
from requests_app.domain.vocabulary import Role
from requests_app.forms.notice_texts import LABELS, NoticeTextForm
from requests_app.models import NoticeTemplate
from requests_app.selectors.notice_texts import changed_texts
from requests_app.services.notice_texts import change_notice_text, reset_notice_text
from requests_app.views.gates import actor_holding
from requests_app.views.posted import posted


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text in one language, the city's or the default."""

    code: TextCode
    label: str
    language: str
    text: str
    changed: NoticeTemplate | None

    @property
    def language_name(self) -> str:
        """Name the language for the reader."""
        return str(dict(settings.LANGUAGES)[self.language])


@login_required
@require_GET
def notice_texts(request: HttpRequest) -> HttpResponse:
    """List every text in every language."""
    actor_holding(request, Role.ADMINISTRATOR)
    shown: dict[str, list[ShownText]] = {}
    for text in _shown():
        shown.setdefault(text.label, []).append(text)
    return render(request, "settings/notice_texts.html", {"texts": shown, "today": timezone.localdate()})


@login_required
@require_http_methods(["GET", "POST"])
def change_text(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """Change one text in one language."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    text = _find(code, language)
    initial = {"text": text.text, "review_by": text.changed.review_by if text.changed else None}
    form = NoticeTextForm(posted(request), code=text.code, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_notice_text(
            text.code, language=language, text=form.cleaned_data["text"],
            review_by=form.cleaned_data["review_by"], actor=actor, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, gettext("Text saved. It holds for what is written from now on."))
        return redirect("notice_texts")
    context = {"form": form, "shown": text, "default": TEXTS[text.code].default(language)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "settings/notice_text.html", context, status=status)


@login_required
@require_POST
def reset_text(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """Go back to the default."""
    actor = actor_holding(request, Role.ADMINISTRATOR)
    reset_notice_text(_find(code, language).code, language=language, actor=actor, at=timezone.now())
    messages.success(request, gettext("The default text holds again."))
    return redirect("notice_texts")


def _shown() -> Iterator[ShownText]:
    changed = changed_texts()
    for code, text in TEXTS.items():
        for language in LANGUAGES:
            row = changed.get((code.value, language))
            words = row.text if row else text.default(language)
            yield ShownText(code, str(LABELS[code]), language, words, row)


def _find(code: str, language: str) -> ShownText:
    for text in _shown():
        if (text.code.value, text.language) == (code, language):
            return text
    raise Http404
