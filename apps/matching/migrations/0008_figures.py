from django.db import migrations

# Figures of all questions and samples, also to those who reach no child: numbers only, and it asks for the role first. Read within
# somebody's reach they would be the figures of that reach, and nought for who has none.
FIGURES = """
create function vcdb_linkage_figures() returns jsonb
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select jsonb_build_object(
        'rules', (select coalesce(jsonb_agg(to_jsonb(r) order by r.asked desc, r.rule), '[]') from (
            select rule, count(*) as asked, count(*) filter (where closed_at is null) as waiting,
                   count(*) filter (where answer = 'same') as same,
                   count(*) filter (where answer in ('different', 'new')) as different,
                   count(*) filter (where closed_at is not null and answer = '') as settled
            from matching_question group by rule) r),
        'clerks', (select coalesce(jsonb_agg(to_jsonb(k) order by k.answered desc, k.by), '[]') from (
            select by, sum(answered) as answered, sum(same) as same, sum(different) as different, sum(undone) as undone, sum(looked) as looked
            from (
                select by, 1 as answered, (kind = 'same')::int as same, (kind <> 'same')::int as different, (state = 'undone')::int as undone,
                       0 as looked
                from matching_act where question_id is not null
                union all
                select by, 0, 0, 0, 0, 1 from matching_secondlook where by is not null
            ) each group by by) k),
        'weeks', (select coalesce(jsonb_agg(to_jsonb(w) order by w.week desc), '[]') from (
            select week, count(*) as drawn, count(*) filter (where answer <> '') as looked,
                   count(*) filter (where answer = 'different') as wrong
            from matching_secondlook group by week) w)
    )
    where exists (select from vcdb_memberships(vcdb_user_id()) m
                  where m.role in ('data_officer', 'review_admin', 'information_governance'))
$$;
revoke all on function vcdb_linkage_figures() from public;
grant execute on function vcdb_linkage_figures() to vcdb_web, vcdb_pipeline;
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0007_acts_rls")]

    operations = [migrations.RunSQL(FIGURES, "drop function vcdb_linkage_figures()")]
