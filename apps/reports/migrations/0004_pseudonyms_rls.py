from django.db import migrations

from apps.access.rls import closed


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_pseudonyms"), ("access", "0002_reach")]

    operations = [migrations.RunSQL(*closed("reports_pseudonym"))]
