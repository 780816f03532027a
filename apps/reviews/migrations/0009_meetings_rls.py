from django.db import migrations

from apps.access.rls import BY_KEY, protect

RUNS = "(select vcdb_runs_reviews())"
OF_REVIEW = f"exists (select 1 from reviews_casereview r where r.id = review_id {BY_KEY})"
# What is typed in a meeting is for those who run it, until it is agreed.
DRAFT = f"{RUNS} and exists (select 1 from reviews_agendaitem i where i.id = item_id {BY_KEY})"
# Those invited to a review read its line of the minutes, once they are approved.
APPROVED = f"exists (select 1 from reviews_minutes m where m.id = minutes_id and m.approved_at is not null {BY_KEY})"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0008_meetings")]

    operations = [
        migrations.RunSQL(*protect("reviews_agendaitem", OF_REVIEW, writes="insert update")),
        migrations.RunSQL(*protect("reviews_draft", DRAFT, writes="insert update")),
        migrations.RunSQL(*protect("reviews_minuteline", f"({RUNS} or {APPROVED}) and {OF_REVIEW}", writes="insert")),
    ]
