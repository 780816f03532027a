from django.db import migrations

from apps.access.rls import OWN, child, protect

# Who leads tells that an agency is involved: told to those who may know that of it, to that agency, to whoever wrote it down.
TOLD = f"""
    (select vcdb_runs_reviews()) or agency_id = {OWN} or by_agency_id = {OWN}
    or agency_id::int = any((select vcdb_providers('existence'))::int[])
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_leads")]

    operations = [
        migrations.RunSQL(*protect("reviews_lead", f"({TOLD} or heir_id = {OWN}) and {child()}", writes="insert update")),
        migrations.RunSQL(*protect("reviews_member", f"({TOLD}) and {child()}", writes="insert update")),
    ]
