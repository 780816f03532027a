-- By school, year group, age, sex, ethnicity, area and service: how many children, how many would go up and down. Area is the
-- ward of the most trusted address, or its postcode sector where no list of wards names it. School and area of a child whose address is
-- hidden are not told.
with areas as (
    select distinct on (r.child_id) r.child_id, coalesce(w.name, regexp_replace(v.postcode, '[A-Z]{2}$', '')) as name
    from children_recordaddress v
    join children_sourcerecord r on r.id = v.record_id
    join extracts_feed f on f.id = v.feed_id
    left join agencies_ward w on w.postcode = v.postcode_key
    where v.recorded_to is null and v.postcode <> ''
    order by r.child_id, f.priority, v.recorded_from desc, v.id desc
),
moved as (
    select r.child_id,
           coalesce(t.rank, 0) > coalesce(f.rank, 0) as up,
           coalesce(t.rank, 0) < coalesce(f.rank, 0) as down
    from ragp_result r
    left join ragp_assessment a on a.child_id = r.child_id and a.superseded_at is null
    left join ragp_band f on f.scheme_id = a.scheme_id and f.code = a.band
    left join ragp_band t on t.scheme_id = %(scheme)s and t.code = r.band
    where r.band <> 'none' or coalesce(a.band, 'none') <> 'none'
)
select d.kind, d.value, count(*), count(*) filter (where m.up), count(*) filter (where m.down)
from moved m
join children_child c on c.id = m.child_id
left join agencies_agency s on s.id = c.setting_id and not c.address_hidden
left join areas z on z.child_id = c.id and not c.address_hidden and not c.restricted
cross join lateral (
    values ('School', coalesce(s.name, '')), ('Year group', c.year_group), ('Sex', c.sex), ('Ethnicity', c.ethnicity),
           ('Age', case when c.dob is null then '' else lpad(extract(year from age(%(true_at)s::date, c.dob))::text, 2, '0') end),
           ('Area', coalesce(z.name, ''))
) d (kind, value)
group by 1, 2
union all
select 'Service', i.service, count(*), count(*) filter (where m.up), count(*) filter (where m.down)
from moved m
join lateral (
    select distinct i.service
    from children_sourcerecord r
    join involvements_involvement i on i.record_id = r.id and i.recorded_to is null
    where r.child_id = m.child_id and (i.start_on is null or i.start_on <= %(true_at)s::date)
      and (i.end_on is null or i.end_on > %(true_at)s::date)
) i on true
group by 1, 2
order by 1, 3 desc, 2
