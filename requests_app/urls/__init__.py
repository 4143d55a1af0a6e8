"""Addresses of the product: nouns, then a verb."""

from datetime import date

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from requests_app.urls import absences
from requests_app.views import (
    account,
    approved_forms,
    attachments,
    audit,
    backups,
    bulk,
    calendar_edits,
    calendars,
    categories,
    choices,
    commendations,
    complaint_board,
    complaint_register,
    complaints,
    confirmations,
    contacts,
    counters,
    departments,
    departures,
    disposals,
    drafts,
    duties,
    enterprise_catalog,
    escalations,
    first_run,
    holds,
    ladder,
    lists,
    locks,
    mails,
    notice_texts,
    on_call,
    overdue,
    people,
    pins,
    procedure_forms,
    purges,
    record_exports,
    records_log,
    recoveries,
    report_lists,
    reports,
    request_records,
    requests,
    retention,
    roster,
    roster_uploads,
    standards,
    stubs,
    suggestions,
    upkeep,
    way_back,
)
from requests_app.views.look import set_look
from requests_app.views.person_acts import PERSON_ACTS
from requests_app.views.record_acts import RECORD_ACTS
from requests_app.views.request_verbs import VERBS


class NumberConverter(StringConverter):
    """A tracking number in any spelling; a NUL, at which PostgreSQL fails, is in none of them."""

    regex = r"[^/\x00]{1,60}"


class DateConverter:
    """A date of the calendar, as 2027-12-24; one that does not exist is no address."""

    regex = r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Read the date; ValueError makes the address unknown."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Write the date."""
        return str(value)


register_converter(NumberConverter, "number")
register_converter(DateConverter, "date")

