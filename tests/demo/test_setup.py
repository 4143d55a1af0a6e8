"""The first run: reference data, added once and never overwritten."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from requests_app.domain.vocabulary import Channel, Milestone
from requests_app.models import (
    AuditEntry,
    Calendar,
    CalendarVersion,
    Category,
    Closure,
    Department,
    LadderRung,
    OnCallNumber,
    ServiceStandard,
)
from requests_app.selectors.standards import response_calendar_version, standard_for
from requests_app.services.setup import set_up_city

AT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
TABLES = (
    Department, Calendar, CalendarVersion, Closure, ServiceStandard, LadderRung, Category, OnCallNumber, AuditEntry,
)  # fmt: skip


@pytest.fixture
def _city(db: None) -> None:
    set_up_city(at=AT)


def _counts() -> list[int]:
    return [table._default_manager.count() for table in TABLES]


@pytest.mark.usefixtures("_city")
def test_running_it_again_adds_nothing() -> None:
    before = _counts()
    call_command("setup_city")
    assert _counts() == before


@pytest.mark.usefixtures("_city")
def test_what_somebody_edited_stays() -> None:
    Category.objects.filter(slug="pothole").update(name="Hole in the road")
    ServiceStandard.objects.filter(code="letter_response").update(number=7)
    set_up_city(at=AT)
    assert Category.objects.get(slug="pothole").name == "Hole in the road"
    assert ServiceStandard.objects.get(code="letter_response").number == 7


@pytest.mark.usefixtures("_city")
def test_nine_departments_stand_below_the_city() -> None:
    root = Department.objects.get(parent=None)
    assert (root.name, root.divisions.count()) == ("City of Pinole", 9)
    assert set(Department.objects.filter(parent__slug="public-works").values_list("name", flat=True)) == {
        "Operations and Maintenance",
        "Water Pollution Control Plant",
    }


@pytest.mark.usefixtures("_city")
@pytest.mark.parametrize(
    ("channel", "from_colleague", "code", "number", "clause"),
    [
        (Channel.PHONE, False, "phone_response", 1, "III.b.ii.3"),
        (Channel.VOICEMAIL, False, "phone_response", 1, "III.b.ii.3"),
        (Channel.EMAIL, False, "email_response", 2, "III.b.ii.4"),
        (Channel.OPEN311, False, "email_response", 2, "III.b.ii.4"),
        (Channel.COUNTER, False, "counter_follow_up", 1, "III.b.iii.2"),
        (Channel.COUNCIL, False, "counter_follow_up", 1, "III.b.iii.2"),
        (Channel.LETTER, False, "letter_response", 5, "III.a.ii"),
        (Channel.PHONE, True, "colleague_response", 2, "III.b.iv.3"),
    ],
)
def test_every_channel_has_its_standard(
    channel: Channel, from_colleague: bool, code: str, number: int, clause: str
) -> None:
    standard = standard_for(
        Milestone.RESPONSE, channel=channel, is_from_colleague=from_colleague, received_on=date(2025, 1, 1)
    )
    assert (standard.code, standard.number, standard.clause) == (code, number, clause)


@pytest.mark.usefixtures("_city")
def test_every_channel_is_covered() -> None:
    for channel in Channel:
        standard_for(Milestone.RESPONSE, channel=channel, is_from_colleague=False, received_on=date(2026, 1, 2))


@pytest.mark.usefixtures("_city")
def test_the_confirmed_calendar_equals_its_rows() -> None:
    version = response_calendar_version()
    assert version is not None
    calendar = version.business_calendar()
    assert set(calendar.closures) == set(
        Closure.objects.filter(calendar__slug=Calendar.RESPONSE).values_list("on", flat=True)
    )
    assert calendar.known_through == date(2028, 12, 31)
    assert calendar.is_business_day(date(2028, 12, 29))
    assert Closure.objects.filter(calendar__slug=Calendar.RESPONSE, on=date(2027, 12, 24)).count() == 2


@pytest.mark.usefixtures("_city")
def test_dangers_and_referrals_are_marked() -> None:
    assert set(Category.objects.filter(is_hazard=True).values_list("slug", flat=True)) == {
        "gas-leak",
        "downed-line",
        "tree-on-wire",
        "sewer-spill",
    }
    assert Category.objects.get(slug="garbage").referral_agency == "Republic Services"
    assert "bache" in Category.objects.get(slug="pothole").keywords
