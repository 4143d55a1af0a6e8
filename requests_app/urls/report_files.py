"""Addresses of the files of the compliance report, and of sealed packets (III.d.i)."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import packets, report_files

urlpatterns: list[URLPattern | URLResolver] = [
    path("compliance/files/", report_files.report_files, name="report_files"),
    path("compliance/files/<int:pk>/", report_files.report_file, name="report_file"),
    path("compliance/files/<int:pk>/fetch/", report_files.report_file_fetch, name="report_file_fetch"),
    path("compliance/packets/", packets.packet_list, name="packet_list"),
    path("compliance/packets/<int:pk>/", packets.packet, name="packet"),
    path("compliance/packets/<int:pk>/fetch/", packets.packet_fetch, name="packet_fetch"),
    path("compliance/packets/<int:pk>/again/", packets.packet_again, name="packet_again"),
]
