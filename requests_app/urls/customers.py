"""Addresses of the customers."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import customers

urlpatterns: list[URLPattern | URLResolver] = [
    path("customers/", customers.customer_list, name="customer_list"),
    path("customers/<int:customer_id>/", customers.customer_detail, name="customer_detail"),
    path("customers/<int:customer_id>/edit/", customers.customer_edit, name="customer_edit"),
]
