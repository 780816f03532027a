-- What the unsettled records say: in this file, and before and beside it in others. Only those for whom anybody was found, as a first
-- load has a million for whom nobody is.
with open as (
    {open}
)
select o.local_id, o.record_id, true as current, p.surname_key, p.forename_key, p.known_as, p.middle_names, p.former_surname, p.dob,
       p.unborn, p.sex, p.nhs_number, p.upn, p.former_upn, p.mother
from open o
join extracts_stagedperson p on p.extract_id = %(extract)s and p.local_id = o.local_id
union all
select o.local_id, o.record_id, (v.recorded_to is null) and v.feed_id <> %(feed)s, v.surname_key, v.forename_key, v.known_as,
       v.middle_names, v.former_surname, v.dob, v.unborn, v.sex, v.nhs_number, v.upn, v.former_upn, v.mother
from open o
join children_recordversion v on v.record_id = o.record_id and v.extract_id <> all(%(unsaid)s)
order by local_id
