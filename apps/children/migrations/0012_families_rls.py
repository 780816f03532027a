from django.db import migrations

from apps.access.rls import BY_KEY, child, protect

BOTH = f"{child('{table}.child_id')} and {child('{table}.other_id')}"
# A link worked out from addresses is told to who may see that two agencies gave the two the same one: the addresses' own policy
# answers, so that neither a hidden address nor one that is not shared is given away by a link.
SAME_ADDRESS = (
    "exists (select 1 from children_sourcerecord r join children_recordaddress a on a.record_id = r.id and a.address_key <> ''"
    " join children_recordaddress b on b.address_key = a.address_key join children_sourcerecord o on o.id = b.record_id"
    " where r.child_id = children_relationship.child_id and o.child_id = children_relationship.other_id"
    f" {BY_KEY})"
)


class Migration(migrations.Migration):
    dependencies = [("children", "0011_families"), ("access", "0002_reach")]

    operations = [
        migrations.RunSQL(
            *protect("children_familystatement", BOTH.format(table="children_familystatement"), writes="insert update")
        ),
        migrations.RunSQL(
            *protect(
                "children_relationship",
                BOTH.format(table="children_relationship") + f" and (statement_id is not null or {SAME_ADDRESS})",
            )
        ),
    ]
