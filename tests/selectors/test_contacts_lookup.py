"""Finding customers, colleagues and categories by what was typed; a match is only ever a suggestion."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from requests_app.models import Category
from requests_app.selectors.categories import active_categories, category_named, suggest_categories
from requests_app.selectors.contacts import day_so_far, may_log
from requests_app.selectors.customers import Who, known_customer, read_who, suggest_customers
from requests_app.selectors.danger import on_call_numbers
from requests_app.selectors.people import person_named, suggest_people
from requests_app.services.customers import CustomerEntry, keep_customer
from tests.cast import Cast, actor
from tests.factories import EmployeeFactory, ServiceRequestFactory, concern


@pytest.mark.parametrize(
    ("typed", "name", "phone", "email"),
    [
        ("Rosalía O’Brien-Núñez", "Rosalía O’Brien-Núñez", "", ""),
        ("510 555 0143", "", "510 555 0143", ""),
        ("(510) 555-0143 ext. 12", "", "(510) 555-0143 ext. 12", ""),
        ("Ana Ruiz, 510-555-0143", "Ana Ruiz", "510-555-0143", ""),
        ("Ana Ruiz <ana@mail.example>", "Ana Ruiz", "", "ana@mail.example"),
        ("ana@mail.example", "", "", "ana@mail.example"),
        ("José", "José", "", ""),
        ("Unit 12", "Unit 12", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_line_is_read_as_name_phone_and_email(typed: str, name: str, phone: str, email: str) -> None:
    assert read_who(typed) == Who(name, phone, email)


@pytest.fixture
def rosalia(cast: Cast, now: datetime) -> int:
    entry = CustomerEntry(name="Rosalía O’Brien-Núñez", phone="(510) 555-0143", email="Rosalia@Mail.example")
    customer = keep_customer(entry, at=now)
    assert customer
    return customer.pk


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "rosa",
            "ROSALIA o'brien",
            "nunez",
            "NÚÑEZ rosalía",
            "0143",
            "510-555-0143",
            "+1 510 555 0143",
            "555 0143",
            "5550143",
            "51055",
        ),
        *("(510)555.0143", "1-510-555-0143", "510 555 0143 ext. 12", "510-555-0143x12", "0143 #4", "rosalia 0143"),
        *("Rosalía O’Brien-Núñez 510 555 0143", "rosalia@", "Rosalía <rosalia@mail.example>"),
    ],
)
def test_a_customer_is_found_by_any_spelling(cast: Cast, rosalia: int, typed: str) -> None:
    assert [known.pk for known in suggest_customers(typed, actor=actor(cast.fay))] == [rosalia]


def test_either_of_two_surnames_is_enough_with_accents_or_without(cast: Cast, now: datetime) -> None:
    both = keep_customer(CustomerEntry(name="Ana María Muñoz García"), at=now)
    one = keep_customer(CustomerEntry(name="Ana Munoz"), at=now)
    assert both
    assert one
    fay = actor(cast.fay)
    found = {
        typed: {known.pk for known in suggest_customers(typed, actor=fay)}
        for typed in ("Muñoz", "munoz", "MUÑOZ ana", "garcia", "García Muñoz")
    }
    everybody = {both.pk, one.pk}
    assert found == {
        "Muñoz": everybody, "munoz": everybody, "MUÑOZ ana": everybody, "garcia": {both.pk}, "García Muñoz": {both.pk},
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["", "   ", "zzz", "%", "_", "999 9999", "somebody 0143", "rosalia 0144"])
def test_what_fits_nobody_suggests_nobody(cast: Cast, rosalia: int, typed: str) -> None:
    assert suggest_customers(typed, actor=actor(cast.fay)) == []


def test_only_open_requests_one_may_see_are_counted(cast: Cast, rosalia: int) -> None:
    ServiceRequestFactory.create(department=cast.streets, customer_id=rosalia)
    ServiceRequestFactory.create(department=cast.streets, customer_id=rosalia, confidentiality="confidential")
    concern(ServiceRequestFactory.create(department=cast.streets, customer_id=rosalia), cast.fay)
    for_fay = known_customer(rosalia, actor=actor(cast.fay))
    assert for_fay
    assert for_fay.open_requests == 1


def test_a_customer_is_known_to_whoever_reads_a_request_of_theirs(cast: Cast, rosalia: int, now: datetime) -> None:
    """The phone of somebody who came with a confidential matter only finds nobody, and tells nothing of when."""
    restricted = ServiceRequestFactory.create(
        department=cast.streets, customer_id=rosalia, confidentiality="confidential", last_touch_at=now
    )
    suggested = {who: suggest_customers("rosalia", actor=actor(getattr(cast, who))) for who in ("fay", "alice", "sam")}
    assert {who: len(found) for who, found in suggested.items()} == {"fay": 0, "alice": 0, "sam": 1}

    ServiceRequestFactory.create(department=cast.streets, customer_id=rosalia, last_touch_at=restricted.received_at)
    for_fay, for_sam = (known_customer(rosalia, actor=actor(person)) for person in (cast.fay, cast.sam))
    assert for_fay
    assert for_sam
    assert (for_fay.last_contact_at, for_sam.last_contact_at) == (restricted.received_at, now)
    assert known_customer(rosalia, actor=actor(cast.charlie)) is None


def test_suggesting_asks_three_queries_however_many_fit(
    cast: Cast, now: datetime, django_assert_num_queries: Any
) -> None:
    for number in range(12):
        keep_customer(CustomerEntry(name=f"Maria Lopez {number}", phone=f"510 555 01{number:02}"), at=now)
    fay = actor(cast.fay)
    with django_assert_num_queries(3):
        assert len(suggest_customers("maria", actor=fay)) == 8


@pytest.mark.parametrize("typed", ["ana", "RUIZ", "214", "x214", "ext. 214", "Ana Ruiz"])
def test_a_colleague_is_found_by_name_and_extension(cast: Cast, typed: str) -> None:
    ana = EmployeeFactory.create(name="Ana Ruiz", extension="214", department=cast.finance)
    assert person_named(typed) == ana


def test_two_of_a_name_are_not_guessed_between(cast: Cast) -> None:
    EmployeeFactory.create(name="Ana Ruiz", department=cast.finance)
    EmployeeFactory.create(name="Ana Ruiz", department=cast.streets)
    assert person_named("ana ruiz") is None
    assert len(suggest_people("ana ruiz")) == 2


def test_somebody_who_left_is_not_suggested(cast: Cast) -> None:
    EmployeeFactory.create(name="Gone Away", is_active=False, department=cast.finance)
    assert suggest_people("gone") == []


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("permiso", "permit-question"),
        ("ruido", "noise"),
        ("nois", "noise"),
        ("loud music", "noise"),
        ("inspec", "inspection"),
    ],
)
def test_a_category_is_found_by_everyday_words_in_both_languages(city: None, typed: str, slug: str) -> None:
    assert slug in [category.slug for category in suggest_categories(typed, active_categories())][:3]


def test_a_category_is_taken_only_beyond_doubt(city: None) -> None:
    categories = active_categories()
    noise = Category.objects.get(slug="noise")
    assert category_named("  NOISE ", categories) == noise
    assert category_named("Ruido", categories) == noise
    assert category_named("qwertyuiop", categories) is None
    assert suggest_categories("qwertyuiop", categories) == []


def test_numbers_that_answer_at_this_hour_are_shown(city: None, now: datetime) -> None:
    by_day = [number.phone for number in on_call_numbers(now)]
    at_night = [number.phone for number in on_call_numbers(now + timedelta(hours=8))]
    assert by_day[0] == at_night[0] == "911"
    assert "510-555-0161" in by_day
    assert "510-555-0161" not in at_night
    assert "510-555-0162" in at_night
    assert "510-555-0162" not in by_day


def test_an_unknown_year_shows_every_number(city: None, now: datetime) -> None:
    assert len(on_call_numbers(now.replace(year=2040))) == 4


def test_administrators_alone_log_nothing(cast: Cast) -> None:
    assert [may_log(actor(each)) for each in (cast.fay, cast.alice, cast.hana, cast.max)] == [True] * 4
    assert not may_log(actor(cast.ada))


def test_the_day_starts_at_the_citys_midnight(cast: Cast, now: datetime) -> None:
    assert day_so_far(actor(cast.fay), now=now).logged == 0
