"""First run: the departments, calendars, standards, ladder, categories and numbers of the City of Pinole."""

from datetime import datetime

from django.db import transaction

from requests_app.models import Department
from requests_app.selectors.access import SYSTEM
from requests_app.services.events import record_audit
from requests_app.services.setup.calendars import set_up_calendars
from requests_app.services.setup.categories import set_up_categories
from requests_app.services.setup.checklist import set_up_checklist
from requests_app.services.setup.departments import set_up_departments
from requests_app.services.setup.on_call import set_up_on_call_numbers
from requests_app.services.setup.policy import set_up_policy
from requests_app.services.setup.referral_cards import set_up_referral_cards
from requests_app.services.setup.standards import set_up_ladder, set_up_standards


@transaction.atomic
def set_up_city(*, at: datetime) -> None:
    """Add whatever reference data is missing; what somebody has edited stays as it is, so it may run again."""
    added = (
        set_up_departments()
        + set_up_calendars(at=at)
        + set_up_standards()
        + set_up_ladder()
        + set_up_categories()
        + set_up_on_call_numbers()
        + set_up_checklist()
        + set_up_referral_cards()
        + set_up_policy(at=at)
    )
    if added:
        record_audit("city_set_up", Department, actor=SYSTEM, at=at, count=added)
