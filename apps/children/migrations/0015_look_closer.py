import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models

#: What of an address may be misspelt one part at a time: its number, the first word of its street, how it ends; each two of them as one.
ENDS = """
create or replace function vcdb_address_ends(address text) returns text[]
language sql immutable parallel safe as $$
    select array[split_part(address, ' ', 1) || '|' || split_part(address, ' ', 2),
                 split_part(address, ' ', 1) || '|' || right(address, 8),
                 split_part(address, ' ', 2) || '|' || right(address, 8)]
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_providers"),
        ("children", "0014_look_along"),
        ("extracts", "0010_mother_and_unborn"),
    ]

    operations = [
        migrations.RunSQL(ENDS, "drop function vcdb_address_ends(text)"),
        migrations.AddIndex(
            model_name="recordversion",
            index=models.Index(
                models.F("dob"),
                django.db.models.functions.text.Left("forename_key", 1),
                include=("forename_key", "surname_key", "record", "extract_id"),
                name="version_initial",
            ),
        ),
        migrations.AddIndex(
            model_name="recordaddress",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func("address_key", function="vcdb_address_ends"),
                condition=models.Q(("address_key__contains", " "), ("postcode_key", "")),
                name="address_ends",
            ),
        ),
    ]
