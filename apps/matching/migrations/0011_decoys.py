from django.db import migrations, models

# As before, without the decoys: they are no links, and say how closely somebody looked.
FIGURES = """
create or replace function vcdb_linkage_figures() returns jsonb
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select jsonb_build_object(
        'rules', (select coalesce(jsonb_agg(to_jsonb(r) order by r.asked desc, r.rule), '[]') from (
            select rule, count(*) as asked, count(*) filter (where closed_at is null) as waiting,
                   count(*) filter (where answer = 'same') as same,
                   count(*) filter (where answer in ('different', 'new')) as different,
                   count(*) filter (where closed_at is not null and answer = '') as settled
            from matching_question group by rule) r),
        'clerks', (select coalesce(jsonb_agg(to_jsonb(k) order by k.answered desc, k.by), '[]') from (
            select by, sum(answered) as answered, sum(same) as same, sum(different) as different, sum(undone) as undone, sum(looked) as looked,
                   sum(checks) as checks, sum(noticed) as noticed
            from (
                select by, 1 as answered, (kind = 'same')::int as same, (kind <> 'same')::int as different, (state = 'undone')::int as undone,
                       0 as looked, 0 as checks, 0 as noticed
                from matching_act where question_id is not null
                union all
                select by, 0, 0, 0, 0, (not decoy)::int, decoy::int, (decoy and answer = 'different')::int
                from matching_secondlook where by is not null
            ) each group by by) k),
        'weeks', (select coalesce(jsonb_agg(to_jsonb(w) order by w.week desc), '[]') from (
            select week, count(*) filter (where not decoy) as drawn, count(*) filter (where answer <> '' and not decoy) as looked,
                   count(*) filter (where answer = 'different' and not decoy) as wrong,
                   count(*) filter (where answer <> '' and decoy) as checks,
                   count(*) filter (where answer = 'different' and decoy) as noticed
            from matching_secondlook group by week) w)
    )
    where exists (select from vcdb_memberships(vcdb_user_id()) m
                  where m.role in ('data_officer', 'review_admin', 'information_governance'))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0010_sealed_rls")]

    operations = [
        migrations.AddField(
            model_name="secondlook",
            name="decoy",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="A near-miss that was told apart: it shows whether the look was one",
            ),
        ),
        migrations.RunSQL(FIGURES, migrations.RunSQL.noop),
    ]
