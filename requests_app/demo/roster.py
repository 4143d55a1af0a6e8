"""Hire the staff of the demo: 110 people with a login, and a few on the roster without one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from requests_app.demo.logins import DEMO_PASSWORD
from requests_app.demo.names import FAMILY_NAMES, GIVEN_NAMES
from requests_app.demo.offices import WITHOUT_LOGIN, Post, posts
from requests_app.demo.patterns import give_patterns, name_alternates
from requests_app.domain.text import normalise_text
from requests_app.domain.vocabulary import Role
from requests_app.models import Category, Department, Employee, RoleAssignment

MAIL_DOMAIN = "pinole.example"
_BILINGUAL_SHARE = 0.22


@dataclass
class Roster:
    """The people of the demo by what the story needs them for."""

    by_login: dict[str, Employee] = field(default_factory=dict)
    front_desk: list[Employee] = field(default_factory=list)
    human_resources: list[Employee] = field(default_factory=list)
    staff: dict[int, list[Employee]] = field(default_factory=lambda: defaultdict(list))
    supervisors: dict[int, list[Employee]] = field(default_factory=lambda: defaultdict(list))
    everybody: list[Employee] = field(default_factory=list)


def hire_staff(rng: Random, *, at: datetime) -> Roster:
    """Add the staff with logins, roles and the categories they own."""
    departments = {department.slug: department for department in Department.objects.all()}
    names = _names(rng)
    hired = [(post, _employee(post, next(names), departments, rng, at.date())) for post in posts()]
    _give_logins(hired, at=at)
    people = [employee for _, employee in hired]
    people += [
        _without_login(title, next(names), departments[slug], employment, is_active=is_active)
        for slug, title, employment, is_active in WITHOUT_LOGIN
    ]
    give_patterns(people, today=at.date())
    Employee.objects.bulk_create(people)
    name_alternates(people)
    _give_roles(hired, departments)
    roster = _roster_of(hired, departments)
    _give_categories(roster)
    return roster


def _names(rng: Random) -> Iterator[str]:
    """Give names that differ in their e-mail address too."""
    taken: set[str] = set()
    while True:
        name = f"{rng.choice(GIVEN_NAMES)} {rng.choice(FAMILY_NAMES)}"
        if address_part(name) not in taken:
            taken.add(address_part(name))
            yield name


def address_part(name: str) -> str:
    """Give a name as the first part of an e-mail address."""
    plain = normalise_text(name).encode("ascii", "ignore").decode().replace("'", "").replace(",", "")
    return ".".join(plain.replace("-", " ").replace(".", " ").split())[:60]


def _employee(post: Post, name: str, departments: dict[str, Department], rng: Random, today: date) -> Employee:
    return Employee(
        name=name,
        name_normalised=normalise_text(name),
        title=post.title,
        email=f"{post.login or address_part(name)}@{MAIL_DOMAIN}",
        extension=str(rng.randrange(1000, 1999)),
        department=departments[post.department],
        languages=[rng.choice(["es", "es", "tl", "zh"])] if rng.random() < _BILINGUAL_SHARE else [],
        is_sworn=post.is_sworn,
        hired_on=today - timedelta(days=rng.randrange(200, 9000)),
    )


def _without_login(title: str, name: str, department: Department, employment: str, *, is_active: bool) -> Employee:
    return Employee(
        name=name,
        name_normalised=normalise_text(name),
        title=title,
        department=department,
        employment=employment,
        is_active=is_active,
    )


def _give_logins(hired: list[tuple[Post, Employee]], *, at: datetime) -> None:
    password = make_password(DEMO_PASSWORD)  # once: hashing is slow on purpose
    users = [
        User(
            username=employee.email.partition("@")[0],
            email=employee.email,
            password=password,
            first_name=employee.name[:150],
            is_staff=Role.ADMINISTRATOR in post.city_roles,
            date_joined=at,
        )
        for post, employee in hired
    ]
    User.objects.bulk_create(users)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    for (_, employee), user in zip(hired, users, strict=True):
        employee.user = user


def _give_roles(hired: list[tuple[Post, Employee]], departments: dict[str, Department]) -> None:
    root = next(department for department in departments.values() if department.parent_id is None)
    rows = [
        RoleAssignment(employee=employee, role=role.value, department=department)
        for post, employee in hired
        for roles, department in ((post.roles, departments[post.department]), (post.city_roles, root))
        for role in roles
    ]
    RoleAssignment.objects.bulk_create(rows)


def _roster_of(hired: list[tuple[Post, Employee]], departments: dict[str, Department]) -> Roster:
    roster = Roster()
    for post, employee in hired:
        department_id = departments[post.department].pk
        roster.everybody.append(employee)
        if post.login:
            roster.by_login[post.login] = employee
        if Role.FRONT_DESK in post.city_roles:
            roster.front_desk.append(employee)
        if Role.HR in post.city_roles:
            roster.human_resources.append(employee)
        if post.roles == (Role.STAFF,) and not post.city_roles:
            roster.staff[department_id].append(employee)
        if {Role.SUPERVISOR, Role.DEPARTMENT_HEAD} & set(post.roles):
            roster.supervisors[department_id].append(employee)
    for department in departments.values():
        _fill_gaps(roster, department)
    return roster


def _fill_gaps(roster: Roster, department: Department) -> None:
    """Let leaders do the work where there is nobody else, and the front desk that of the clerk's office."""
    if not roster.staff[department.pk]:
        everyone = [employee for employee in roster.everybody if employee.department_id == department.pk]
        roster.staff[department.pk] = everyone or list(roster.front_desk)
    if not roster.supervisors[department.pk] and department.parent_id:
        roster.supervisors[department.pk] = roster.supervisors[department.parent_id]


def _give_categories(roster: Roster) -> None:
    """Give every category an owner and a backup from its department, the demo login first."""
    categories = list(Category.objects.order_by("slug"))
    turn: dict[int, int] = defaultdict(int)
    for category in categories:
        people = roster.staff[category.department_id]
        first = turn[category.department_id]
        category.default_owner = people[first % len(people)]
        category.backup_owner = people[(first + 1) % len(people)]
        turn[category.department_id] += 1
    _prefer(categories, roster.by_login["staff"], {"pothole", "streetlight", "tree", "graffiti"})
    Category.objects.bulk_update(categories, ["default_owner", "backup_owner"])


def _prefer(categories: list[Category], employee: Employee, slugs: set[str]) -> None:
    for category in categories:
        if category.slug in slugs:
            if category.backup_owner == employee:
                category.backup_owner = category.default_owner
            category.default_owner = employee
