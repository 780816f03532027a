-- Ratings and their real changes in the last 90 days by sex, ethnicity, SEND and area: numbers only, counted with the owner's rights,
-- for roles that may see figures. Area is the ward of the most trusted address, or its postcode sector where no list of
-- wards names it; where an address is hidden, none.
create or replace function vcdb_fairness() returns table (kind text, value text, band text, children bigint, changed bigint)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    if not vcdb_may_see_figures() then
        raise exception 'This role sees no figures' using errcode = 'insufficient_privilege';
    end if;
    return query
    with rated as (
        select c.id, c.sex, c.ethnicity, c.address_hidden or c.restricted as hidden, a.band,
               exists (select 1 from ragp_change x where x.child_id = c.id and x.nature = 'real' and x.at > now() - interval '90 days') as moved
        from ragp_assessment a
        join children_child c on c.id = a.child_id and c.merged_into_id is null and not c.withdrawn
            and c.died_on is null and c.left_area_on is null
        where a.superseded_at is null
    ),
    send as (
        select r.child_id, bool_or(i.service = 'ehcp') as plan
        from involvements_involvement i join children_sourcerecord r on r.id = i.record_id
        where i.recorded_to is null and i.service in ('ehcp', 'sen_support')
          and (i.start_on is null or i.start_on <= vcdb_today()) and (i.end_on is null or i.end_on > vcdb_today())
        group by r.child_id
    ),
    areas as (
        select distinct on (r.child_id) r.child_id, coalesce(w.name, regexp_replace(v.postcode, '[A-Z]{2}$', ''))::text as name
        from children_recordaddress v
        join children_sourcerecord r on r.id = v.record_id
        join extracts_feed f on f.id = v.feed_id
        left join agencies_ward w on w.postcode = v.postcode_key
        where v.recorded_to is null and v.postcode <> ''
        order by r.child_id, f.priority, v.recorded_from desc, v.id desc
    )
    select d.kind, d.value, r.band::text, count(*), count(*) filter (where r.moved)
    from rated r
    left join send s on s.child_id = r.id
    left join areas z on z.child_id = r.id and not r.hidden
    cross join lateral (values
        ('Sex', r.sex::text), ('Ethnicity', r.ethnicity::text),
        ('SEND', case when s.plan then 'Education, health and care plan' when s.child_id is not null then 'SEN support' else 'Neither' end),
        ('Area', coalesce(z.name, ''))
    ) d (kind, value)
    group by 1, 2, 3;
end $$
