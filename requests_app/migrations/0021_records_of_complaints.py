"""Give every complaint that was logged before its record, so that the procedure takes it on."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def open_records(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    complaint = apps.get_model("requests_app", "Complaint")
    logged = apps.get_model("requests_app", "ServiceRequest").objects.filter(kind="complaint", is_imported=False)
    known = complaint.objects.values("service_request_id")
    ids = logged.exclude(pk__in=known).order_by("pk").values_list("pk", flat=True)
    complaint.objects.bulk_create(
        (complaint(service_request_id=pk) for pk in ids.iterator(chunk_size=1000)), batch_size=1000
    )


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0020_complaints_and_escalations")]
    operations = [migrations.RunPython(open_records, migrations.RunPython.noop)]
