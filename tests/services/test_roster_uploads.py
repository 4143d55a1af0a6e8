from datetime import date, datetime, timedelta

import pytest

from requests_app.domain.refusals import ActionRefused, Refusal
from requests_app.domain.roster_files import read_roster_file
from requests_app.domain.vocabulary import Role
from requests_app.models import AuditEntry, Employee, RosterUpload
from requests_app.selectors.kept_tables import lines_of
from requests_app.selectors.roster_previews import RosterPreview, roster_preview
from requests_app.services.roster_uploads import RosterCounts, apply_upload, keep_upload
from tests.cast import Cast, actor, login_of
from tests.factories import EmployeeFactory

HEADING = "name,e-mail,title,department,hired_on,languages,roles\n"


class Import:
    """A file of Ada's, from upload to application."""

    def __init__(self, cast: Cast, now: datetime, text: str) -> None:
        self.cast, self.now = cast, now
        file = read_roster_file((HEADING + text).encode())
        self.upload = keep_upload(file, file_name="people.csv", actor=actor(cast.ada), at=now)

    def preview(self) -> RosterPreview:
        return roster_preview(lines_of(self.upload), actor=actor(self.cast.ada))

    def apply(self, *ticked: int, digest: str = "") -> RosterCounts:
        digest = digest or self.preview().digest
        return apply_upload(
            upload_id=self.upload.pk, digest=digest, ticked=frozenset(ticked), actor=actor(self.cast.ada), at=self.now
        )


def outcomes(preview: RosterPreview) -> list[tuple[int, str, str]]:
    return [(row.line, row.outcome.value, row.code) for row in preview.rows]


def test_the_preview_writes_nothing_and_the_application_does_what_it_showed(cast: Cast, now: datetime) -> None:
    text = (
        "Neo Newcomer,neo@pinole.example,Clerk,Finance,7/1/2024,Spanish,staff@finance; supervisor@recreation\n"
        "Bob T. Teammate,BOB@pinole.example,Foreman,,,,\n"
        "Alice Owner,alice@pinole.example,,,,,staff@operations-and-maintenance\n"
    )
    people, evidence = Employee.objects.count(), AuditEntry.objects.count()
    job = Import(cast, now, text)
    assert outcomes(job.preview()) == [(2, "new", ""), (3, "changed", ""), (4, "unchanged", "")]
    assert (Employee.objects.count(), AuditEntry.objects.count()) == (people, evidence)

    assert job.apply() == RosterCounts(added=1, changed=1)

    neo, bob = Employee.objects.get(email="neo@pinole.example"), Employee.objects.get(pk=cast.bob.pk)
    assert (neo.title, neo.hired_on, neo.languages, neo.user) == ("Clerk", date(2024, 7, 1), ["es"], None)
    assert {(row.role, row.department.slug) for row in neo.role_assignments.all()} == {
        (Role.STAFF, "finance"), (Role.SUPERVISOR, "recreation"),
    }  # fmt: skip
    # His address keeps its spelling: it is the one he signs in with.
    assert (bob.name, bob.title, bob.email) == ("Bob T. Teammate", "Foreman", "bob@pinole.example")
    actions = AuditEntry.objects.filter(actor=cast.ada).values_list("action", flat=True)
    assert sorted(actions) == ["employee_added", "employee_changed", "role_given", "role_given", "roster_applied"]
    assert not RosterUpload.objects.exists()


def test_a_file_applied_twice_changes_nothing_the_second_time(cast: Cast, now: datetime) -> None:
    text = "Neo Newcomer,neo@pinole.example,Clerk,finance,2024-07-01,es,staff@finance\n"
    Import(cast, now, text).apply()
    assert outcomes(Import(cast, now, text).preview()) == [(2, "unchanged", "")]


def test_an_empty_cell_empties_nothing_and_a_missing_row_deletes_nobody(cast: Cast, now: datetime) -> None:
    Employee.objects.filter(pk=cast.bob.pk).update(title="Foreman", languages=["es"], hired_on=date(2020, 1, 1))
    Import(cast, now, "Bob Teammate,bob@pinole.example,,finance,,,\n").apply()
    bob = Employee.objects.get(pk=cast.bob.pk)
    assert (bob.title, bob.languages, bob.hired_on, bob.department) == (
        "Foreman", ["es"], date(2020, 1, 1), cast.finance,
    )  # fmt: skip
    assert Employee.objects.filter(pk=cast.alice.pk, is_active=True).exists()


