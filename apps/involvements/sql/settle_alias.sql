-- The setting behind a code is now known, or no longer: every enrolment that came with the code points at it, or at none.
with settled as (
    update involvements_involvement i set setting_id = %(setting)s::integer
    from extracts_feed f
    where f.id = i.feed_id and f.code = %(scheme)s and i.setting_ref = %(code)s
      and i.setting_id is distinct from %(setting)s::integer
    returning i.record_id
)
select distinct r.child_id from settled join children_sourcerecord r on r.id = settled.record_id;
