from django.db import migrations

from apps.access.rls import protect, record


class Migration(migrations.Migration):
    dependencies = [("matching", "0004_evidence"), ("access", "0002_reach")]

    operations = [
        migrations.RunSQL(*protect("matching_apart", f"{record()} and {record('other_id')}")),
        # Who holds a question and what was answered is said by the page; what follows from it is the pipeline's to do.
        migrations.RunSQL(
            "grant update (claimed_by, claimed_at, asked_agency_at, answer, answered_by, closed_at) on matching_question to vcdb_web",
            "revoke update on matching_question from vcdb_web",
        ),
    ]
