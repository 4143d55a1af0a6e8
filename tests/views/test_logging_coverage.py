"""What machines counted against what was logged: typed, imported, compared, and each number with its list."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from requests_app.domain.vocabulary import Channel, Confidentiality, Direction
from requests_app.models import AuditEntry, ContactCount, ContactCountUpload, Interaction, ServiceRequest
from tests.cast import Cast
from tests.factories import NOW, ServiceRequestFactory, concern
from tests.views.log_form import as_

PAGE = "/compliance/coverage/"
ON = date(2026, 11, 19)
AT = NOW - timedelta(days=4)


@pytest.fixture(autouse=True)
def fixed_clock(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def called(cast: Cast, *, count: int = 1, at: datetime = AT, **facts: Any) -> ServiceRequest:
    for _ in range(count):
        found = ServiceRequestFactory.create(**{"department": cast.streets, "received_at": at, **facts})
        Interaction.objects.create(
            service_request=found, direction=Direction.INBOUND, channel=Channel.PHONE, occurred_at=at, recorded_at=at
        )
    return found


def typed(cast: Cast, number: int, **facts: Any) -> dict[str, Any]:
    return {"on": str(ON), "department_id": cast.public_works.pk, "channel": "phone", "count": number, **facts}


def upload(client: Client, text: str) -> Any:
    file = SimpleUploadedFile("calls.csv", text.encode())
    return client.post(reverse("count_import"), {"file": file}, follow=True)


def test_a_typed_count_takes_the_place_of_the_one_before(cast: Cast) -> None:
    client = as_(cast.hana)
    for number in (10, 12, 12):
        assert client.post(reverse("count_new"), typed(cast, number)).status_code == 302
    assert ContactCount.objects.get().count == 12
    assert AuditEntry.objects.filter(action="contacts_counted").count() == 2
    assert client.post(reverse("count_new"), typed(cast, 1, on="2026-11-30")).status_code == 422


def test_a_typed_count_says_what_was_recorded_and_keeps_the_day_but_no_department(cast: Cast) -> None:
    client = as_(cast.hana)
    page = client.post(reverse("count_new"), typed(cast, 10), follow=True).content.decode()
    assert "Recorded: 10 on" in page
    assert f'name="on" value="{ON}"' in page
    assert client.post(reverse("count_new"), typed(cast, 1, department_id="")).status_code == 422
    assert ContactCount.objects.get().department == cast.public_works


def test_counted_and_logged_stand_side_by_side_and_each_number_has_its_list(cast: Cast) -> None:
    called(cast, count=3)
    called(cast, department=cast.finance)
    called(cast, at=AT - timedelta(days=1))
    client = as_(cast.hana)
    client.post(reverse("count_new"), typed(cast, 10))
    page = client.get(PAGE)
    (row,) = page.context["rows"]
    assert (row["cell"].counted, row["cell"].logged, row["cell"].missing) == (10, 3, 7)
    assert "3 of 10 counted were logged" in page.content.decode()
    assert client.get(row["url"]).context["total"] == 3
    days = client.get(row["days_url"])
    assert days.context["total"] == row["cell"].days == 1
    assert client.get(days.context["rows"][0]["url"]).context["total"] == days.context["rows"][0]["day"].logged == 3
    for address in ("/compliance/", "/compliance/scorecard/"):
        assert "3 of 10 counted were logged" in client.get(address).content.decode()


def test_what_one_may_not_see_is_in_no_number(cast: Cast) -> None:
    secret = called(cast, confidentiality=Confidentiality.CONFIDENTIAL)
    concern(secret, cast.sam)
    as_(cast.hana).post(reverse("count_new"), typed(cast, 10, department_id=cast.streets.pk))
    (row,) = as_(cast.hana).get(PAGE).context["rows"]
    assert row["cell"].logged == 1
    client = as_(cast.sam)
    (row,) = client.get(PAGE).context["rows"]
    assert row["cell"].logged == client.get(row["url"]).context["total"] == 0
    assert not as_(cast.dora).get(f"{PAGE}?department={cast.finance.slug}").context["coverage"].few


def test_a_file_is_looked_through_and_applied_and_twice_does_nothing(cast: Cast) -> None:
    client = as_(cast.hana)
    text = (
        f"day,department,channel,count\n2026-11-19,{cast.streets.slug},calls,40\n11/20/2026,Finance,e-mail,7\n"
        f"2026-11-19,{cast.streets.slug},phone,41\n2026-11-19,Nowhere,phone,1\nsoon,Finance,phone,1\n"
    )
    page = upload(client, text)
    assert [row.line for row in page.context["to_apply"]] == [2, 3]
    assert [row.reason for row, _cells in page.context["rejected"]] == [
        "day, department and channel stand in line 2 already",
        "no department is called Nowhere",
        "soon is not a day like 2026-12-01 or 12/01/2026",
    ]
    assert not ContactCount.objects.exists()
    address = reverse("count_preview", args=[page.context["upload"].pk])
    assert client.post(address, {"digest": "0" * 64}).status_code == 409
    assert client.post(address, {"digest": page.context["digest"]}).status_code == 302
    assert client.post(address, {"digest": page.context["digest"]}).status_code == 404
    assert sorted(ContactCount.objects.values_list("count", flat=True)) == [7, 40]
    again = upload(client, text)
    assert (again.context["to_apply"], len(again.context["same"])) == ([], 2)


def test_a_file_is_its_uploaders_and_for_human_resources_only(cast: Cast) -> None:
    page = upload(as_(cast.hana), "day,department,channel,count\n2026-11-19,Finance,phone,1\n")
    upload_id = page.context["upload"].pk
    ContactCountUpload.objects.filter(pk=upload_id).update(uploaded_by=cast.sam)
    assert as_(cast.hana).get(reverse("count_preview", args=[upload_id])).status_code == 404
    assert as_(cast.sam).get(reverse("count_preview", args=[upload_id])).status_code == 403
    assert upload(as_(cast.hana), "name,age\nAna,3\n").status_code == 422


def test_a_business_day_with_improbably_few_is_listed(cast: Cast) -> None:
    for weeks in range(1, 6):
        called(cast, count=6, at=AT - timedelta(weeks=weeks))
    called(cast, count=2)
    client = as_(cast.hana)
    few = client.get(PAGE).context["few"]
    row = next(each for each in few if each["day"].on == ON)
    assert (row["day"].logged, row["day"].usual) == (2, 6)
    assert client.get(row["url"]).context["total"] == "2"


def test_the_days_are_written_to_a_file(cast: Cast) -> None:
    client = as_(cast.hana)
    client.post(reverse("count_new"), typed(cast, 10))
    written = client.get(f"{reverse('counted_days')}?format=csv").getvalue().decode("utf-8-sig").splitlines()
    assert written[1] == f"2026-11-19,{cast.public_works.name},Phone,10,0"
