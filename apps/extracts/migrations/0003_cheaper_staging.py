import django.db.models.deletion
from django.db import migrations, models

EXTRACT = models.ForeignKey(
    db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to="extracts.extract"
)


class Migration(migrations.Migration):
    dependencies = [("extracts", "0002_rows")]

    operations = [
        migrations.AlterField(model_name="stagedperson", name="extract", field=EXTRACT),
        migrations.AlterField(model_name="stagedfact", name="extract", field=EXTRACT),
    ]
