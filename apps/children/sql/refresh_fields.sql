-- Choose each field of the touched children from their current records: the feed with the lowest priority number wins, then the
-- newest. Surname and forename travel together, so that no child gets one agency's surname and another's forename.
with ordered as (
    select r.child_id, v.*, f.code as feed_code
    from touched t
    join children_sourcerecord r on r.child_id = t.child_id
    join children_recordversion v on v.record_id = r.id and v.recorded_to is null
    join extracts_feed f on f.id = v.feed_id
    order by r.child_id, f.priority, v.recorded_from desc, v.id desc
),
chosen as (
    -- array_agg over the sorted rows keeps their order: the first element is the winner
    select child_id,
           (array_agg(id) filter (where surname_key <> '' and forename_key <> ''))[1] as name_v,
           (array_agg(id) filter (where surname <> '' or forename <> ''))[1] as any_name_v,
           (array_agg(id) filter (where known_as <> ''))[1] as known_as_v,
           (array_agg(id) filter (where dob is not null))[1] as dob_v,
           (array_agg(id) filter (where sex <> ''))[1] as sex_v,
           (array_agg(id) filter (where ethnicity <> ''))[1] as ethnicity_v,
           (array_agg(id) filter (where nhs_number <> ''))[1] as nhs_v,
           (array_agg(id) filter (where upn <> ''))[1] as upn_v,
           (array_agg(id) filter (where died_on is not null))[1] as died_v,
           (array_agg(id) filter (where left_area_on is not null))[1] as left_v
    from ordered
    group by child_id
)
update children_child c
set surname = coalesce(name.surname, ''), forename = coalesce(name.forename, ''),
    middle_names = coalesce(name.middle_names, ''),
    surname_key = coalesce(name.surname_key, ''), forename_key = coalesce(name.forename_key, ''),
    known_as = coalesce(known_as.known_as, ''), dob = dob.dob, sex = coalesce(sex.sex, ''),
    ethnicity = coalesce(ethnicity.ethnicity, ''), nhs_number = coalesce(nhs.nhs_number, ''), upn = coalesce(upn.upn, ''),
    died_on = died.died_on, left_area_on = gone.left_area_on,
    sources = jsonb_strip_nulls(jsonb_build_object(
        'name', name.id, 'known_as', known_as.id, 'dob', dob.id, 'sex', sex.id, 'ethnicity', ethnicity.id, 'nhs_number', nhs.id,
        'upn', upn.id, 'died_on', died.id, 'left_area_on', gone.id)),
    address_hidden = exists (select from children_restriction r where r.child_id = c.id and r.lifted_at is null),
    restricted = exists (
        select from children_restriction r where r.child_id = c.id and r.lifted_at is null and r.hides = 'child')
from chosen
left join children_recordversion name on name.id = coalesce(chosen.name_v, chosen.any_name_v)
left join children_recordversion known_as on known_as.id = chosen.known_as_v
left join children_recordversion dob on dob.id = chosen.dob_v
left join children_recordversion sex on sex.id = chosen.sex_v
left join children_recordversion ethnicity on ethnicity.id = chosen.ethnicity_v
left join children_recordversion nhs on nhs.id = chosen.nhs_v
left join children_recordversion upn on upn.id = chosen.upn_v
left join children_recordversion died on died.id = chosen.died_v
left join children_recordversion gone on gone.id = chosen.left_v
where c.id = chosen.child_id;
