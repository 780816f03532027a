from django.db import migrations

from apps.access.rls import child, protect, record

BOTH = f"{child()} and {record()}"


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_comparisons"), ("children", "0002_rls")]

    operations = [
        migrations.RunSQL(*protect("matching_decision", BOTH)),
        migrations.RunSQL(*protect("matching_linkversion", BOTH)),
        # A question stands on the provisional child's page whatever agency asks it.
        migrations.RunSQL(*protect("matching_question", child())),
        migrations.RunSQL(
            *protect(
                "matching_candidate",
                f"exists (select 1 from matching_question q where q.id = question_id) and {child()}",
            )
        ),
    ]
