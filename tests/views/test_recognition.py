"""Thanks between colleagues, awards, and the register that counts them by department (III.b.iv.5, III.d.iii)."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.domain.refusals import ActionRefused
from requests_app.models import AuditEntry, Award, ColleagueThanks, Commendation, Notice, ServiceRequest
from requests_app.services.recognition import AwardEntry, give_award, thank_colleague
from tests.cast import Cast, actor
from tests.factories import NOW, EmployeeFactory, ServiceRequestFactory
from tests.views.log_form import as_, text_of

PAGE, REGISTER = "/recognition/", "/recognition/register/"
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today(now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)


def commended(cast: Cast, **facts: Any) -> Commendation:
    found = ServiceRequestFactory.create(kind="compliment", department=cast.streets, **facts)
    known = {"state": "given", "drafted_by": cast.fay, "drafted_at": NOW, "decided_by": cast.sam, "decided_at": NOW}
    return Commendation.objects.create(service_request=found, employee=cast.bob, text="So kind", **known)


def award(cast: Cast, **facts: Any) -> dict[str, Any]:
    return {"person": cast.bob.pk, "name": "Of the year", "on": "2026-11-20", "occasion": "The storm", **facts}


def test_thanks_are_told_to_the_person_and_who_leads_them_and_read_by_nobody_else(cast: Cast) -> None:
    form = {"person": cast.bob.pk, "text": "You stayed late for me"}
    for _click in range(2):
        assert as_(cast.charlie).post(f"{PAGE}thank/", form).status_code == 302
    assert ColleagueThanks.objects.count() == 1
    told = {row.recipient.name: row.text for row in Notice.objects.filter(kind=Notice.Kind.THANKED)}
    assert told == {
        "Bob Teammate": "Charlie Outsider thanks you:\nYou stayed late for me",
        "Sam Supervisor": "Bob Teammate:\nCharlie Outsider thanks you:\nYou stayed late for me",
    }
    reads = [
        who for who in ("bob", "charlie", "alice", "ada") if "stayed late" in text_of(as_(getattr(cast, who)).get(PAGE))
    ]
    assert reads == ["bob", "charlie"]
    assert AuditEntry.objects.filter(action="colleague_thanked").count() == 1


def test_nobody_thanks_themselves_or_somebody_who_left(cast: Cast) -> None:
    gone = EmployeeFactory.create(is_active=False)
    for person in (cast.bob, gone):
        assert as_(cast.bob).post(f"{PAGE}thank/", {"person": person.pk, "text": "Well done"}).status_code == 422
        with pytest.raises(ActionRefused):
            thank_colleague(employee_id=person.pk, text="Well done", actor=actor(cast.bob), at=NOW)
    assert not ColleagueThanks.objects.exists()


def test_an_award_is_recorded_once_told_and_read_by_all_staff(cast: Cast) -> None:
    source, hana = commended(cast), as_(cast.hana)
    for _click in range(2):
        assert hana.post(f"{PAGE}awards/new/", award(cast, commendation=source.pk)).status_code == 302
    assert Award.objects.get().commendation == source
    assert {row.recipient.name for row in Notice.objects.all()} == {"Bob Teammate", "Sam Supervisor"}
    page = text_of(as_(cast.charlie).get(PAGE))
    assert "Bob Teammate, Of the year" in page
    assert "The storm" in page
    assert "Record an award" not in page
    assert AuditEntry.objects.filter(action="award_given").count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"on": "2026-11-24"}, "That day is still to come."),
        ({"person": ""}, "This field is required."),
        ({"commendation": "9999"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_with_an_award_is_told(cast: Cast, wrong: dict[str, str], said: str) -> None:
    answer = as_(cast.hana).post(f"{PAGE}awards/new/", award(cast, **wrong))
    assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert 'value="The storm"' in text_of(answer)


def test_the_commendation_behind_an_award_is_of_the_same_person(cast: Cast) -> None:
    source = commended(cast)
    form = award(cast, person=cast.alice.pk, commendation=source.pk)
    assert "is of somebody else" in text_of(as_(cast.hana).post(f"{PAGE}awards/new/", form))
    entry = AwardEntry(employee_id=cast.alice.pk, name="A", occasion="B", on=TODAY, commendation_id=source.pk)
    for who in (cast.hana, cast.sam):
        with pytest.raises(ActionRefused):
            give_award(entry, actor=actor(who), at=NOW)


@pytest.fixture
def recognised(cast: Cast) -> None:
    """Streets: two commendations, one thanks, one award; finance: one thanks; some of it in June."""
    commended(cast)
    commended(cast)
    for thanked, on in ((cast.bob, TODAY), (cast.charlie, date(2026, 6, 1))):
        ColleagueThanks.objects.create(employee=thanked, thanked_by=cast.fay, text="Thank you", on=on)
    Award.objects.create(employee=cast.alice, name="Of the year", occasion="Storm", on=TODAY, recorded_at=NOW)


def links_in(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<td class="num"[^>]*><a href="([^"]*)">(\d+)<', page.replace("&amp;", "&"))


@pytest.mark.usefixtures("recognised")
@pytest.mark.parametrize(
    ("who", "query", "last"),
    [
        ("hana", "", ["2", "2", "1"]),
        ("otto", "", ["2", "2", "1"]),
        ("sam", "", ["2", "1", "1"]),
        ("hana", "?from_on=2026-11-01", ["2", "1", "1"]),
        ("hana", "?to_on=2026-06-30", ["0", "1", "0"]),
    ],
)
def test_every_number_of_the_register_opens_a_list_of_that_length(
    cast: Cast, who: str, query: str, last: list[str]
) -> None:
    client = as_(getattr(cast, who))
    links = links_in(text_of(client.get(REGISTER + query)))
    assert [number for _url, number in links[-3:]] == last
    for url, number in links:
        assert text_of(client.get(url)).count('<td class="cell-title"') == int(number), url


@pytest.mark.usefixtures("recognised")
def test_the_register_counts_by_department_and_names_nobody_to_an_auditor(cast: Cast) -> None:
    written = b"".join(as_(cast.otto).get(f"{REGISTER}?format=csv")).decode()
    assert "Operations and Maintenance,2,1,1" in written
    assert "Finance,0,1,0" in written
    for client, is_named in ((as_(cast.otto), False), (as_(cast.hana), True)):
        rows = (
            text_of(client.get(f"{REGISTER}thanks/")) + b"".join(client.get(f"{REGISTER}thanks/?format=csv")).decode()
        )
        assert [word in rows for word in ("Bob Teammate", "Thank you", "Fay Desk")] == [is_named] * 3
    assert as_(cast.hana).get(f"{REGISTER}nothing/").status_code == 404
    assert AuditEntry.objects.filter(action="exported", object_kind="award").count() == 3


def test_a_commendation_of_a_restricted_matter_is_in_no_figure(cast: Cast) -> None:
    row = commended(cast)
    ServiceRequest.objects.filter(pk=row.service_request_id).update(confidentiality="confidential")
    for who in (cast.hana, cast.sam, cast.max):
        assert [number for _url, number in links_in(text_of(as_(who).get(REGISTER)))] == ["0", "0", "0"]


def test_the_register_asks_as_often_for_many_as_for_few(cast: Cast) -> None:
    counts, client = [], as_(cast.hana)
    for number in (3, 20):
        for person in EmployeeFactory.create_batch(number, department=cast.streets):
            ColleagueThanks.objects.create(employee=person, thanked_by=cast.fay, text="Thank you", on=TODAY)
        for url in (REGISTER, f"{REGISTER}thanks/"):
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                client.get(url)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
