-- The entries, each marked against the list that was released before, and against the version it corrects.
insert into lists_entry
    (list_id, child_id, public_id, surname, forename, known_as, dob, year_group, upn, subsidiary, band, previous_band, mark,
     services, why, last_seen_on, last_seen_by, lead, lead_phone, began, ended, asked, corrected)
select n.list_id, d.child_id, d.public_id, d.surname, d.forename, d.known_as, d.dob, d.year_group, d.upn, d.subsidiary, d.band,
       case when d.band = '' then '' else coalesce(p.band, '') end,
       case when n.before_id is null then 'same'
            when p.child_id is null then 'joined'
            when now_band.rank > was.rank then 'up'
            when now_band.rank < was.rank then 'down'
            when d.lead <> p.lead or moved.now is distinct from moved.then then 'changed'
            else 'same' end,
       d.services, d.why, d.last_seen_on, d.last_seen_by, d.lead, d.lead_phone,
       case when p.child_id is null then '[]' else moved.began end, case when p.child_id is null then '[]' else moved.ended end,
       case %(asked)s when 'all' then true when 'plan' then moved.now ?| %(plan)s::text[]
            else d.services <> '[]' or d.band not in ('', 'none') end,
       n.corrects_id is not null
           and (v.id is null or (v.surname, v.forename, v.known_as, v.dob, v.year_group, v.upn, v.subsidiary, v.band, v.services, v.why,
                                 v.last_seen_on, v.last_seen_by, v.lead, v.lead_phone)
                    is distinct from (d.surname, d.forename, d.known_as, d.dob, d.year_group, d.upn, d.subsidiary, d.band, d.services, d.why,
                                      d.last_seen_on, d.last_seen_by, d.lead, d.lead_phone))
from lists_new n
join lists_draft d on d.setting_id = n.setting_id
left join lists_entry p on p.list_id = n.before_id and p.child_id = d.child_id
left join lists_entry v on v.list_id = n.corrects_id and v.child_id = d.child_id
left join ragp_band now_band on now_band.scheme_id = %(scheme)s and now_band.code = d.band
left join ragp_band was on was.scheme_id = %(scheme)s and was.code = p.band
cross join lateral (
    select jsonb_path_query_array(d.services, '$[*].service') as now, jsonb_path_query_array(p.services, '$[*].service') as then,
           (select coalesce(jsonb_agg(a -> 'name'), '[]') from jsonb_array_elements(d.services) a
            where not coalesce(p.services, '[]') @> jsonb_build_array(jsonb_build_object('service', a -> 'service'))) as began,
           (select coalesce(jsonb_agg(a -> 'name'), '[]') from jsonb_array_elements(p.services) a
            where not d.services @> jsonb_build_array(jsonb_build_object('service', a -> 'service'))) as ended
) moved
where n.list_id = any(%(lists)s);
