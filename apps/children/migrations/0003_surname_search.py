from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("children", "0002_rls")]

    operations = [
        migrations.RunSQL(
            "create extension if not exists pg_trgm; create extension if not exists fuzzystrmatch",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "create index surname_key_spelling on children_surnamekey using gin (key gin_trgm_ops)",
            "drop index surname_key_spelling",
        ),
    ]
