"""Addresses of the compliance report: its parts, drawings, files, and the lists behind its figures (III.d.i)."""

from django.urls import URLPattern, URLResolver, path

from requests_app.urls import replays
from requests_app.views import person_rates, report_lists, report_pages, report_parts, reports

urlpatterns: list[URLPattern | URLResolver] = [
    path("compliance/", reports.compliance, name="compliance"),
    path("compliance/definitions/", report_parts.definitions, name="compliance_definitions"),
    path("compliance/load/", report_pages.report_part, {"part": report_pages.LOAD}, name="compliance_load"),
    path("compliance/times/", report_pages.report_part, {"part": report_pages.TIMES}, name="compliance_times"),
    path("compliance/handling/", report_pages.report_part, {"part": report_pages.HANDLING}, name="compliance_handling"),
    path("compliance/times-<str:look>-<str:size>.svg", report_pages.times_chart, name="compliance_times_chart"),
    path("compliance/people/", person_rates.rates, name="person_rates"),
    path("compliance/people/answers/", person_rates.rate_answers, name="person_rate_answers"),
    path("compliance/people/on/", person_rates.switch_on, name="person_rates_on"),
    path("compliance/people/off/", person_rates.switch_off, name="person_rates_off"),
    path("compliance/csv/", reports.compliance_csv, name="compliance_csv"),
    path("compliance/trend-<str:look>-<str:size>.svg", reports.compliance_chart, name="compliance_chart"),
    path("compliance/clocks/", report_lists.evidence, {"kind": report_lists.CLOCKS}, name="compliance_clocks"),
    path("compliance/contacts/", report_lists.evidence, {"kind": report_lists.CONTACTS}, name="compliance_contacts"),
    path("compliance/imported/", report_lists.evidence, {"kind": report_lists.IMPORTED}, name="compliance_imported"),
    *replays.urlpatterns,
]
