-- Where a policy, an answer or an open question decides a field, its winner takes the place of the one refresh.sql chose by priority.
update children_child c set
    surname = case when s.name_v is null then c.surname else coalesce(name.surname, '') end,
    forename = case when s.name_v is null then c.forename else coalesce(name.forename, '') end,
    middle_names = case when s.name_v is null then c.middle_names else coalesce(name.middle_names, '') end,
    surname_key = case when s.name_v is null then c.surname_key else coalesce(name.surname_key, '') end,
    forename_key = case when s.name_v is null then c.forename_key else coalesce(name.forename_key, '') end,
    known_as = case when s.known_as_v is null then c.known_as else coalesce(known_as.known_as, '') end,
    dob = case when s.dob_v is null then c.dob else dob.dob end,
    sex = case when s.sex_v is null then c.sex else coalesce(sex.sex, '') end,
    ethnicity = case when s.ethnicity_v is null then c.ethnicity else coalesce(ethnicity.ethnicity, '') end,
    nhs_number = case when s.nhs_v is null then c.nhs_number else coalesce(nhs.nhs_number, '') end,
    upn = case when s.upn_v is null then c.upn else coalesce(upn.upn, '') end,
    died_on = case when s.died_v is null then c.died_on else died.died_on end,
    left_area_on = case when s.left_v is null then c.left_area_on else gone.left_area_on end,
    sources = jsonb_strip_nulls(c.sources || jsonb_build_object(
        'name', nullif(coalesce(s.name_v, (c.sources ->> 'name')::bigint), 0),
        'known_as', nullif(coalesce(s.known_as_v, (c.sources ->> 'known_as')::bigint), 0),
        'dob', nullif(coalesce(s.dob_v, (c.sources ->> 'dob')::bigint), 0),
        'sex', nullif(coalesce(s.sex_v, (c.sources ->> 'sex')::bigint), 0),
        'ethnicity', nullif(coalesce(s.ethnicity_v, (c.sources ->> 'ethnicity')::bigint), 0),
        'nhs_number', nullif(coalesce(s.nhs_v, (c.sources ->> 'nhs_number')::bigint), 0),
        'upn', nullif(coalesce(s.upn_v, (c.sources ->> 'upn')::bigint), 0),
        'died_on', nullif(coalesce(s.died_v, (c.sources ->> 'died_on')::bigint), 0),
        'left_area_on', nullif(coalesce(s.left_v, (c.sources ->> 'left_area_on')::bigint), 0)))
from settled s
left join children_recordversion name on name.id = s.name_v
left join children_recordversion known_as on known_as.id = s.known_as_v
left join children_recordversion dob on dob.id = s.dob_v
left join children_recordversion sex on sex.id = s.sex_v
left join children_recordversion ethnicity on ethnicity.id = s.ethnicity_v
left join children_recordversion nhs on nhs.id = s.nhs_v
left join children_recordversion upn on upn.id = s.upn_v
left join children_recordversion died on died.id = s.died_v
left join children_recordversion gone on gone.id = s.left_v
where c.id = s.child_id;
