"""Addresses of the compliance report: its parts, drawings, files, and the lists behind its figures (III.d.i)."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import report_lists, report_parts, reports

urlpatterns: list[URLPattern | URLResolver] = [
    path("compliance/", reports.compliance, name="compliance"),
    path("compliance/definitions/", report_parts.definitions, name="compliance_definitions"),
    path("compliance/csv/", reports.compliance_csv, name="compliance_csv"),
    path("compliance/trend-<str:look>-<str:size>.svg", reports.compliance_chart, name="compliance_chart"),
    path("compliance/clocks/", report_lists.evidence, {"kind": report_lists.CLOCKS}, name="compliance_clocks"),
    path("compliance/contacts/", report_lists.evidence, {"kind": report_lists.CONTACTS}, name="compliance_contacts"),
    path("compliance/imported/", report_lists.evidence, {"kind": report_lists.IMPORTED}, name="compliance_imported"),
]