def test_somebody_found_by_name_is_changed_only_when_ticked(cast: Cast, now: datetime) -> None:
    vera = EmployeeFactory.create(
        name="Véra Volunteer", name_normalised="vera volunteer", email="", department=cast.finance
    )
    job = Import(cast, now, "Vera  Volunteer,vera@pinole.example,Helper,finance,,,\n")
    assert [row.is_guess for row in job.preview().changed] == [True]
    assert job.apply() == RosterCounts(added=0, changed=0)
    again = Import(cast, now, "Vera  Volunteer,vera@pinole.example,Helper,finance,,,\n")
    assert again.apply(2) == RosterCounts(added=0, changed=1)
    vera.refresh_from_db()
    assert (vera.email, vera.title) == ("vera@pinole.example", "Helper")


def test_rows_that_cannot_be_used_say_why(cast: Cast, now: datetime) -> None:
    EmployeeFactory.create(email="gone@pinole.example", is_active=False)
    for _ in range(2):
        EmployeeFactory.create(email="shared@pinole.example")
    text = (
        "Neo,neo@pinole.example,,Atlantis,,,\n"
        "Neo,neo2@pinole.example,,,,,\n"
        ",neo3@pinole.example,,finance,,,\n"
        "Gus,gone@pinole.example,Clerk,,,,\n"
        "Sal,shared@pinole.example,Clerk,,,,\n"
        "Ada,ada@pinole.example,,,,,staff@finance\n"
        "Bob,bob@pinole.example,,,,,hr\n"
        "Alice,alice@pinole.example,A,,,,\n"
        "Alice,ALICE@pinole.example,B,,,,\n"
        "Max,not-an-address,,,,,\n"
    )
    assert [code for _, _, code in outcomes(Import(cast, now, text).preview())] == [
        "unknown_department", "no_department", "no_name", "has_left", "several_people", "own_roles", "role_by_hand",
        "twice_in_file", "twice_in_file", "email",
    ]  # fmt: skip


def test_what_changed_since_the_preview_wants_a_new_one(cast: Cast, now: datetime) -> None:
    job = Import(cast, now, "Bob Teammate,bob@pinole.example,Foreman,,,,\n")
    digest = job.preview().digest
    Employee.objects.filter(pk=cast.bob.pk).update(title="Crew lead", version=2)
    with pytest.raises(ActionRefused) as refused:
        job.apply(digest=digest)
    assert refused.value.refusal is Refusal.PLAN_CHANGED
    assert Employee.objects.get(pk=cast.bob.pk).title == "Crew lead"
    assert job.apply() == RosterCounts(added=0, changed=1)


def test_one_row_that_fails_leaves_no_other_behind(cast: Cast, now: datetime) -> None:
    user = login_of(cast.charlie)
    user.email = "taken@pinole.example"  # a login whose address is not on the roster
    user.save()
    text = "Neo,neo@pinole.example,,finance,,,\nSam Supervisor,,,operations-and-maintenance,,,\n"
    Employee.objects.filter(pk=cast.sam.pk).update(email="")
    job = Import(cast, now, text.replace("Sam Supervisor,,", "Sam Supervisor,taken@pinole.example,"))
    with pytest.raises(ActionRefused):
        job.apply(3)
    assert not Employee.objects.filter(email="neo@pinole.example").exists()


def test_a_file_nobody_applied_is_thrown_away_after_a_day(cast: Cast, now: datetime) -> None:
    Import(cast, now - timedelta(days=2), "Neo,,,finance,,,\n")
    kept = Import(cast, now, "Neo,,,finance,,,\n").upload
    assert list(RosterUpload.objects.all()) == [kept]


def test_many_rows_are_previewed_with_a_handful_of_queries(
    cast: Cast, now: datetime, django_assert_max_num_queries: object
) -> None:
    text = "".join(f"Person {n},p{n}@pinole.example,Clerk,finance,2024-07-01,es,staff@finance\n" for n in range(300))
    job = Import(cast, now, text)
    ada, lines = actor(cast.ada), lines_of(job.upload)
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(roster_preview(lines, actor=ada).new) == 300


def test_a_file_is_kept_for_a_day_under_a_name_every_database_takes(cast: Cast, now: datetime) -> None:
    old = Import(cast, now - timedelta(days=1, minutes=1), "Ana,,,finance,,,\n").upload
    young = Import(cast, now - timedelta(days=1), "Ana,,,finance,,,\n").upload
    file = read_roster_file((HEADING + "Ana,,,finance,,,\n").encode())
    kept = keep_upload(file, file_name="peo\0ple.csv", actor=actor(cast.ada), at=now)
    assert kept.file_name == "people.csv"
    assert set(RosterUpload.objects.values_list("pk", flat=True)) == {young.pk, kept.pk}
    assert old.pk not in {young.pk, kept.pk}
