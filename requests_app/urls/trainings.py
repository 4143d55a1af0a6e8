"""Addresses of the training register (III.c.i)."""

from django.urls import URLPattern, URLResolver, path

from requests_app.views import training_courses, training_figures, training_records, training_roster, training_uploads

urlpatterns: list[URLPattern | URLResolver] = [
    path("training/", training_roster.training_roster, name="training_roster"),
    path("training/mine/", training_roster.my_training, name="my_training"),
    path("training/people/<int:employee_id>/", training_roster.training_person, name="training_person"),
    path("training/record/", training_records.training_record, name="training_record"),
    path("training/records/file/", training_records.training_record_file, name="training_record_file"),
    path("training/records/<int:pk>/remove/", training_records.training_record_remove, name="training_record_remove"),
    path("training/evidence/<uuid:key>/", training_records.training_evidence, name="training_evidence"),
    path("training/import/", training_uploads.training_import, name="training_import"),
    path("training/import/template/", training_uploads.training_import_template, name="training_import_template"),
    path("training/import/<int:upload_id>/", training_uploads.training_import_preview, name="training_import_preview"),
    path("compliance/training/", training_figures.training_figures, name="training_figures"),
    path("training/courses/", training_courses.training_courses, name="training_courses"),
    path("training/courses/new/", training_courses.training_course_new, name="training_course_new"),
    path("training/courses/<int:pk>/", training_courses.training_course, name="training_course"),
]
