from pathlib import Path

from django.db import migrations

from apps.access.rls import BY_KEY, OWN, child, protect

RUNS = (Path(__file__).parent.parent / "sql" / "runs_reviews.sql").read_text()

# Who runs reviews, and the agencies invited, of the children they reach.
REVIEW = f"((select vcdb_runs_reviews()) or agencies && (select vcdb_own_agencies())::int[]) and {child()}"
OF_REVIEW = f"exists (select 1 from reviews_casereview r where r.id = review_id {BY_KEY})"
CAUSE = f"((select vcdb_runs_reviews()) or agency_id = {OWN}) and {OF_REVIEW}"
# What an agency said is content of any of its services: read where an agreement shares the content of all of them.
SAID = f"""
    ((select vcdb_runs_reviews()) or agency_id = {OWN} or vcdb_is_shared(agency_id, '*', (select vcdb_shared('content')))) and {OF_REVIEW}
"""
ACTION = f"((select vcdb_runs_reviews()) or agency_id = {OWN} or {OF_REVIEW}) and {child()}"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial"), ("children", "0002_rls")]

    operations = [
        migrations.RunSQL(RUNS, "drop function vcdb_runs_reviews()"),
        migrations.RunSQL(*protect("reviews_casereview", REVIEW, writes="insert update")),
        migrations.RunSQL(*protect("reviews_cause", CAUSE, writes="insert")),
        migrations.RunSQL(*protect("reviews_move", OF_REVIEW, writes="insert")),
        migrations.RunSQL(*protect("reviews_contribution", SAID, writes="insert update")),
        migrations.RunSQL(*protect("reviews_outcome", OF_REVIEW, writes="insert")),
        migrations.RunSQL(*protect("reviews_action", ACTION, writes="insert update")),
    ]
