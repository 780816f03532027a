from django.db import migrations

from apps.access.rls import BY_KEY, OWN, protect

# Who reads the line reads what was answered about it; the setting's own people alone write it.
LINE = f"exists (select 1 from lists_entry e where e.id = entry_id {BY_KEY})"
OWN_LINE = (
    "exists (select 1 from lists_entry e join lists_weeklylist l on l.id = e.list_id"
    f" where e.id = entry_id and l.state = 'released' and l.setting_id = {OWN} {BY_KEY})"
)
KEEP = f"""
    create policy lists_answer_add on lists_answer as restrictive for insert to vcdb_web with check ({OWN_LINE});
    create policy lists_answer_keep on lists_answer as restrictive for update to vcdb_web using ({OWN_LINE})
"""
KEEP_NOT = "drop policy lists_answer_add on lists_answer; drop policy lists_answer_keep on lists_answer"


class Migration(migrations.Migration):
    dependencies = [("lists", "0009_returns")]

    operations = [
        migrations.RunSQL(*protect("lists_answer", LINE, writes="insert update")),
        migrations.RunSQL(KEEP, KEEP_NOT),
    ]
