-- What has to be put right before these lists go out, asked of the roll as it is now; what a person accepted stays accepted.
delete from lists_snag where list_id = any(%(lists)s) and settled_at is null;
insert into lists_snag (list_id, kind, children, note)
with asked as (
    select l.id, l.setting_id, l.entry_count, l.compared_id, a.kind as setting_kind, a.closed_on
    from lists_weeklylist l join agencies_agency a on a.id = l.setting_id
    where l.id = any(%(lists)s)
),
failed as ( -- there are children for it, and the database refused to write them down
    select a.id from asked a where a.entry_count > 0 and not exists (select from lists_entry e where e.list_id = a.id)
),
found as (
    select id as list_id, 'failed' as kind, 0 as children from failed
    union all
    select a.id, 'nobody', 0 from asked a
    where a.setting_kind in ('school', 'early_years') and not exists (
        select from access_membership m join accounts_user u on u.id = m.user_id and u.is_active
        join lists_verification v on v.setting_id = m.agency_id and v.user_id = m.user_id and v.ended_at is null and v.until >= %(today)s
        where m.agency_id = a.setting_id and m.role = any(%(readers)s)
          and m.valid_from <= %(today)s and coalesce(m.valid_until, 'infinity') >= %(today)s)
    union all
    select a.id, 'closed', a.entry_count from asked a where a.closed_on <= %(today)s and a.entry_count > 0
    union all
    select a.id, 'shrunk', b.entry_count - a.entry_count from asked a
    join lists_weeklylist b on b.id = a.compared_id
    where a.entry_count * 2 < b.entry_count and b.entry_count >= %(shrunk_from)s
    union all
    -- on this list and no longer here, or here and not on it
    select id, 'moved', count(*)::int
    from (select a.id, e.child_id, e.subsidiary, true as listed from asked a join lists_entry e on e.list_id = a.id) there
    full join (
        select a.id, r.child_id, r.subsidiary, true as enrolled from asked a join lists_roll r on r.setting_id = a.setting_id
    ) here using (id, child_id, subsidiary)
    where (listed is null or enrolled is null) and id not in (select id from failed)
    group by id
    union all
    -- two sources say, of one day, that this and another setting is the child's own: the newer word stands, and somebody should look
    select a.id, 'contested', count(distinct e.child_id)::int
    from asked a
    join lists_entry e on e.list_id = a.id and not e.subsidiary
    join children_sourcerecord here_r on here_r.child_id = e.child_id
    join involvements_involvement here on here.record_id = here_r.id and here.recorded_to is null and here.setting_id = a.setting_id
    join children_sourcerecord there_r on there_r.child_id = e.child_id
    join involvements_involvement there on there.record_id = there_r.id and there.recorded_to is null and there.setting_id <> a.setting_id
    left join involvements_involvementdetail there_d on there_d.involvement_id = there.id
    where here.service = 'school_roll' and there.service = 'school_roll' and coalesce(there_d.category, '') <> 'S'
      and here.start_on is not distinct from there.start_on
      and (here.end_on is null or here.end_on > %(today)s) and (there.end_on is null or there.end_on > %(today)s)
    group by a.id
)
select list_id, kind, children, '' from found
on conflict (list_id, kind) do nothing;
