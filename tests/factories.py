"""Rows for tests: valid as they come, with only what a test is about spelt out."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from requests_app.domain.absences import AbsenceKind, AbsenceReason
from requests_app.domain.text import normalise_text
from requests_app.domain.tracking_numbers import new_tracking_number
from requests_app.domain.vocabulary import Channel, Involvement, Milestone, RequestKind, Role, Verdict
from requests_app.models import (
    Absence,
    Category,
    ContactPoint,
    Customer,
    Department,
    Employee,
    OutgoingMail,
    RequestSubject,
    ResponseClock,
    RoleAssignment,
    ServiceRequest,
    ServiceStandard,
)
from requests_app.selectors.ladder import next_stage_at
from requests_app.selectors.standards import response_calendar_version

# Mon 23 Nov 2026, 2:10 pm in Pinole: an ordinary Monday with Thanksgiving ahead.
NOW = datetime(2026, 11, 23, 22, 10, tzinfo=UTC)
PASSWORD = "a-password-long-enough"


def city() -> Department:
    """Give the root of the departments, made if the city has not been set up."""
    return Department.objects.filter(parent=None).first() or Department.objects.create(
        name="City of Pinole", slug="city-of-pinole"
    )


class DepartmentFactory(DjangoModelFactory[Department]):
    class Meta:
        model = Department

    name = Sequence(lambda n: f"Department {n}")
    slug = Sequence(lambda n: f"department-{n}")
    parent = LazyFunction(city)


class EmployeeFactory(DjangoModelFactory[Employee]):
    """Somebody at work, with an address and no role; a login comes with `make_login`."""

    class Meta:
        model = Employee

    name = Sequence(lambda n: f"Person {n}")
    name_normalised = LazyAttribute(lambda employee: normalise_text(employee.name))
    email = Sequence(lambda n: f"person{n}@pinole.example")
    department = LazyFunction(city)


class CategoryFactory(DjangoModelFactory[Category]):
    class Meta:
        model = Category

    name = Sequence(lambda n: f"Category {n}")
    slug = Sequence(lambda n: f"category-{n}")
    kind = RequestKind.SERVICE.value
    department = LazyFunction(city)


class CustomerFactory(DjangoModelFactory[Customer]):
    """A person with a name only; `add_phone` and `add_email` of the services give ways to reach them."""

    class Meta:
        model = Customer

    name = Sequence(lambda n: f"Resident {n}")
    name_normalised = LazyAttribute(lambda customer: normalise_text(customer.name))
    created_at = NOW


class ContactPointFactory(DjangoModelFactory[ContactPoint]):
    class Meta:
        model = ContactPoint

    kind = ContactPoint.Kind.EMAIL
    value = Sequence(lambda n: f"resident{n}@mail.example")
    as_typed = SelfAttribute("value")


class ServiceRequestFactory(DjangoModelFactory[ServiceRequest]):
    """An ordinary phone request, logged as it came, without a clock (see `start_clock_row`)."""

    class Meta:
        model = ServiceRequest

    # Spread out, so that the check character is exercised; the sequence keeps them apart.
    number = Sequence(lambda n: new_tracking_number(_digits_of(n)))
    kind = RequestKind.SERVICE.value
    channel = Channel.PHONE.value
    title = Sequence(lambda n: f"Pothole number {n}")
    department = LazyFunction(city)
    received_at = NOW - timedelta(hours=1)
    recorded_at = SelfAttribute("received_at")
    last_touch_at = SelfAttribute("received_at")


class AbsenceFactory(DjangoModelFactory[Absence]):
    """A week of planned leave around NOW, with nobody standing in."""

    class Meta:
        model = Absence

    employee = SubFactory(EmployeeFactory)
    kind = AbsenceKind.PLANNED.value
    reason = AbsenceReason.LEAVE.value
    starts_at = NOW - timedelta(days=1)
    ends_at = NOW + timedelta(days=6)
    recorded_at = SelfAttribute("starts_at")


def make_login(employee: Employee) -> User:
    """Give an employee a login with PASSWORD."""
    user = User.objects.create_user(username=employee.email, email=employee.email, password=PASSWORD)
    employee.user = user
    employee.save(update_fields=["user"])
    return user


def give_role(employee: Employee, role: Role, department: Department | None = None) -> RoleAssignment:
    """Give a role in a department and everything below it; in the whole city when none is named."""
    return RoleAssignment.objects.create(employee=employee, role=role, department=department or city())


def concern(service_request: ServiceRequest, employee: Employee) -> RequestSubject:
    """Make a request be about somebody, who may then never read, own or decide it."""
    return RequestSubject.objects.create(
        service_request=service_request, employee=employee, involvement=Involvement.CONCERNED
    )


def start_clock_row(service_request: ServiceRequest, *, due_at: datetime, **facts: Any) -> ResponseClock:
    """Start an open response clock with a chosen due instant, its next stage worked out by the ladder.

    Needs the `city` fixture. The request's `answer_by_at` follows, as the services keep it.
    """
    facts = {"started_at": service_request.received_at, "milestone": Milestone.RESPONSE.value, **facts}
    standard = ServiceStandard.objects.get(code=facts.pop("standard_code", "phone_response"))
    version = response_calendar_version()
    defaults = {
        "standard": standard,
        "clause": standard.clause,
        "channel": service_request.channel,
        "department": service_request.department,
        "is_from_colleague": service_request.is_from_colleague,
        "calendar_version": version,
        "recorded_at": facts["started_at"],
        "verdict": Verdict.OPEN.value,
        "next_stage_at": next_stage_at(
            started_at=facts["started_at"], due_at=due_at, calendar_version=version, after=None
        ),
    }
    clock = ResponseClock.objects.create(service_request=service_request, due_at=due_at, **{**defaults, **facts})
    ServiceRequest.objects.filter(pk=service_request.pk).update(answer_by_at=due_at)
    return clock


def _digits_of(number: int) -> Any:
    """Give a stand-in for a source of randomness that spells out a number."""
    left = number

    def randbelow(limit: int) -> int:
        nonlocal left
        left, digit = divmod(left, limit)
        return digit

    return randbelow


def free_text_mail(*, to: str, subject: str = "A subject") -> OutgoingMail:
    """Queue a mail that is due now and carries no notice."""
    return OutgoingMail.objects.create(
        to_address=to, subject=subject, body="A body.\n", created_at=NOW, next_attempt_at=NOW
    )
