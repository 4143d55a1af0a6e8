"""Addresses of absences, greetings, excuses, coverage and the inbox."""

from django.urls import URLPattern, URLResolver, path

from requests_app.urls import excusals, greetings
from requests_app.views import (
    absence_calls,
    absence_lists,
    absence_uploads,
    absences,
    coverage,
    handovers,
    inbox,
    watchdog,
)

# The register of absences.
_REGISTER: list[URLPattern | URLResolver] = [
    path("absences/", absence_lists.absence_list, name="absence_list"),
    path("absences/new/", absences.absence_new, name="absence_new"),
    path("absences/called-in/", absence_calls.absence_called_in, name="absence_called_in"),
    path("absences/import/", absence_uploads.absence_import, name="absence_import"),
    path("absences/import/template/", absence_uploads.absence_import_template, name="absence_import_template"),
    path("absences/import/<int:upload_id>/", absence_uploads.absence_import_preview, name="absence_import_preview"),
    path("absences/<int:pk>/", absences.absence_detail, name="absence_detail"),
    path("absences/<int:pk>/change/", absences.absence_change, name="absence_change"),
    path("absences/<int:pk>/end/", absences.absence_end, name="absence_end"),
    path("absences/<int:pk>/remove/", absences.absence_remove, name="absence_remove"),
    path("absences/<int:pk>/absence.ics", absences.absence_ics, name="absence_ics"),
]
# Who covers, and handing over.
_COVERAGE: list[URLPattern | URLResolver] = [
    path("coverage/", coverage.coverage, name="coverage"),
    path("absences/<int:pk>/hand-over/", handovers.absence_hand_over, name="absence_hand_over"),
]

# The inbox, and how news comes.
_NOTICES: list[URLPattern | URLResolver] = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/seen/", inbox.inbox_all_seen, name="inbox_all_seen"),
    path("inbox/<int:pk>/seen/", inbox.inbox_seen, name="inbox_seen"),
    path("administration/health/", watchdog.watchdog_page, name="watchdog_page"),
    path("account/notices/", inbox.notice_preferences, name="notice_preferences"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *_REGISTER,
    *_NOTICES,
    *_COVERAGE,
]

urlpatterns += greetings.urlpatterns
urlpatterns += excusals.urlpatterns