urlpatterns: list[URLPattern | URLResolver] = [
    path("log/", contacts.log_contact, name="log_contact"),
    path("log/preview/", contacts.contact_preview, name="contact_preview"),
    path("log/add/<number:number>/", contacts.add_to_request, name="contact_add"),
    path("log/done/<number:number>/", confirmations.contact_done, name="contact_done"),
    path("log/suggest/customers/", suggestions.suggest_customers_view, name="suggest_customers"),
    path("log/suggest/people/", suggestions.suggest_people_view, name="suggest_people"),
    path("log/suggest/topics/", suggestions.suggest_topics_view, name="suggest_topics"),
    path("log/suggest/categories/", suggestions.suggest_categories_view, name="suggest_categories"),
    path("accounts/", account.my_account, name="my_account"),
    path("accounts/sign-ins/", account.sign_in_list, name="sign_in_list"),
    path("accounts/sign-ins/<int:pk>/end/", account.end_one_sign_in, name="end_one_sign_in"),
    path("accounts/sign-ins/end-others/", account.end_other_sign_ins, name="end_other_sign_ins"),
    path("look/", set_look, name="set_look"),
    path("", lists.my_work, name="my_work"),
    path("queue/", lists.queue, name="queue"),
    path("overdue/", overdue.overdue, name="overdue"),
    path("requests/", lists.request_list, name="request_list"),
    path("requests/bulk/undo/", way_back.undo, name="bulk_undo"),
    path("requests/bulk/<str:verb>/", bulk.act_on_picked, name="bulk_act"),
    path("complaints/", complaint_board.complaint_board, name="complaint_board"),
    path("compliance/", reports.compliance, name="compliance"),
    path("compliance/csv/", reports.compliance_csv, name="compliance_csv"),
    path("compliance/trend-<str:look>-<str:size>.svg", reports.compliance_chart, name="compliance_chart"),
    path("compliance/clocks/", report_lists.evidence, {"kind": report_lists.CLOCKS}, name="compliance_clocks"),
    path("compliance/contacts/", report_lists.evidence, {"kind": report_lists.CONTACTS}, name="compliance_contacts"),
    path("compliance/imported/", report_lists.evidence, {"kind": report_lists.IMPORTED}, name="compliance_imported"),
    path("complaints/register/", complaint_register.register, name="complaint_register"),
    path("complaints/register/council.pdf", complaint_register.council_report, name="complaint_council_report"),
    path("complaints/register/<slug:code>/", complaint_register.register_rows, name="complaint_register_rows"),
    path("audit/", audit.audit_trail, name="audit_trail"),
    path("administration/", duties.duty_overview, name="duty_overview"),
    path("directory/people/", roster.people_list, name="people_list"),
    path("directory/people/new/", people.person_new, name="person_new"),
    path("directory/people/import/", roster_uploads.people_import, name="people_import"),
    path("directory/people/import/template/", roster_uploads.people_import_template, name="people_import_template"),
    path(
        "directory/people/import/<int:upload_id>/", roster_uploads.people_import_preview, name="people_import_preview"
    ),
    path(
        "directory/people/import/<int:upload_id>/rejects/",
        roster_uploads.people_import_rejects,
        name="people_import_rejects",
    ),
    path("directory/people/<int:employee_id>/", people.person_detail, name="person_detail"),
    path("directory/people/<int:employee_id>/edit/", people.person_edit, name="person_edit"),
    *(
        path(
            f"directory/people/<int:employee_id>/{verb}/",
            people.act_on_person,
            {"verb": verb},
            name=f"person_{verb.replace('-', '_')}",
        )
        for verb in PERSON_ACTS
    ),
    path("directory/people/<int:employee_id>/leave/", departures.person_leave, name="person_leave"),
    path("directory/people/<int:employee_id>/came-back/", departures.person_came_back, name="person_came_back"),
    path("directory/departments/", departments.department_tree, name="department_tree"),
    path("directory/departments/new/", departments.department_new, name="department_new"),
    path("directory/departments/<slug:slug>/", departments.department_detail, name="department_detail"),
    path("directory/departments/<slug:slug>/edit/", departments.department_edit, name="department_edit"),
    path("directory/departments/<slug:slug>/retire/", departments.department_retire, name="department_retire"),
    path("directory/departments/<slug:slug>/reopen/", departments.department_reopen, name="department_reopen"),
    path("counters/", counters.counter_devices, name="counter_devices"),
    path("counters/<int:device_id>/retire/", counters.counter_retire, name="counter_retire"),
    path("pin/", pins.counter_pin, name="counter_pin"),
    path("pin/remove/", pins.counter_pin_remove, name="counter_pin_remove"),
    path("accounts/recovery/", recoveries.recovery_ask, name="recovery_ask"),
    path("recoveries/", recoveries.recovery_list, name="recovery_list"),
    path("recoveries/<int:recovery_id>/confirm/", recoveries.recovery_confirm, name="recovery_confirm"),
    path("recoveries/<int:recovery_id>/refuse/", recoveries.recovery_refuse, name="recovery_refuse"),
    path("commendations/", commendations.commendations, name="commendations"),
    path("commendations/<int:pk>/", commendations.commendation_step, name="commendation_step"),
    path("lock/", locks.counter_lock, name="counter_lock"),
    path("unlock/", locks.counter_unlock, name="counter_unlock"),
    path("drafts/", drafts.my_drafts, name="my_drafts"),
    path("drafts/keep/", drafts.draft_keep, name="draft_keep"),
    path("drafts/drop/", drafts.draft_drop, name="draft_drop"),
    path("this-month/", upkeep.upkeep, name="upkeep"),
    path("this-month/look-for-update/", upkeep.look_for_update, name="look_for_update"),
    path("first-run/", first_run.first_run, name="first_run"),
    path("first-run/<slug:key>/", first_run.confirm_answer, name="confirm_answer"),
    path("settings/", choices.city_settings, name="city_settings"),
    path("settings/on-call/", on_call.on_call, name="on_call"),
    path("settings/on-call/add/", on_call.add_on_call, name="add_on_call"),
    path("settings/on-call/checked/", on_call.check_on_call, name="check_on_call"),
    path("settings/on-call/<int:pk>/", on_call.change_on_call, name="change_on_call"),
    path("settings/on-call/<int:pk>/remove/", on_call.remove_on_call, name="remove_on_call"),
    path("settings/texts/", notice_texts.notice_texts, name="notice_texts"),
    path("settings/texts/<slug:code>/<slug:language>/", notice_texts.change_text, name="change_text"),
    path("settings/texts/<slug:code>/<slug:language>/reset/", notice_texts.reset_text, name="reset_text"),
    path("mail/", mails.mails, name="mails"),
    path("mail/test/", mails.test_mail, name="test_mail"),
    path("mail/<int:pk>/retry/", mails.retry_failed_mail, name="retry_mail"),
    path("forms/", approved_forms.approved_forms, name="approved_forms"),
    path("forms/new/", approved_forms.approved_form_new, name="approved_form_new"),
    path("forms/blank/", procedure_forms.blank_form, name="blank_form"),
    path("forms/blank.pdf", procedure_forms.blank_form_pdf, name="blank_form_pdf"),
    path("forms/<int:pk>/", approved_forms.approved_form_detail, name="approved_form_detail"),
    path("forms/<int:pk>/file/", approved_forms.approved_form_file, name="approved_form_file"),
    path("escalations/", escalations.escalations_waiting, name="escalations_waiting"),
    path("escalations/<int:pk>/accept/", escalations.escalation_accept, name="escalation_accept"),
    path("escalations/<int:pk>/send-back/", escalations.escalation_send_back, name="escalation_send_back"),
    path("records/", records_log.records_log, name="records_log"),
    path("records/catalog/", enterprise_catalog.enterprise_catalog, name="enterprise_catalog"),
    path("records/retention/", retention.retention_periods, name="retention_periods"),
    path("records/purges/", purges.purges, name="purges"),
    path("records/purges/<int:pk>/confirm/", purges.confirm_purge_view, name="purge_confirm"),
    path("records/disposals/", disposals.disposals, name="disposals"),
    path("records/disposals/propose/", disposals.propose_disposal, name="disposal_propose"),
    path("records/disposals/<int:pk>/", disposals.disposal, name="disposal"),
    *(
        path(
            f"records/disposals/<int:pk>/{step}/",
            disposals.take_disposal_step,
            {"step": step},
            name=f"disposal_{step}",
        )
        for step in disposals.STEPS
    ),
    path("records/holds/", holds.legal_holds, name="legal_holds"),
    path("backups/", backups.backups, name="backups"),
    path("backups/try/", backups.ask_for_drill, name="restore_drill"),
    path("backups/start-sending/", backups.start_sending, name="start_sending"),
    path("calendars/", calendars.calendar_list, name="calendar_list"),
    path("calendars/<slug:slug>/", calendars.calendar_year, name="calendar_year"),
    path("calendars/<slug:slug>/versions/", calendars.calendar_versions, name="calendar_versions"),
    path("calendars/<slug:slug>/confirm/", calendars.calendar_confirm, name="calendar_confirm"),
    path("calendars/<slug:slug>/discard/", calendars.calendar_discard, name="calendar_discard"),
    path("calendars/<slug:slug>/hours/", calendar_edits.calendar_hours, name="calendar_hours"),
    path("calendars/<slug:slug>/holidays/<int:year>/", calendar_edits.calendar_holidays, name="calendar_holidays"),
    path("calendars/<slug:slug>/days/<date:on>/", calendar_edits.calendar_day, name="calendar_day"),
    path("calendars/<slug:slug>/days/<date:on>/<str:verb>/", calendar_edits.calendar_day_act, name="calendar_day_act"),
    path("standards/", standards.standard_list, name="standard_list"),
    path("standards/<slug:code>/", standards.standard_detail, name="standard_detail"),
    path("standards/<slug:code>/<int:version>/withdraw/", standards.standard_withdraw, name="standard_withdraw"),
    path("categories/", categories.category_list, name="category_list"),
    path("categories/new/", categories.category_new, name="category_new"),
    path("categories/<slug:slug>/", categories.category_detail, name="category_detail"),
    path("ladder/", ladder.ladder, name="ladder"),
    path("ladder/new/", ladder.rung_new, name="rung_new"),
    path("ladder/<slug:code>/", ladder.rung_detail, name="rung_detail"),
    path("records/exports/", record_exports.records_exports, name="records_exports"),
    path("records/exports/new/", record_exports.new_export, name="records_export_new"),
    path("records/exports/<int:pk>/", record_exports.records_export, name="records_export"),
    path("records/exports/<int:pk>/<str:copy>.zip", record_exports.fetch_export, name="records_export_file"),
    path("requests/<number:number>/attachments/<uuid:key>/", attachments.download, name="attachment"),
    path("requests/<number:number>/", requests.detail, name="request_detail"),
    path("requests/<number:number>/form/", procedure_forms.request_form, name="request_form"),
    path("requests/<number:number>/form.pdf", procedure_forms.request_form_pdf, name="request_form_pdf"),
    path("requests/<number:number>/complaint/", complaints.complaint_describe, name="complaint_describe"),
    path("requests/<number:number>/message/", stubs.leave_message, name="request_message"),
    *(
        path(
            f"requests/<number:number>/{verb}/", requests.act, {"verb": verb}, name=f"request_{verb.replace('-', '_')}"
        )
        for verb in VERBS
    ),
    path("requests/<number:number>/records/", request_records.request_records, name="request_records"),
    path("requests/<number:number>/records/originals/", request_records.request_originals, name="request_originals"),
    *(
        path(
            f"requests/<number:number>/records/{act}/",
            request_records.act_on_records,
            {"name": act},
            name=f"request_records_{act.replace('-', '_')}",
        )
        for act in RECORD_ACTS
    ),
    *absences.urlpatterns,
]
