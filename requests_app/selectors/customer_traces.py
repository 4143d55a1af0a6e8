"""What a customer was ever called and reached by here: texts may still carry what was corrected since."""

from requests_app.models import ContactPoint, Customer, CustomerChange

_NAME = CustomerChange.Fact.NAME
_WAYS = (CustomerChange.Fact.PHONE, CustomerChange.Fact.EMAIL)


def names_of(customer: Customer) -> list[str]:
    """Give the name of a customer, then the names it had before."""
    former = CustomerChange.objects.filter(customer=customer, fact=_NAME).values_list("before", flat=True)
    return [name for name in dict.fromkeys([customer.name, *former]) if name]


def ways_to_reach(customer: Customer) -> list[str]:
    """Give every way to reach a customer, as typed and as kept, then those there were before."""
    points = ContactPoint.objects.filter(customer=customer).values_list("as_typed", "value")
    former = CustomerChange.objects.filter(customer=customer, fact__in=_WAYS).values_list("before", flat=True)
    known = [text for point in points for text in point]
    return [text for text in dict.fromkeys([*known, *former]) if text]
