from django.db import migrations

from apps.access.rls import child, protect

RATING = f"(select vcdb_sees_rating()) and {child()}"

# What was set is never edited: the web may only end it.
ENDS = (
    "grant insert on ragp_override to vcdb_web;"
    "grant update (ended_at, ended_by, ended_why, ended_reason) on ragp_override to vcdb_web",
    "revoke insert, update (ended_at, ended_by, ended_why, ended_reason) on ragp_override from vcdb_web",
)
# The band that counts for each rated child: as worked out, or as somebody set it, unless what is worked out has since
# risen above both. The same as rules.effective, and a test compares them. It shows what its reader may see, no more.
STANDING = (
    """
create view ragp_standing with (security_invoker = true) as
select r.child_id, coalesce(r.computed, 'none') as computed,
       case when o.id is null or ours.rank is null then coalesce(r.computed, 'none')
            when coalesce(now_at.rank, 0) > coalesce(was_at.rank, 0) and coalesce(now_at.rank, 0) > ours.rank then r.computed
            else o.band end as band,
       o.id as override_id
from (
    select child_id, scheme_id, band as computed from ragp_assessment where superseded_at is null
    union all
    -- a band may be set for a child who was never rated
    select x.child_id, null, null from ragp_override x
    where x.ended_at is null and x.expires_on >= vcdb_today()
      and not exists (select 1 from ragp_assessment a where a.child_id = x.child_id and a.superseded_at is null)
) r
left join ragp_override o on o.child_id = r.child_id and o.ended_at is null and o.expires_on >= vcdb_today()
left join lateral (
    select coalesce(r.scheme_id, (select s.id from ragp_scheme s where s.state = 'approved' and s.live_from <= vcdb_today()
                                  order by s.live_from desc, s.id desc limit 1)) as id
    where o.id is not null
) s on true
left join ragp_band ours on ours.scheme_id = s.id and ours.code = o.band
left join ragp_band now_at on now_at.scheme_id = s.id and now_at.code = r.computed
left join ragp_band was_at on was_at.scheme_id = s.id and was_at.code = o.against;
grant select on ragp_standing to vcdb_web, vcdb_pipeline
""",
    "drop view ragp_standing",
)


class Migration(migrations.Migration):
    dependencies = [("ragp", "0007_overrides"), ("children", "0005_undo")]

    operations = [
        migrations.RunSQL(*protect("ragp_override", RATING)),
        migrations.RunSQL(*ENDS),
        migrations.RunSQL(*STANDING),
    ]
