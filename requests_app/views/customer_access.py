"""Who a page of a customer is about, as far as its reader may know of them."""

from django.shortcuts import get_object_or_404

from requests_app.models import Customer
from requests_app.selectors.access import Actor
from requests_app.selectors.customer_merges import survivor_of
from requests_app.selectors.visibility import visible_customers


def customer_known_to(actor: Actor, customer_id: int) -> Customer:
    """Give a customer, or whom they went into; 404 for one the actor may not know of."""
    return get_object_or_404(visible_customers(actor), pk=survivor_of(customer_id))
