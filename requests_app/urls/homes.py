"""Where each role begins: on a page of its own, or on one's work."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import homes

urlpatterns: list[URLPattern | URLResolver] = [
    path("home/", homes.home, name="home"),
    path("home/hr/", homes.hr_home_page, name="hr_home"),
    path("home/city-manager/", homes.manager_home_page, name="manager_home"),
    path("council-contacts/", homes.council_contact_list, name="council_contacts"),
]
