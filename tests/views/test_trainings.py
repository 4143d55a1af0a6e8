"""The training register on screen: the roster, a class at once, one's own page, the courses (II, III.c.i)."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.domain.vocabulary import Role
from requests_app.models import AuditEntry, TrainingCourse, TrainingEvidence, TrainingRecord
from requests_app.views.file_answers import FILE_POLICY
from tests.cast import Cast
from tests.factories import EmployeeFactory, give_role, make_login
from tests.sample_files import HTML, PDF
from tests.training_cases import make_course, took
from tests.views.log_form import as_, text_of

ROSTER = "/training/"
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today(now: datetime, time_machine: Any, settings: Any, tmp_path: Path) -> None:
    time_machine.move_to(now, tick=False)
    settings.ATTACHMENTS_ROOT = str(tmp_path)


def people_in(page: str) -> list[str]:
    return re.findall(r'<a class="row-title" href="/training/people/\d+/">([^<]+)<', page)


def test_the_roster_has_everybody_at_work_and_is_narrowed_by_its_address(cast: Cast) -> None:
    course = make_course()
    took(cast.bob, course)
    took(cast.alice, course, date(2024, 12, 20))
    EmployeeFactory.create(name="Vera Volunteer", employment="volunteer", email="", department=cast.streets)
    EmployeeFactory.create(name="Lea Left", is_active=False, department=cast.streets)
    hana, streets = as_(cast.hana), cast.streets.pk
    found = {
        query: people_in(text_of(hana.get(f"{ROSTER}?{query}")))
        for query in (
            f"department={streets}",
            f"department={streets}&standing=overdue",
            f"department={streets}&standing=in_date",
            f"department={streets}&standing=soon",
            "type=volunteer",
            "q=vera",
            "standing=nonsense&department=x&q=lea+left",
        )
    }
    assert list(found.values()) == [
        ["Alice Owner", "Bob Teammate", "Sam Supervisor", "Vera Volunteer"],
        ["Sam Supervisor", "Vera Volunteer"],
        ["Alice Owner", "Bob Teammate"],
        ["Alice Owner"],
        ["Vera Volunteer"],
        ["Vera Volunteer"],
        [],
    ]


def test_who_sees_whom(cast: Cast) -> None:
    make_course()
    sam = text_of(as_(cast.sam).get(ROSTER))
    assert people_in(sam) == ["Alice Owner", "Bob Teammate", "Sam Supervisor"]
    assert "Record a class" not in sam
    otto = text_of(as_(cast.otto).get(f"{ROSTER}?q=alice"))
    assert "name withheld" in otto
    assert "Alice" not in otto
    assert "Alice" not in b"".join(as_(cast.otto).get(f"{ROSTER}?format=csv")).decode()
    answered = [as_(cast.sam).get(f"/training/people/{who.pk}/").status_code for who in (cast.bob, cast.charlie)]
    assert answered == [200, 404]
    assert as_(cast.otto).get(f"/training/people/{cast.bob.pk}/").status_code == 404


def test_the_file_has_what_the_page_shows_and_that_it_left_is_recorded(cast: Cast) -> None:
    course = make_course()
    took(cast.bob, course)
    EmployeeFactory.create(name="=HYPERLINK(0)", employment="volunteer", email="", hired_on=TODAY)
    hana = as_(cast.hana)
    written = b"".join(hana.get(f"{ROSTER}?standing=in_date&format=csv")).decode()
    assert "Bob Teammate,Operations and Maintenance,employee,,Customer service,2026-03-02,2028-03-02,In date" in written
    assert "Alice" not in written
    volunteers = b"".join(hana.get(f"{ROSTER}?type=volunteer&format=csv")).decode()
    assert "'=HYPERLINK(0),City of Pinole,volunteer,2026-11-23,Customer service,,2026-12-23,Not due yet" in volunteers
    assert AuditEntry.objects.filter(action="exported", object_kind="trainingrecord").count() == 2


def test_a_class_is_recorded_from_the_ticks_of_the_roster(cast: Cast) -> None:
    course, hana = make_course(), as_(cast.hana)
    page = text_of(hana.get(f"/training/record/?person={cast.bob.pk}&person=999&course=x"))
    assert re.findall(r'value="(\d+)" id="person-\d+" checked', page) == [str(cast.bob.pk)]
    form = {"course": course.pk, "on": "2026-11-20", "people": [cast.bob.pk, cast.alice.pk]}
    for _click in range(2):
        assert (
            hana.post("/training/record/", {**form, "evidence": ContentFile(PDF, name="sheet.pdf")}).status_code == 302
        )
    assert TrainingRecord.objects.count() == 2
    found = TrainingEvidence.objects.get()
    fetched = hana.get(f"/training/evidence/{found.key}/")
    assert b"".join(fetched) == PDF
    assert fetched.headers["Content-Security-Policy"] == FILE_POLICY
    assert AuditEntry.objects.filter(action="training_evidence_read").count() == 1
    assert as_(cast.sam).get(f"/training/evidence/{found.key}/").status_code == 403


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"people": []}, "Tick who was there."),
        ({"on": "2026-11-24"}, "That day is still to come."),
        ({"course": "999"}, "Select a valid choice."),
        ({"people": ["999"]}, "Select a valid choice."),
        ({"evidence": ContentFile(HTML, name="page.html")}, "is of a kind that is not taken"),
    ],
)
def test_what_is_wrong_is_told_and_the_ticks_stay(cast: Cast, wrong: dict[str, Any], said: str) -> None:
    form = {"course": make_course().pk, "on": "2026-11-20", "people": [cast.bob.pk], **wrong}
    answer = as_(cast.hana).post("/training/record/", form)
    page = text_of(answer)
    assert (answer.status_code, said in page) == (422, True)
    assert (f'id="person-{cast.bob.pk}" checked' in page) is ("people" not in wrong)
    assert not TrainingRecord.objects.exists()


def test_a_record_is_struck_out_with_a_reason_and_then_counts_no_longer(cast: Cast) -> None:
    row, hana = took(cast.bob, make_course()), as_(cast.hana)
    url, person = f"/training/records/{row.pk}/remove/", f"/training/people/{cast.bob.pk}/"
    assert "say why" in text_of(hana.post(url, {}, follow=True))
    for _click in range(2):
        assert hana.post(url, {"reason": "Another Bob"}).status_code == 302
    page = text_of(hana.get(person))
    assert "Another Bob" in page
    assert "overdue" in page
    assert "Another Bob" not in text_of(as_(cast.bob).get("/training/mine/"))
    assert hana.get(url).status_code == 405


def test_everybody_sees_their_own(cast: Cast) -> None:
    course = make_course()
    took(cast.bob, course)
    make_course("For volunteers", employments=["volunteer"])
    page = text_of(as_(cast.bob).get("/training/mine/"))
    assert "again by" in page
    assert "2 Mar 2028" in page
    assert "local choice" in page
    assert "For volunteers" not in page
    assert 'href="/training/mine/"' in text_of(as_(cast.bob).get("/accounts/"))


def test_a_course_is_added_and_a_second_editor_keeps_what_was_typed(cast: Cast) -> None:
    hana = as_(cast.hana)
    form = {
        "name": "Customer service", "kind": "onboarding", "interval_months": "6", "asked_from": "2025-04-01",
        "employments": ["employee", "volunteer"], "is_active": "on",
    }  # fmt: skip
    assert hana.post("/training/courses/new/", form).status_code == 302
    course = TrainingCourse.objects.get()
    assert course.interval_months is None
    taken = hana.post("/training/courses/new/", {**form, "kind": "both"})
    assert (taken.status_code, "Another course in use" in text_of(taken)) == (422, True)
    late = hana.post(f"/training/courses/{course.pk}/", {**form, "name": "Other words", "seen": "x"})
    assert (late.status_code, 'value="Other words"' in text_of(late)) == (409, True)
    assert "contractor" not in text_of(hana.get("/training/courses/"))


def test_the_roster_asks_as_often_for_many_as_for_few(cast: Cast) -> None:
    courses, counts, hana = [make_course(), make_course("Second")], [], as_(cast.hana)
    for number in (3, 20):
        for person in EmployeeFactory.create_batch(number, department=cast.streets):
            took(person, courses[0])
        hana.get(ROSTER)
        with CaptureQueriesContext(connection) as asked:
            hana.get(ROSTER)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["hana", "sam", "otto"])
def test_every_figure_opens_a_list_of_that_length(cast: Cast, who: str) -> None:
    course = make_course()
    for person, on in zip(EmployeeFactory.create_batch(4, department=cast.streets), (1, 1, 1, 0), strict=True):
        took(person, course, date(2026 if on else 2020, 3, 2))
    EmployeeFactory.create(employment="volunteer", department=cast.public_works, hired_on=TODAY)
    client = as_(getattr(cast, who))
    page = text_of(client.get("/compliance/training/"))
    links = re.findall(r'<td class="num"><a href="(/training/\?[^"]*)">(\d+)<', page.replace("&amp;", "&"))
    assert len(links) > 16
    for url, number in links:
        listed = text_of(client.get(f"{url}&size=100"))
        assert listed.count('<td class="cell-title"') == int(number), url


def test_a_small_number_has_no_percentage_and_one_person_no_share(cast: Cast) -> None:
    course = make_course()
    took(cast.bob, course)
    EmployeeFactory.create(employment="volunteer", department=cast.streets)
    page = text_of(as_(cast.hana).get("/compliance/training/")).replace("\N{NO-BREAK SPACE}", " ")
    row = r'<th(?: class="ps-4")? scope="row">([^<]+)</th><td class="num">([^<]*)</td>'
    shares = dict(re.findall(row, page))
    assert (shares["volunteer"], shares["contractor"]) == ("about one person: no share", "no data")
    assert (shares["Operations and Maintenance"], shares["Everybody"]) == ("1 of 4", "7.6 %")
    written = b"".join(as_(cast.hana).get("/compliance/training/?format=csv")).decode()
    assert "By type,volunteer,0,1,0,1,about one person: no share" in written


def upload(client: Any, text: str, **facts: str) -> Any:
    return client.post(
        "/training/import/", {"file": ContentFile(text.encode(), name="class.csv"), **facts}, follow=True
    )


def digest_of(page: str) -> str:
    return page.partition('name="digest" value="')[2].partition('"')[0]


def test_a_file_is_looked_through_and_then_taken_in_once(cast: Cast) -> None:
    course, hana = make_course(), as_(cast.hana)
    took(cast.alice, course, date(2026, 11, 20))
    text = (
        "Employee;Course name;Completion date\n"
        "Bob Teammate;customer service;11/20/2026 3:00 PM\n"
        "Alice Owner;Customer service;2026-11-20\n"
        "Bob Teammate;Customer service;2026-11-20\n"
        "Nobody Here;Customer service;2026-11-20\n"
        "'=HYPERLINK(0);Customer service;2026-11-20\n"
        "Bob Teammate;Juggling;2026-11-20\n"
        "Bob Teammate;;2026-11-25\n"
        "Bob Teammate;;2026-13-25\n"
    )
    answer = upload(hana, text, course="Customer service")
    page = text_of(answer)
    for said in (
        "Line 3: recorded already", "Line 4: the same as a row above", "Line 5: nobody on the roster is known as Nob",
        "Line 6: nobody on the roster is known as =HYPERLINK(0)", "Line 7: no course in use is called Juggling",
        "Line 8: 2026-11-25 is still to come", "Line 9: 2026-13-25 is not a date", "Take in 1 record",
    ):  # fmt: skip
        assert said in page
    assert TrainingRecord.objects.count() == 1
    url = answer.redirect_chain[-1][0]
    assert hana.post(url, {"digest": "0" * 64}).status_code == 409
    assert hana.post(url, {}).status_code == 422
    assert hana.post(url, {"digest": digest_of(page)}).status_code == 302
    assert hana.post(url, {"digest": digest_of(page)}).status_code == 404
    assert TrainingRecord.objects.get(employee=cast.bob).is_imported
    again = text_of(upload(hana, text, course="Customer service"))
    assert "There is nothing to apply" in again
    assert AuditEntry.objects.filter(action="trainings_imported").count() == 1


def test_a_file_of_another_keeper_or_one_nothing_can_be_read_from(cast: Cast) -> None:
    make_course()
    hana = as_(cast.hana)
    url = upload(hana, "name,course,date\nBob Teammate,Customer service,2026-11-20\n").redirect_chain[-1][0]
    other = EmployeeFactory.create(name="Hugo Resources", department=cast.finance)
    give_role(other, Role.HR)
    make_login(other)
    assert as_(other).get(url).status_code == 404
    wrong = upload(hana, "colour,shape\nred,round\n")
    assert (wrong.status_code, "has no heading" in text_of(wrong)) == (422, True)
