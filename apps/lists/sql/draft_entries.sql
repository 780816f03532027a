-- One row a child a list: what the setting may know of it at this moment, frozen.
insert into lists_draft
with by_service as (
    select distinct on (setting_id, child_id, service)
           setting_id, child_id, service, named, who, phone,
           min(start_on) over (partition by setting_id, child_id, service) as since,
           array_position(%(services)s::text[], service) as place
    from lists_involved
    order by setting_id, child_id, service, named desc, start_on desc nulls last
),
summed as (
    select setting_id, child_id,
           jsonb_agg(jsonb_build_object('service', service, 'name', %(names)s::jsonb ->> service, 'since', since,
                                        'who', who, 'phone', phone) order by place) as services,
           (array_agg(who order by place) filter (where named))[1] as lead,
           (array_agg(phone order by place) filter (where named))[1] as lead_phone
    from by_service group by setting_id, child_id
),
sees_rating as (
    select distinct r.setting_id
    from lists_reader r
    join agencies_sharingagreement s on s.recipient_id = r.reader_id or s.recipient_kind = r.kind
    where s.shows_rating and s.valid_from <= %(today)s and coalesce(s.valid_until, 'infinity') >= %(today)s
),
reasons as (
    select r.setting_id, r.child_id, coalesce(s.service is not null, false) as told,
           case when s.service is not null then c.reason ->> 'sentence' end as sentence, c.place
    from lists_roll r
    join ragp_assessment a on a.child_id = r.child_id and a.superseded_at is null
    join sees_rating v on v.setting_id = r.setting_id
    cross join lateral jsonb_array_elements(a.contributions) with ordinality c (reason, place)
    left join lists_shared s on s.setting_id = r.setting_id and s.provider_id = (c.reason ->> 'agency')::bigint
        and s.service = c.reason ->> 'service' and (s.content or not c.reason ? 'value' and coalesce(c.reason ->> 'kind', '') <> 'O')
),
told as (
    select setting_id, child_id,
           coalesce(jsonb_agg(sentence order by place) filter (where told), '[]')
               || case when bool_and(told) then '[]'::jsonb else jsonb_build_array(%(others)s::text) end as why
    from reasons group by setting_id, child_id
),
seen as (
    select distinct on (r.setting_id, r.child_id) r.setting_id, r.child_id, g.seen_on, g.by
    from lists_roll r
    join children_sourcerecord k on k.child_id = r.child_id
    join involvements_sighting g on g.record_id = k.id and g.recorded_to is null and g.seen_on <= %(today)s
    where g.agency_id = r.setting_id
       or (r.setting_id, g.agency_id) in (select setting_id, provider_id from lists_shared where content)
    order by r.setting_id, r.child_id, g.seen_on desc, g.id desc
)
select r.setting_id, r.child_id, c.public_id, c.surname, c.forename, c.known_as, c.dob, r.year_group, c.upn, r.subsidiary,
       case when v.setting_id is null then '' else coalesce(a.band, 'none') end, -- the band that counts, also one a professional set
       coalesce(s.services, '[]'), coalesce(t.why, '[]'), g.seen_on, coalesce(g.by, ''),
       coalesce(s.lead, ''), coalesce(s.lead_phone, '')
from lists_roll r
join children_child c on c.id = r.child_id
left join sees_rating v on v.setting_id = r.setting_id
left join ragp_standing a on a.child_id = r.child_id
left join summed s on s.setting_id = r.setting_id and s.child_id = r.child_id
left join told t on t.setting_id = r.setting_id and t.child_id = r.child_id
left join seen g on g.setting_id = r.setting_id and g.child_id = r.child_id;
