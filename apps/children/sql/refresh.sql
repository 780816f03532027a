-- Write the touched children, new or known, once: their fields chosen from their current records, and the reach gathered for them.
-- The feed with the lowest priority number wins a field, then the newest file: an undo writes old words down anew, which makes them no
-- newer. Surname and forename travel together, so that no child gets one agency's surname and another's forename.
with ordered as materialized (
    select v.*
    from telling v
    join extracts_feed f on f.id = v.feed_id
    order by v.child_id, f.priority, v.extract_id desc, v.row_no desc, v.id desc
),
chosen as (
    -- array_agg over the sorted rows keeps their order: the first element is the winner
    select child_id,
           coalesce((array_agg(id) filter (where surname_key <> '' and forename_key <> ''))[1],
                    (array_agg(id) filter (where surname <> '' or forename <> ''))[1]) as name_v,
           (array_agg(id) filter (where known_as <> ''))[1] as known_as_v,
           (array_agg(known_as) filter (where known_as <> ''))[1] as known_as,
           (array_agg(id) filter (where dob is not null))[1] as dob_v,
           (array_agg(dob) filter (where dob is not null))[1] as dob,
           (array_agg(id) filter (where sex <> ''))[1] as sex_v,
           (array_agg(sex) filter (where sex <> ''))[1] as sex,
           (array_agg(id) filter (where ethnicity <> ''))[1] as ethnicity_v,
           (array_agg(ethnicity) filter (where ethnicity <> ''))[1] as ethnicity,
           (array_agg(id) filter (where nhs_number <> ''))[1] as nhs_v,
           (array_agg(nhs_number) filter (where nhs_number <> ''))[1] as nhs_number,
           (array_agg(id) filter (where upn <> ''))[1] as upn_v,
           (array_agg(upn) filter (where upn <> ''))[1] as upn,
           (array_agg(id) filter (where died_on is not null))[1] as died_v,
           (array_agg(died_on) filter (where died_on is not null))[1] as died_on,
           (array_agg(id) filter (where left_area_on is not null))[1] as left_v,
           (array_agg(left_area_on) filter (where left_area_on is not null))[1] as left_area_on
    from ordered
    group by child_id
),
hidden as (
    select r.child_id, bool_or(r.hides = 'child') as whole
    from touched t
    join children_restriction r on r.child_id = t.child_id and r.lifted_at is null
    group by r.child_id
)
insert into children_child
    (id, public_id, surname, forename, middle_names, surname_key, forename_key, known_as, dob, sex, ethnicity, nhs_number, upn,
     died_on, left_area_on, sources, provisional, provisional_because, address_hidden, restricted, reach, setting_id, year_group)
select t.child_id, gen_random_uuid(), coalesce(name.surname, ''), coalesce(name.forename, ''), coalesce(name.middle_names, ''),
       coalesce(name.surname_key, ''), coalesce(name.forename_key, ''), coalesce(w.known_as, ''), w.dob, coalesce(w.sex, ''),
       coalesce(w.ethnicity, ''), coalesce(w.nhs_number, ''), coalesce(w.upn, ''), w.died_on, w.left_area_on,
       jsonb_strip_nulls(jsonb_build_object(
           'name', w.name_v, 'known_as', w.known_as_v, 'dob', w.dob_v, 'sex', w.sex_v, 'ethnicity', w.ethnicity_v,
           'nhs_number', w.nhs_v, 'upn', w.upn_v, 'died_on', w.died_v, 'left_area_on', w.left_v)),
       coalesce(t.provisional_because, known.provisional_because, '') <> '',
       coalesce(t.provisional_because, known.provisional_because, ''),
       hidden.child_id is not null, coalesce(hidden.whole, false),
       coalesce(reached.reach, '{}'), reached.setting_id, coalesce(reached.year_group, '')
from touched t
left join chosen w on w.child_id = t.child_id
left join ordered name on name.id = w.name_v
left join lateral (select c.provisional_because from children_child c where c.id = t.child_id offset 0) known on true
left join hidden on hidden.child_id = t.child_id
left join reached on reached.child_id = t.child_id
on conflict (id) do update set
    surname = excluded.surname, forename = excluded.forename, middle_names = excluded.middle_names,
    surname_key = excluded.surname_key, forename_key = excluded.forename_key, known_as = excluded.known_as, dob = excluded.dob,
    sex = excluded.sex, ethnicity = excluded.ethnicity, nhs_number = excluded.nhs_number, upn = excluded.upn,
    died_on = excluded.died_on, left_area_on = excluded.left_area_on, sources = excluded.sources,
    provisional = excluded.provisional, provisional_because = excluded.provisional_because,
    address_hidden = excluded.address_hidden, restricted = excluded.restricted, reach = excluded.reach,
    setting_id = excluded.setting_id, year_group = excluded.year_group;
