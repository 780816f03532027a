-- Adds surnames not yet in the dictionary, with how they sound; %(extract)s limits it to one extract's records.
insert into children_surnamekey (key, sounds)
select fresh.key, dmetaphone(fresh.key)
from (
    select distinct surname_key as key
    from children_recordversion
    where surname_key <> '' and (%(extract)s::bigint is null or extract_id = %(extract)s)
) fresh
where not exists (select from children_surnamekey known where known.key = fresh.key)
on conflict (key) do nothing
