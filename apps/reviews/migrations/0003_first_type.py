from datetime import datetime, timezone

from django.db import migrations


def install(apps, schema_editor):
    """What triage raises needs a type; those who run reviews make it their own."""
    apps.get_model("reviews", "ReviewType").objects.get_or_create(
        name="Multi-agency review",
        defaults={
            "purpose": "Agencies put together what they know of a child, agree the rating, name a lead professional and say who does what.",
            "questions": [
                "What does your agency know that the meeting should hear?",
                "What is going well?",
                "What worries you?",
                "What should happen next?",
            ],
            "for_triage": True,
            "since": datetime(2026, 1, 1, tzinfo=timezone.utc),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_rls")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
