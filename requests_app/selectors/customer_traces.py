"""What a customer was ever called and reached by here: texts may still carry what was corrected or merged since."""

from django.db import models

from requests_app.models import ContactPoint, Customer, CustomerChange, CustomerMerge

_NAME = CustomerChange.Fact.NAME
_WAYS = (CustomerChange.Fact.PHONE, CustomerChange.Fact.EMAIL)


def names_of(customer: Customer) -> list[str]:
    """Give the name of a customer, then the names they had before and those of whoever went into them."""
    family = _family(customer)
    former = CustomerChange.objects.filter(customer__in=family, fact=_NAME).values_list("before", flat=True)
    return [name for name in dict.fromkeys([*(each.name for each in family), *former, *_chosen(customer)]) if name]


def ways_to_reach(customer: Customer) -> list[str]:
    """Give every way to reach a customer, as typed and as kept, then those there were before."""
    family = _family(customer)
    points = ContactPoint.objects.filter(customer__in=family).values_list("as_typed", "value")
    former = CustomerChange.objects.filter(customer__in=family, fact__in=_WAYS).values_list("before", flat=True)
    known = [text for point in points for text in point]
    return [text for text in dict.fromkeys([*known, *former]) if text]


def belongings_of(customer: Customer) -> list[models.Model]:
    """Give every row that goes when a customer goes, in an order in which they can be brought back."""
    family = _family(customer)
    kinds = (ContactPoint, CustomerChange)
    rows = [row for kind in kinds for row in kind._default_manager.filter(customer__in=family).order_by("pk")]
    return [*family, *rows, *CustomerMerge.objects.filter(survivor__in=family).order_by("pk")]


def _family(customer: Customer) -> list[Customer]:
    """Give a customer and whoever went into them, directly or through another."""
    merged = Customer.objects.filter(merged_into=customer).order_by("pk")
    return [customer, *(each for one in merged for each in _family(one))]


def _chosen(customer: Customer) -> list[str]:
    """Give the names that gave way to another's when customers were merged."""
    return [merge.before["name"] for merge in CustomerMerge.objects.filter(survivor=customer)]
