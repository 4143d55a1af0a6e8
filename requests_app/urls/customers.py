"""Addresses of the customers."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import customer_merges, customers

urlpatterns: list[URLPattern | URLResolver] = [
    path("customers/", customers.customer_list, name="customer_list"),
    path("customers/<int:customer_id>/", customers.customer_detail, name="customer_detail"),
    path("customers/<int:customer_id>/edit/", customers.customer_edit, name="customer_edit"),
    path("customers/<int:customer_id>/merge/", customer_merges.customer_merge, name="customer_merge"),
    path(
        "customers/<int:customer_id>/merges/<int:merge_id>/undo/",
        customer_merges.customer_merge_undo,
        name="customer_merge_undo",
    ),
]
