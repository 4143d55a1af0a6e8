"""What is known of customers: the first of them was corrected over and over."""

from datetime import datetime

from requests_app.models import Customer
from requests_app.services.customer_edits import CustomerFacts, change_customer
from tests.cast import Cast, actor


def let_customers_be_known(cast: Cast, *, now: datetime, text: str) -> None:
    """Correct the customer whose pages are walked until each kind of fact has changed."""
    customer = Customer.objects.earliest("pk")
    as_it_was = CustomerFacts(name=customer.name, kind=customer.kind, language=customer.language)
    phone, email = "510 555 0177 ext. 1234567", f"{'y' * 60}@mail.example"
    changed = CustomerFacts(name=text[:120], kind="business", language="zh", phone=phone, email=email)
    for version, facts in enumerate((changed, as_it_was), start=customer.version):
        change_customer(customer_id=customer.pk, version=version, facts=facts, actor=actor(cast.fay), at=now)
