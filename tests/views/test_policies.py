"""The policy page, its versions, and the yearly review (III.e, III.f)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.domain.vocabulary import Channel, RequestKind
from requests_app.models import AuditEntry, PolicyQuestion, PolicyReview, PolicyVersion
from requests_app.selectors.policies import mark_of, policy_in_force
from requests_app.services.customers import CustomerEntry
from requests_app.services.entries import ContactEntry
from requests_app.services.requests import log_request
from tests.cast import Cast, actor
from tests.factories import NOW
from tests.views.log_form import as_, text_of

TEXT = "I Serve everybody well.\nIII.b.ii.3 Answer calls within one business day, and say so."


@pytest.fixture(autouse=True)
def fixed_clock(time_machine: Any, now: datetime) -> None:
    time_machine.move_to(now, tick=False)


@pytest.fixture
def draft(cast: Cast) -> PolicyVersion:
    write(as_(cast.hana))
    return PolicyVersion.objects.get(number=2)


def write(client: Client, text: str = TEXT) -> Any:
    return client.post(reverse("policy_draft_new"), {"title": "Our policy", "text": text})


def publish(client: Client, draft: PolicyVersion, **facts: str) -> Any:
    typed = {"approved_on": "2026-11-17", "effective_from": "2026-12-01", "seen": mark_of(draft), **facts}
    return client.post(reverse("policy_publish", args=[draft.number]), typed)


def acts() -> list[str]:
    return [code for code in AuditEntry.objects.order_by("pk").values_list("action", flat=True) if "policy" in code]


def test_everybody_reads_the_version_in_force_and_whom_to_ask(cast: Cast) -> None:
    page = text_of(as_(cast.bob).get(reverse("policy_page")))
    assert "Answer calls and voicemail as a rule within one business day" in page
    assert "summary, not the city's sentences" in page
    assert "Hana Resources" in page
    assert "Write the next version" not in page


def test_a_draft_is_for_human_resources_only_until_it_is_published(cast: Cast, draft: PolicyVersion) -> None:
    for name in ("policy_version", "policy_changes"):
        assert as_(cast.hana).get(reverse(name, args=[2])).status_code == 200
        assert as_(cast.max).get(reverse(name, args=[2])).status_code == 404
    assert "Our policy" not in text_of(as_(cast.max).get(reverse("policy_page")))

    assert publish(as_(cast.hana), draft).status_code == 302
    assert "Our policy" in text_of(as_(cast.bob).get(reverse("policy_page")))
    page = as_(cast.bob).get(reverse("policy_changes", args=[2])).content.decode()
    assert "<ins>" in page
    assert "<del>" in page
    assert acts() == ["policy_draft_written", "policy_published"]


def test_a_case_is_judged_by_the_version_in_force_when_it_came(cast: Cast, draft: PolicyVersion) -> None:
    publish(as_(cast.hana), draft)
    found = {on: policy_in_force(date.fromisoformat(on)) for on in ("2025-03-31", "2026-11-30", "2026-12-01")}
    assert {on: version.number if version else None for on, version in found.items()} == {
        "2025-03-31": None, "2026-11-30": 1, "2026-12-01": 2,
    }  # fmt: skip


def test_a_second_click_leaves_one_draft_and_one_publication(cast: Cast, draft: PolicyVersion) -> None:
    assert write(as_(cast.hana)).status_code == 302
    assert write(as_(cast.hana), text="Another").status_code == 409
    publish(as_(cast.hana), draft)
    assert publish(as_(cast.hana), draft).status_code == 409
    assert PolicyVersion.objects.count() == 2
    assert acts() == ["policy_draft_written", "policy_published"]


def test_who_saves_second_is_told_and_keeps_the_text(cast: Cast, draft: PolicyVersion, time_machine: Any) -> None:
    url, seen = reverse("policy_draft_edit", args=[2]), mark_of(draft)
    time_machine.shift(60)
    assert as_(cast.hana).post(url, {"title": "Mine", "text": TEXT, "seen": seen}).status_code == 302
    second = as_(cast.hana).post(url, {"title": "Yours", "text": TEXT, "seen": seen})
    assert second.status_code == 409
    assert "Yours" in second.content.decode()
    assert publish(as_(cast.hana), draft).status_code == 409  # nor is published what nobody read


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"approved_on": "2026-11-24"}, "That day is still to come"),
        ({"effective_from": "2026-11-16"}, "cannot take effect before"),
        ({"approved_on": "2025-01-01", "effective_from": "2025-01-02"}, "took effect later"),
    ],
)
def test_dates_that_cannot_be_are_refused(cast: Cast, draft: PolicyVersion, facts: dict[str, str], words: str) -> None:
    answer = publish(as_(cast.hana), draft, **facts)
    assert answer.status_code == 409
    assert words in text_of(answer)
    assert PolicyVersion.objects.get(number=2).is_draft


def test_the_first_review_is_overdue_until_it_is_completed(cast: Cast) -> None:
    hana, listed = as_(cast.hana), reverse("policy_review_list")
    assert "overdue" in text_of(hana.get(listed))
    for _ in range(2):
        hana.post(reverse("policy_review_open"))
    review = PolicyReview.objects.get()
    assert review.due_on == date(2026, 4, 1)

    url = reverse("policy_review_complete", args=[review.pk])
    typed = {"completed_on": "2026-11-23", "outcome": "kept", "minutes_reference": "Council 17 Nov, item 9"}
    assert hana.post(url, {**typed, "completed_on": "2026-11-24"}).status_code == 409
    assert hana.post(url, {**typed, "outcome": "changed"}).status_code == 409  # nothing was published meanwhile
    assert hana.post(url, typed).status_code == 302
    assert hana.post(url, typed).status_code == 302
    assert hana.post(url, {**typed, "minutes_reference": "Elsewhere"}).status_code == 409
    assert "in date" in text_of(hana.get(listed))
    assert acts() == ["policy_review_opened", "policy_review_completed"]


def test_heads_ask_and_human_resources_answer(cast: Cast) -> None:
    url = reverse("policy_question_list")
    for _ in range(2):
        as_(cast.dora).post(url, {"clause": "III.b.ii.3", "question": "Does a text message count?"})
    asked = PolicyQuestion.objects.get()
    hana, answer = as_(cast.hana), reverse("policy_question_answer", args=[asked.pk])
    hana.post(reverse("policy_review_open"))
    assert "text message" in text_of(hana.get(PolicyReview.objects.get().get_absolute_url()))

    refused = hana.post(answer, {"answer": ""})
    assert refused.status_code == 422
    assert f'action="{url}"' in refused.content.decode()  # the form for a new question stands on this page too
    assert hana.post(answer, {"answer": "As e-mail does."}).status_code == 302
    assert hana.post(answer, {"answer": "As e-mail does."}).status_code == 302
    assert hana.post(answer, {"answer": "No."}).status_code == 409
    assert "As e-mail does." in text_of(as_(cast.dora).get(url))


def test_the_packet_of_a_review_has_its_figures_with_their_lists(cast: Cast) -> None:
    hana = as_(cast.hana)
    hana.post(reverse("policy_review_open"))
    log(cast, "phone", is_suggestion=False)
    log(cast, "email", is_suggestion=True)
    review = PolicyReview.objects.get()

    page = hana.get(review.get_absolute_url())
    figures = [cell for table in page.context["tables"] for row in table.rows for cell in row if hasattr(cell, "url")]
    listed = {}
    for figure in figures:
        if figure.count and "register" not in figure.url:
            listed[figure.url] = int(hana.get(figure.url).context["total"]), figure.count
    assert len(listed) >= 4
    assert all(
        f'<a href="{figure.url.replace("&", "&amp;")}">{figure.text}</a>' in page.content.decode() for figure in figures
    )
    assert [pair for pair in listed.values() if pair[0] != pair[1]] == []

    drawn = b"".join(hana.get(reverse("policy_review_pdf", args=[review.pk])))
    assert drawn.startswith(b"%PDF")
    assert AuditEntry.objects.filter(action="exported", object_kind="policyreview").exists()
    assert as_(cast.max).get(review.get_absolute_url()).status_code == 200
    assert as_(cast.dora).get(review.get_absolute_url()).status_code == 403


def log(cast: Cast, channel: str, *, is_suggestion: bool) -> None:
    received_at = NOW - timedelta(days=10)
    entry = ContactEntry(
        channel=Channel(channel),
        title="A bench at the bus stop",
        received_at=received_at,
        customer=CustomerEntry(name="Jun", phone="510 555 0101"),
        for_employee_id=cast.alice.pk,
        kind=RequestKind.SUGGESTION if is_suggestion else RequestKind.QUESTION,
        language="es",
    )
    log_request(entry, actor=actor(cast.fay), at=received_at)
