"""Training of every standing, with names and reasons as long and hostile as they come."""

from datetime import date, datetime, timedelta

from requests_app.models import Employee
from requests_app.services.trainings import TakenEntry, record_training, remove_training
from tests.cast import Cast, actor
from tests.factories import EmployeeFactory
from tests.sample_files import incoming
from tests.training_cases import make_course, took


def let_people_train(cast: Cast, *, now: datetime, text: str, names: tuple[str, str]) -> None:
    """Let people be in date, late and not due yet; one record is struck out, one course is not in use."""
    course, hana = make_course(text[:110]), actor(cast.hana)
    make_course("C" * 120, kind="onboarding", is_active=False)
    make_course("Refresher", kind="periodic", interval_months=12)
    volunteer: Employee = EmployeeFactory.create(
        name=names[0], employment="volunteer", email="", department=cast.streets, hired_on=now.date()
    )
    EmployeeFactory.create(name=names[1], employment="contractor", email="", department=cast.streets)
    taken = TakenEntry(course_id=course.pk, employee_ids=[cast.bob.pk, cast.alice.pk], on=now.date())
    record_training(taken, file=incoming(f"{'W' * 140}.png"), actor=hana, at=now)
    wrong = took(volunteer, course, now.date() - timedelta(days=1))
    remove_training(record_id=wrong.pk, reason=text * 3, actor=hana, at=now)
    took(cast.sam, course, date(2024, 1, 1))
