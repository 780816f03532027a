from django.db import migrations, models

SAID = "Of the figures, by part: how many of them no borough-wide reader reaches; empty where it was not counted"


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_capacity")]

    operations = [
        # of what is frozen already nobody has counted it: that is not the same as nobody
        migrations.AddField("report", "restricted", models.JSONField(help_text=SAID, null=True)),
        migrations.AlterField("report", "restricted", models.JSONField(default=dict, help_text=SAID, null=True)),
    ]
